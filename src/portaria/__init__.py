"""Portaria runs published education regulations and says which clause made each decision."""

__version__ = "0.1.0"
