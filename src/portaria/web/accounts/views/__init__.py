"""The screens of one's own account, of administrators, and of the log."""
