"""A realistic national contest with generated people; see docs/generated-contests.md.

Imported as `from portaria.regulations.access.generate import generate`.
"""

from pathlib import Path

from portaria.regulations.access.generate.contest import generate

GENERATED_SETTINGS = """\
# Written by portaria access generate; --replace replaces only folders that begin so.
edition = "pt-national-2017"
phase = 1
"""


def is_generated(folder: Path) -> bool:
    """Whether a folder is a contest that this generator wrote."""
    try:
        return (folder / "contest.toml").read_text(encoding="utf-8") == GENERATED_SETTINGS
    except (OSError, UnicodeDecodeError):
        return False


__all__ = ["GENERATED_SETTINGS", "generate", "is_generated"]
