"""Credit recognition by Regulamento 438/2017: what a request may be granted, and why."""
