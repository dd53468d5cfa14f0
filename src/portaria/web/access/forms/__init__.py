"""What people type, checked before it reaches the functions that act."""
