"""The command line. `portaria --help` answers fast: heavy imports wait inside the commands."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of `portaria`."""
    from portaria.cli.app import run

    sys.exit(run(sys.argv[1:]))
