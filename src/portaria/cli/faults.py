"""Every fault of a command line in one refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

from portaria.cli.words import language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, render

Given = ParamSpec("Given")
Found = TypeVar("Found")


class Faults:
    """Gathers what is wrong, each fault once, and tells all of it."""

    def __init__(self) -> None:
        self._found: list[Message | str] = []

    def add(self, faults: Iterable[Message | str]) -> None:
        """Note these."""
        self._found += [fault for fault in faults if fault not in self._found]

    def of(
        self, make: Callable[Given, Found], *given: Given.args, **named: Given.kwargs
    ) -> Found | None:
        """What `make` gives; None where it refuses, and that is noted."""
        try:
            return make(*given, **named)
        except UsageError as error:
            self.add([error.message])
            return None

    def refuse(self) -> None:
        """UsageError with a line a fault; nothing where there is none."""
        if len(self._found) == 1:
            raise UsageError(self._found[0])
        if self._found:
            lines = (f if isinstance(f, str) else render(f, language()) for f in self._found)
            raise UsageError("\n".join(lines))
