"""What goes into the rules of student prices and what comes out: exact amounts in EUR."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from portaria.regulations.social.ias import Ias

MEAL, BED = "meal", "bed"
PRICES = (MEAL, BED)


@dataclass(frozen=True)
class Extra:
    """A fee or supplement on top of the price `of` a meal or bed; voluntary: asked for."""

    of: str
    amount: Fraction
    voluntary: bool


@dataclass(frozen=True)
class Asked:
    """A day, what is charged on it by price, and whether arts. 2 and 3 are about it at all:
    art. 2 about a subsidised meal, art. 3 about a grant holder in a residence of the services."""

    on: date
    charged: Mapping[str, Fraction] = field(default_factory=dict)
    extras: tuple[Extra, ...] = ()
    subsidised: bool = True
    grant_holder: bool = True
    residence: bool = True


@dataclass(frozen=True)
class Span:
    """The days on which prices hold, and the calendar year whose IAS makes them."""

    ias_year: int
    valid_from: date
    valid_until: date


@dataclass(frozen=True)
class Maximum:
    """A share of the IAS: exact, in cents, and what a charge is compared with (`limit`)."""

    exact: Fraction
    cents: Fraction
    limit: Fraction
    share: Fraction
    clause: str


@dataclass(frozen=True)
class Price:
    """A meal or a bed: no `maximum` where the law sets none, no `over` where nothing is charged
    or nothing is set."""

    name: str
    clause: str
    maximum: Maximum | None
    charged: Fraction | None

    @property
    def over_by(self) -> Fraction | None:
        """How much the charge is above the limit; 0 where it is not."""
        if self.maximum is None or self.charged is None:
            return None
        return max(self.charged - self.maximum.limit, Fraction(0))

    @property
    def over(self) -> bool | None:
        """Whether the charge is above the limit."""
        return None if self.over_by is None else self.over_by > 0


@dataclass(frozen=True)
class JudgedExtra:
    """An extra, and whether it may not be charged."""

    extra: Extra
    breach: bool
    clause: str


@dataclass(frozen=True)
class Warned:
    """What people must look at, and the price it is about."""

    code: str
    of: str


@dataclass(frozen=True)
class Prices:
    """The whole answer for a day."""

    on: date
    ias: Ias
    span: Span
    prices: Mapping[str, Price]
    extras: tuple[JudgedExtra, ...]
    warnings: tuple[Warned, ...]
    readings: Mapping[str, str]

    @property
    def breach(self) -> bool:
        """Whether a price or an extra breaks the law."""
        return any(each.over for each in self.prices.values()) or any(
            each.breach for each in self.extras
        )
