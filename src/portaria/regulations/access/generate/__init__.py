"""A realistic national contest with generated people; see docs/generated-contests.md.

Imported as `from portaria.regulations.access.generate import generate`.
"""

from portaria.regulations.access.generate.contest import generate

__all__ = ["generate"]
