"""What every command does with the problems of its input: told, written, or one refusal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from portaria.cli.show import show_problems, write_problems
from portaria.cli.words import language
from portaria.core.errors import InputError
from portaria.core.messages import Message, render
from portaria.core.problem import errors

if TYPE_CHECKING:
    from portaria.core.problem import Problem


def settle(found: Sequence[Problem], problems: Path | None, quiet: bool, refusal: str) -> None:
    """All problems to the file, if one is named; the `refusal` with all where one is an error.

    Where none is, warnings are told, unless quiet.
    """
    if errors(found):
        if problems:
            write_problems(found, problems, language())
        raise InputError(Message(refusal), list(found))
    tell(found, problems, quiet)


def tell(found: Sequence[Problem], problems: Path | None, quiet: bool) -> None:
    """All problems to the file, if one is named, and told; if quiet, only where one is an error."""
    if problems:
        write_problems(found, problems, language())
    if found and (errors(found) or not quiet):
        show_problems(found, language())


def verified(
    differences: Sequence[Problem],
    problems: Path | None,
    quiet: bool,
    different: Message,
    alike: Message,
) -> None:
    """All differences to the file, if one is named, and the refusal `different`; or `alike`."""
    if problems:
        write_problems(differences, problems, language())
    if differences:
        raise InputError(different, list(differences))
    if not quiet:
        typer.echo(render(alike, language()))
