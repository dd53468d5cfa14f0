"""The one tree of errors.

    PortariaError            a message for people and an exit code
    ├── UsageError           2: the command or function was asked for something it does not do
    ├── InputError           1: the user's data has problems; carries all of them
    ├── ConfigurationError   3: an edition, a clause register or a rule contradicts itself
    ├── MachineError         3: the machine refused (full disk, no permission); nothing was written
    └── Cancelled            130: the person stopped the work; nothing was written

A fault in a user's data is never an exception by itself: it is a row, `Problem`, collected with
all the others; `InputError` only carries the rows out once they are all known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from portaria.core.messages import Message
    from portaria.core.problem import Problem


class PortariaError(Exception):
    """Root of all errors. `message` is a sentence or a translatable `Message`."""

    exit_code: ClassVar[int] = 3

    def __init__(self, message: Message | str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class UsageError(PortariaError):
    """What was asked for is outside what the command or function does."""

    exit_code = 2


class InputError(PortariaError):
    """The user's data has problems; `problems` lists every one of them."""

    exit_code = 1

    def __init__(self, message: Message | str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class ConfigurationError(PortariaError):
    """An edition, a clause register or the rules contradict each other."""


class MachineError(PortariaError):
    """The machine refused to read or write: full disk, missing permission."""


class Cancelled(PortariaError):
    """The person stopped the work."""

    exit_code = 130
