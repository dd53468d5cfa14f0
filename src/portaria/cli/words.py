"""The language of the command line: `--lang` anywhere, or PORTARIA_LANG, never the locale.

Where none is asked for, a group of commands speaks the language of the country it serves.
"""

from __future__ import annotations

import os
import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from portaria.core.messages import DEFAULT_LANGUAGE, catalogue, translate

GROUP_LANGUAGES = {"scae": "pt-BR"}
"""The language of a group of commands, where it is not DEFAULT_LANGUAGE."""

_chosen = DEFAULT_LANGUAGE
_asked = False


def choose_language(arguments: list[str]) -> None:
    """Take the language from the arguments before help texts are built."""
    global _chosen, _asked
    own = GROUP_LANGUAGES.get(_group(arguments), DEFAULT_LANGUAGE)
    lang = os.environ.get("PORTARIA_LANG")
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            lang = arguments[index + 1]
        elif argument.startswith("--lang="):
            lang = argument.removeprefix("--lang=")
    _chosen, _asked = own, lang is not None
    catalogue(lang or own)  # an unknown language is refused here, in Portuguese
    _chosen = lang or own


def _group(arguments: list[str]) -> str:
    """The group of commands asked for: the first argument that is no option, nor its value."""
    before = ["", *arguments]
    words = (
        word
        for word, last in zip(arguments, before, strict=False)
        if not word.startswith("-") and last != "--lang"
    )
    return next(words, "")


def language() -> str:
    """The language of messages."""
    return _chosen


def asked_language() -> str | None:
    """The language that was asked for, None where an official text keeps its edition's own."""
    return _chosen if _asked else None


def _(english: str) -> str:
    """A sentence of the help in the chosen language."""
    return translate(english, _chosen)


class Group(TyperGroup):
    """A group of commands whose help speaks the chosen language."""

    def get_help(self, ctx):  # type: ignore[no-untyped-def]
        """The help text."""
        return translated(super().get_help(ctx))

    def format_options(self, ctx, formatter):  # type: ignore[no-untyped-def]
        """The columns of the options, then those of the commands."""
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


class Command(TyperCommand):
    """A command whose help speaks the chosen language."""

    def get_help(self, ctx):  # type: ignore[no-untyped-def]
        """The help text."""
        return translated(super().get_help(ctx))

    def format_options(self, ctx, formatter):  # type: ignore[no-untyped-def]
        """The columns of the arguments and options."""
        _write_options(self, ctx, formatter)


def _write_options(command: Any, ctx: Any, formatter: Any) -> None:
    """Translated before the widths of the columns are taken; headings are translated later."""
    for kind, heading in (("argument", "Arguments"), ("option", "Options")):
        own = (each for each in command.get_params(ctx) if each.param_type_name == kind)
        records = filter(None, (each.get_help_record(ctx) for each in own))
        rows = [(translated(name), translated(words)) for name, words in records]
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def translated(text: str) -> str:
    """A text of Typer with its own English phrases in the chosen language; what its libraries say
    of a value is put in plain words in English too."""
    phrases = _values() if _chosen == "en" else [*_phrases(), *_values()]
    for phrase, words in phrases:
        text = re.sub(phrase, words, text)
    return text


def _phrases() -> list[tuple[str, str]]:
    """What Typer says by itself (help headings, usage errors), and our words for it."""
    quoted = r"'([^']*)'"
    return [
        (r"(?m)^Usage:", _("Usage:")),
        (r"(?m)^Options:$", _("Options:")),
        (r"(?m)^Arguments:$", _("Arguments:")),
        (r"(?m)^Commands:$", _("Commands:")),
        (r"\[OPTIONS\]", _("[OPTIONS]")),
        (r"COMMAND \[ARGS\]\.\.\.", _("COMMAND [ARGS]...")),
        (r"\[required\]", _("[required]")),
        (r"; required\]", _("; required]")),
        (r"\[default:", _("[default:")),
        (r"Show this message and exit\.", _("Show this help and exit.")),
        (rf"Try {quoted} for help\.", _(r"Try «\1» for help.")),
        (r"(?m)^Error: ", _("Error: ")),
        (rf"Missing argument {quoted}\.?", _(r"The argument \1 is missing.")),
        (rf"Missing option {quoted}\.?", _(r"The option \1 is missing.")),
        (r"Missing command\.", _("The command is missing.")),
        (rf"No such command {quoted}\.", _(r"There is no command «\1».")),
        (r"Did you mean '([^']*)'\?", _(r"Did you mean «\1»?")),
        (r"No such option: (\S+)", _(r"There is no option \1")),
        (rf"Invalid value for {quoted}:", _(r"Invalid value for \1:")),
        (rf"dir {quoted} does not exist\.?", _(r"the folder «\1» does not exist.")),
        (rf"file {quoted} does not exist\.?", _(r"the file «\1» does not exist.")),
        (rf"dir {quoted} is not readable\.?", _(r"the folder «\1» cannot be read.")),
        (rf"file {quoted} is not readable\.?", _(r"the file «\1» cannot be read.")),
        (rf"\w+ {quoted} is not (?:readable|writable)\.?", _(r"there is no access to «\1».")),
        (rf"dir {quoted} is a file\.?", _(r"«\1» is a file, not a folder.")),
        (rf"file {quoted} is a directory\.?", _(r"«\1» is a folder, not a file.")),
        (r"\(Possible options: ([^)]*)\)", _(r"(did you mean \1?)")),
        (rf"Option {quoted} requires an argument\.", _(r"The option \1 needs a value.")),
        (rf"Option {quoted} requires (\d+) arguments\.", _(r"The option \1 needs \2 values.")),
        (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", _(r"Too many arguments: \1")),
    ]


def _values() -> list[tuple[str, str]]:
    """What is said of values that are not allowed, and of those that are."""
    given, number = r"Value error, (['\"])(.*)\1 does not match the formats", r"(-?\d[\d.]*)"
    return [
        (
            rf"{given} '%Y-%m-%d'[^\n]*",
            _(r"\2 is no date; write it as 2025-09-12 or 12/09/2025."),
        ),
        (
            rf"{given} '%Y-%m-%dT[^\n]*",
            _(r"\2 is no day with an hour; write it as 2025-09-12T10:00 or 12/09/2025T10:00."),
        ),
        (r"Input should be a valid integer, [^\n]*", _("a whole number is meant.")),
        (r"Unable to parse input string as an integer, [^\n]*", _("the number is too long.")),
        (rf"Input should be greater than or equal to {number}", _(r"it must be at least \1.")),
        (rf"Input should be less than or equal to {number}", _(r"it must be at most \1.")),
        (rf"{number}<=x<={number}", _(r"\1 to \2")),
        (r"<int range>|<list\[int\]>", _("<number>")),
        (r"<path>|<dir>|<file>", _("<path>")),
        (r"<str>|<list\[str\]>", _("<text>")),
        (rf"\bx>={number}", _(r"\1 or more")),
        (rf"\bx<={number}", _(r"\1 or less")),
    ]
