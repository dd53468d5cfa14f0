"""What the office, the commission and the director type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile

from portaria.core.messages import Message, declare
from portaria.web.access.publication import CALENDAR, MOMENTS
from portaria.web.days import LISBON
from portaria.web.pages import _, azores, say

NO_SUCH_HOUR = declare(
    "moment-does-not-exist",
    "This hour does not exist in Lisbon: on this night the clocks go one hour forward. Choose "
    "another one.",
)
HOUR_TWICE = declare(
    "moment-exists-twice",
    "This hour comes twice in Lisbon: on this night the clocks go one hour back. Choose another "
    "one.",
)
SEATS_LINE = declare(
    "what-if-line", "Line {line}: write the programme, a space and how many seats it would have."
)
WIDGET = "%Y-%m-%dT%H:%M:%S"
WRITTEN = (WIDGET, "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")


class SeveralFiles(forms.ClearableFileInput):
    """The control of a field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, as a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFiles(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given or [None]]


class LisbonField(forms.DateTimeField):
    """A moment written in Lisbon time; an hour that the clocks skip or repeat is refused."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format=WIDGET)
        super().__init__(widget=widget, input_formats=WRITTEN, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(LISBON) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        naive = self._naive(str(value).strip())
        first, second = (naive.replace(tzinfo=LISBON, fold=fold) for fold in (0, 1))
        if first.utcoffset() != second.utcoffset():
            exists = _back(first) == naive
            raise forms.ValidationError(say(Message(HOUR_TWICE if exists else NO_SUCH_HOUR)))
        return first

    def _naive(self, text: str) -> datetime:
        for form in WRITTEN:
            try:
                return datetime.strptime(text, form)
            except ValueError:
                continue
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


def _back(there: datetime) -> datetime:
    return there.astimezone(ZoneInfo("UTC")).astimezone(LISBON).replace(tzinfo=None)


class NewContest(forms.Form):
    """The title and the tables of a new contest."""

    title = forms.CharField(max_length=200)
    tables = FilesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("Title")
        self.fields["title"].help_text = _("As candidates know it, with the year and the phase.")
        self.fields["tables"].label = _("Tables")
        self.fields["tables"].help_text = _(
            "The files of the tables and contest.toml, or one ZIP with all of them."
        )


class Correction(forms.Form):
    """A file in the place of one that stands, or several by their names."""

    table = forms.ChoiceField(required=False)
    tables = FilesField()

    def __init__(self, names: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].label = _("What is corrected")
        whole = ("", _("Each file replaces the table of its name"))
        self.fields["table"].choices = [*names, whole]  # type: ignore[attr-defined]
        self.fields["tables"].label = _("New file")


class Title(forms.Form):
    """The title of a contest."""

    title = forms.CharField(max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("Title")


class Calendar(forms.Form):
    """The moments of a contest, in Lisbon time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CALENDAR:
            given = self.initial.get(name)
            words = say(Message(MOMENTS[name]))
            field = LisbonField(required=False, label=words[:1].upper() + words[1:])
            if given:
                field.help_text = _("In the Azores: {moment}").format(moment=azores(given))
            self.fields[name] = field


class Decision(forms.Form):
    """Accepted or refused, with reasons."""

    accepted = forms.ChoiceField(widget=forms.RadioSelect)
    reasons = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accepted"].label = _("Decision")
        self.fields["accepted"].choices = [  # type: ignore[attr-defined]
            ("yes", _("Accept")), ("no", _("Refuse")),
        ]  # fmt: skip
        self.fields["reasons"].label = _("Reasons")
        self.fields["reasons"].required = not optional
        self.fields["reasons"].help_text = _("The candidate reads them as they are written.")

    @property
    def is_accepted(self) -> bool:
        """What was chosen."""
        return bool(self.cleaned_data["accepted"] == "yes")


class Reasons(forms.Form):
    """Reasons alone."""

    reasons = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].label = _("Reasons")


class Exclusion(Reasons):
    """The clause of an exclusion with its reasons."""

    clause = forms.CharField(max_length=60)
    field_order = ("clause", "reasons")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].label = _("Clause")
        self.fields["clause"].help_text = _("As rules name it, such as 211-A 56/1.")


Offered = tuple[str, str, list[tuple[str, str]]]
"""A reading: its name, what it is about, and its choices with their words."""


class WhatIf(forms.Form):
    """Other readings, and other seats of some programmes."""

    seats = forms.CharField(
        required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, readings: Sequence[Offered], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readings = [name for name, _label, _choices in readings]
        for name, label, choices in readings:
            self.fields[f"reading_{name}"] = forms.ChoiceField(
                label=label, choices=choices, widget=forms.RadioSelect, required=False
            )
        self.fields["seats"].label = _("Other seats")
        self.fields["seats"].help_text = _(
            "One programme a line, with its seats: 0300/9119 60. The others keep theirs."
        )

    def clean_seats(self) -> dict[str, int]:
        found = {}
        for number, line in enumerate(self.cleaned_data["seats"].splitlines(), 1):
            parts = line.replace(";", " ").replace("\t", " ").split()
            if not parts:
                continue
            if len(parts) != 2 or not parts[1].isdecimal() or len(parts[1]) > 6:
                raise forms.ValidationError(say(Message(SEATS_LINE, {"line": number})))
            found[parts[0]] = int(parts[1])
        return found

    def chosen(self) -> dict[str, str]:
        """The readings that were chosen."""
        given = ((name, self.cleaned_data[f"reading_{name}"]) for name in self.readings)
        return {name: choice for name, choice in given if choice}
