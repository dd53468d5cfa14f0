"""Which programmes are asked about: words of the names, a district."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

NO_WORD = re.compile(r"\W+")

UNKNOWN_DISTRICT = declare(
    "plan-unknown-district", "no programme is known to be in {district}; known: {known}"
)


@dataclass(frozen=True)
class Wanted:
    """words: each must begin a word of course, institution or code. limit: at most so many
    programmes of those within reach, and as many of the others."""

    words: str = ""
    district: str | None = None
    limit: int | None = None


def folded(text: str) -> str:
    """Text without case and accents, to compare and to sort by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def spaced(text: str) -> str:
    """Words without case and accents, each after a space: `porto` does not begin in `Desporto`."""
    return " " + NO_WORD.sub(" ", folded(text))


def wanted_programmes(programmes: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    """The rows asked about, in the same order; UsageError for a district nobody knows."""
    words = spaced(wanted.words).split()
    names = programmes.select(
        text=pl.concat_str(
            pl.col("course_name", "institution_name").fill_null(""), "programme", separator=" "
        )
    )
    keep = [all(f" {word}" in name for word in words) for name in map(spaced, names["text"])]
    found = programmes.filter(pl.Series(keep, dtype=pl.Boolean))
    if wanted.district is None:
        return found
    known = programmes["district"].drop_nulls().unique().sort().to_list()
    district = next((name for name in known if folded(name) == folded(wanted.district)), None)
    if district is None:
        params = {"district": wanted.district, "known": ", ".join(known)}
        raise UsageError(Message(UNKNOWN_DISTRICT, params))
    return found.filter(pl.col("district") == district)
