"""Contests for places in higher education: records, screens, background work.

Every decision comes from `portaria.regulations.access`.
"""
