"""Seats of the special contests: how many a programme may open, how many over-23s must have."""
