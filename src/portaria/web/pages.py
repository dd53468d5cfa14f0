"""How pages are made: Jinja2, with the one catalogue of words and dates in Lisbon time."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from jinja2 import Environment, StrictUndefined

from portaria.core.errors import PortariaError
from portaria.core.messages import Message, catalogue, render, show
from portaria.web.accounts.roles import Can
from portaria.web.days import AZORES, LISBON, day_of
from portaria.web.navigation import account_navigation, footer_navigation, navigation

SITE_NAME = "Portaria"


def lang() -> str:
    """The language of the answer, as the catalogues name it."""
    return "en" if (get_language() or "").startswith("en") else "pt-PT"


def say(message: Message) -> str:
    """A message in the language of the answer."""
    return render(message, lang())


def words_of(error: PortariaError) -> str:
    """What an error says to people."""
    return say(error.message) if isinstance(error.message, Message) else error.message


def _(english: str) -> str:
    """A sentence in the language of the answer."""
    return catalogue(lang()).gettext(english)


def counted(one: str, many: str, n: int) -> str:
    """A sentence that counts, in the language of the answer."""
    return catalogue(lang()).ngettext(one, many, n)


def environment(**options: Any) -> Environment:
    """The environment of every page: what is missing is an error, never an empty place."""
    made = Environment(
        **options
        | {
            "undefined": StrictUndefined,
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    made.install_gettext_callables(_, counted, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(static=static, url=_url, Can=Can)
    made.filters.update(
        number=number, day=day, moment=moment, exact=exact, azores=azores, say=say, message=message
    )
    return made


def common(request: HttpRequest) -> dict[str, Any]:
    """What every page knows besides its own."""
    person = getattr(request, "person", None)
    return {
        "user": getattr(request, "user", None),
        "person": person,
        "lang": lang(),
        "nav": navigation(request, person) if person else [],
        "account_nav": account_navigation(person) if person else [],
        "footer_nav": footer_navigation(),
        "site_name": SITE_NAME,
        "office_name": settings.OFFICE_NAME or _("Access to higher education"),
    }


def _url(name: str, **arguments: Any) -> str:
    return reverse(name, kwargs=arguments or None)


def number(value: Decimal | int | None) -> str:
    """A number as people there write it; a dash where there is none."""
    return "–" if value is None else show(value, lang())


def message(code: str, **params: Any) -> str:
    """The sentence of a declared code."""
    return say(Message(code, params))


def day(value: date | datetime | None) -> str:
    """A day in full, in Lisbon."""
    if isinstance(value, datetime):
        value = day_of(value)
    return "–" if value is None else show(value, lang())


def moment(value: datetime | None) -> str:
    """A day with hours and minutes in Lisbon."""
    return "–" if value is None else _at(value, LISBON)


def exact(value: datetime) -> str:
    """The same to the second, where it is evidence."""
    return _at(value, LISBON, "%H:%M:%S")


def azores(value: datetime | None) -> str:
    """The same moment by the clocks of the Azores."""
    return "–" if value is None else _at(value, AZORES)


def _at(value: datetime, zone: ZoneInfo, clock: str = "%H:%M") -> str:
    from babel.dates import format_date

    there = value.astimezone(zone)
    locale = lang().replace("-", "_")
    return f"{format_date(there.date(), 'long', locale=locale)}, {there:{clock}}"
