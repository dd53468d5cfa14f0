"""The language of the command line: `--lang` anywhere, or PORTARIA_LANG, never the locale."""

from __future__ import annotations

import os

from portaria.core.messages import DEFAULT_LANGUAGE, catalogue, translate

_chosen = DEFAULT_LANGUAGE
_asked = False


def choose_language(arguments: list[str]) -> None:
    """Take the language from the arguments before help texts are built."""
    global _chosen, _asked
    lang = os.environ.get("PORTARIA_LANG")
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            lang = arguments[index + 1]
        elif argument.startswith("--lang="):
            lang = argument.removeprefix("--lang=")
    _asked = lang is not None
    _chosen = lang or DEFAULT_LANGUAGE
    catalogue(_chosen)  # an unknown language is refused here


def language() -> str:
    """The language of messages."""
    return _chosen


def asked_language() -> str | None:
    """The language that was asked for, None where an official text keeps its edition's own."""
    return _chosen if _asked else None


def _(english: str) -> str:
    """A sentence of the help in the chosen language."""
    return translate(english, _chosen)


def translate_panels() -> None:
    """The headings that Typer puts above arguments, options, commands and errors."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.ERRORS_PANEL_TITLE = _("Error")
