"""Tests of what every regulation shares."""
