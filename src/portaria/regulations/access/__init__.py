"""Contests for places in higher education: Portaria 211-A/2017 and its kin. See README.md."""
