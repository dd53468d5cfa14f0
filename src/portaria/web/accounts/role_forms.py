"""What administrators type of an account: its roles, and the reasons for what is done to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy

from portaria.web import pages
from portaria.web.accounts.roles import NAMES, ROLES

_ = lazy(pages._, str)


def roles(first: Any) -> list[tuple[str, Any]]:
    """The roles to choose from; first: what stands for none."""
    return [("", first), *((role, pages.message(NAMES[role])) for role in ROLES)]


class RoleForm(forms.Form):
    """A role, with the institution where it is held at one."""

    role = forms.ChoiceField(label=_("Role"), choices=lambda: roles(_("Choose a role")))
    institution = forms.CharField(
        label=_("Institution"),
        max_length=20,
        required=False,
        help_text=_("Its code. Only for an institution officer."),
        widget=forms.TextInput(attrs={"list": "institutions", "autocomplete": "off"}),
    )


class InviteForm(RoleForm):
    """A person who is to have an account."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    field_order = ("email", "name", "role", "institution")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        role.required = False
        role.choices = lambda: roles(_("No role yet"))  # type: ignore[attr-defined]


class ReasonsForm(forms.Form):
    """Why something is done to somebody's account."""

    reasons = forms.CharField(
        label=_("Reasons"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
