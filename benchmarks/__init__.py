"""Timings of what users wait for; run by `make bench`, never by tests."""
