"""What stands in the navigation of each person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from portaria.web.accounts.roles import Can

if TYPE_CHECKING:
    from portaria.web.accounts.permissions import Person


class Item(NamedTuple):
    """A place of the navigation. label: an English sentence of the catalogue."""

    label: str
    href: str
    current: bool = False
    post: bool = False


def account_navigation(person: Person) -> list[Item]:
    """What stands in the menu of one's own account; signing out is a form."""
    from portaria.web.pages import _

    if person.user is None:
        return [
            Item(_("Sign in"), reverse("account_login")),
            Item(_("Create account"), reverse("account_signup")),
        ]
    return [
        Item(_("My account"), reverse("own-account")),
        Item(_("Password"), reverse("account_change_password")),
        Item(_("Second factor"), reverse("mfa_index")),
        Item(_("Sign out"), reverse("account_logout"), post=True),
    ]


def footer_navigation() -> list[Item]:
    """What stands at the foot of every page."""
    from portaria.web.pages import _

    return [
        Item(_("Accessibility"), reverse("accessibility")),
        Item(_("Privacy"), reverse("privacy")),
        Item(_("API"), reverse("api-guide")),
    ]


def navigation(request: HttpRequest, person: Person) -> list[Item]:
    """The places that this person may open, in the order of their work."""
    from portaria.web.pages import _

    places = [
        (_("Contests"), "home", Can.ANYBODY),
        (_("My application"), "candidate-home", Can.APPLY),
        (_("Office"), "office", Can.SEE_CONTESTS),
        (_("Results with the director"), "director", Can.RATIFY),
        (_("Disability files"), "commission", Can.SEE_DISABILITY),
        (_("Institution"), "institutions", Can.SEE_INSTITUTION),
        (_("Log"), "log", Can.READ_LOG),
        (_("Accounts"), "accounts", Can.ADMINISTER),
    ]
    items = []
    for label, name, can in places:
        if can in person.grants:
            href = reverse(name)
            here = request.path == href or (href != "/" and request.path.startswith(href))
            items.append(Item(label, href, here))
    return items
