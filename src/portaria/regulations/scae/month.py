"""The reference month: the only thing that dates are compared to "to the month" (R01)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

FORM = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
NOT_A_MONTH = declare("scae-month", "{value} is no month: write year and month, such as 2024-03")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def following(self) -> Month:
        """The month after."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)


def month_of(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def parse_month(text: str) -> Month:
    """`2024-03` as a month; UsageError where it is none."""
    match = FORM.fullmatch(text)
    if not match or not "1900" <= match[1] <= "2999":
        raise UsageError(Message(NOT_A_MONTH, {"value": text}))
    return Month(int(match[1]), int(match[2]))
