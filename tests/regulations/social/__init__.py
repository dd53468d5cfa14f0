"""Maximum prices of student services."""
