"""What people read: letters and documents rendered from explanations and results."""
