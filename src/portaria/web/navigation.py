"""What stands in the navigation of each person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from portaria.web.accounts.roles import Can

if TYPE_CHECKING:
    from portaria.web.accounts.permissions import Person


@dataclass(frozen=True)
class Place:
    """Where a menu or a tab leads. count: how many wait there; post: it is a form that is sent."""

    label: str
    href: str
    current: bool = False
    count: int | None = None
    post: bool = False


def account_navigation(person: Person) -> list[Place]:
    """What stands in the menu of one's own account; signing out is a form."""
    from portaria.web.pages import _

    if person.user is None:
        return [
            Place(_("Sign in"), reverse("account_login")),
            Place(_("Create account"), reverse("account_signup")),
        ]
    return [
        Place(_("My account"), reverse("own-account")),
        Place(_("Password"), reverse("account_change_password")),
        Place(_("Second factor"), reverse("mfa_index")),
        Place(_("Sign out"), reverse("account_logout"), post=True),
    ]


def footer_navigation() -> list[Place]:
    """What stands at the foot of every page."""
    from portaria.web.pages import _

    return [
        Place(_("Accessibility"), reverse("accessibility")),
        Place(_("Privacy"), reverse("privacy")),
        Place(_("API"), reverse("api-guide")),
    ]


def navigation(request: HttpRequest, person: Person) -> list[Place]:
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
            items.append(Place(label, href, here))
    return items
