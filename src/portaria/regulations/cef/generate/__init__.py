"""A realistic class of a type 2 course, or many, with generated people; see data/README.md.

Imported as `from portaria.regulations.cef.generate import generate`.
"""

from portaria.regulations.cef.generate.source import GENERATED, generate, is_generated, tables

__all__ = ["GENERATED", "generate", "is_generated", "tables"]
