"""What a candidate types: a code, a new account, a claim, a complaint."""

from __future__ import annotations

from typing import Any

from django import forms

from portaria.core.messages import Message, declare
from portaria.regulations.access.schemas import ISLAND_GROUNDS, ISLANDS
from portaria.web.access import claims
from portaria.web.access.models import Contest
from portaria.web.access.views.candidate_words import quota_title
from portaria.web.accounts.forms import SignupForm
from portaria.web.pages import _, say

GROUNDS = {
    "art11.1": declare(
        "ground-first",
        "You have lived there for three years and finished secondary school there (art. 11, no. 1)",
    ),
    "art11.2": declare(
        "ground-second",
        "You lived and studied there until, less than two years ago, a parent in public service "
        "was moved elsewhere (art. 11, no. 2)",
    ),
}


class Several(forms.ClearableFileInput):
    """A control for several files."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, each as it came; what is wrong with them is found by `attachments.check`."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not sent:
            raise forms.ValidationError(_("Choose at least one document."))
        return list(sent)


class Code(forms.Form):
    """An activation code."""

    code = forms.CharField(max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self)


class NewAccount(SignupForm):
    """A code with the account that it is joined to, made at once."""

    code = forms.CharField(max_length=40)
    field_order = ("code", "email", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self)
        self.fields["email"].label = _("E-mail address")
        self.fields["password1"].label = _("Password")
        self.fields["password1"].help_text = _(
            "At least 10 characters. A sentence of your own is easy to keep in mind."
        )
        self.fields["password2"].label = _("Password again")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


def _code_field(form: forms.Form) -> None:
    field = form.fields["code"]
    field.label = _("Activation code")
    field.help_text = _("16 letters and digits, from your school or the access office.")
    field.widget.attrs |= {
        "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
    }  # fmt: skip
    field.error_messages["required"] = _("Write the code.")


class NewClaim(forms.Form):
    """A special quota claimed, with its ground and documents."""

    quota = forms.ChoiceField(widget=forms.RadioSelect)
    ground = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    statement = forms.CharField(widget=forms.Textarea, max_length=4000, required=False)
    documents = Files(required=False)

    def __init__(self, contest: Contest, taken: set[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = [quota for quota in claims.claimable(contest) if quota not in taken]
        quota = self.fields["quota"]
        quota.label = _("Quota")
        quota.choices = [(q, quota_title(q)) for q in there]  # type: ignore[attr-defined]
        quota.error_messages["required"] = _("Choose a quota.")
        ground = self.fields["ground"]
        ground.label = _("Ground, for the quota of an island")
        ground.choices = [(g, say(Message(GROUNDS[g]))) for g in ISLAND_GROUNDS]  # type: ignore[attr-defined]
        if not set(there) & set(ISLANDS):
            del self.fields["ground"]
        self.fields["statement"].label = _("What you want to say about it")
        self.fields["documents"].label = _("Documents")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("quota") in ISLANDS and not found.get("ground"):
            self.add_error("ground", _("Say on which ground you claim the quota of an island."))
        return found


class MoreDocuments(forms.Form):
    """Documents for a claim that waits."""

    documents = Files()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"].label = _("Further documents")


class NewComplaint(forms.Form):
    """A complaint against a result."""

    text = forms.CharField(widget=forms.Textarea, max_length=8000)
    documents = Files(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label = _("What you complain of, and why")
        text.help_text = _("Name the grade, the exam, the option or the quota that is wrong.")
        text.error_messages["required"] = _("Say what you complain of and why.")
        self.fields["documents"].label = _("Documents")
