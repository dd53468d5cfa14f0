"""Cross-references of the text that miss: what stands there, what is meant, says who."""

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("references.toml")
ROWS = tomllib.loads(FILE.read_text(encoding="utf-8"))["reference"]


def reference(where: str) -> dict[str, Any]:
    """`says` (as printed), `means`, `source`, `why`. ValueError where nothing is wrong."""
    for row in ROWS:
        if row["where"] == where:
            return {key: row[key] for key in ("says", "means", "source", "why")}
    raise ValueError(f"no wrong reference known at {where!r}")
