"""People, roles, permissions, the log, and access tokens of other systems."""
