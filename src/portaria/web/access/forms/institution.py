"""Forms of institutions."""

from __future__ import annotations

from django import forms
from django.utils.functional import lazy

from portaria.web.pages import _

lazily = lazy(_, str)
"""A sentence in the language of the answer: a form is declared before anybody asks."""


class EnrolmentFile(forms.Form):
    """A file of enrolments."""

    file = forms.FileField(
        label=lazily("File of enrolments"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class Decision(forms.Form):
    """What an institution decides on what it was asked, with its reasons."""

    AGREED, REFUSED = "agreed", "refused"
    decision = forms.ChoiceField(
        label=lazily("What does the institution decide?"),
        widget=forms.RadioSelect,
        choices=[(AGREED, lazily("Authorise")), (REFUSED, lazily("Refuse"))],
    )
    reasons = forms.CharField(
        label=lazily("Reasons"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
        help_text=lazily("A refusal says why. Whoever asked reads this."),
    )

    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean() or {}
        if given.get("decision") == self.REFUSED and not str(given.get("reasons", "")).strip():
            self.add_error("reasons", _("Say why it is refused."))
        return given


class RelocationTarget(forms.Form):
    """A relocation as it is proposed: how many are enrolled by other ways, and where they go."""

    others = forms.IntegerField(
        label=lazily("Enrolled there by other ways than the contest"), min_value=0, initial=0
    )
    last_phase = forms.BooleanField(label=lazily("No further phase takes place"), required=False)
