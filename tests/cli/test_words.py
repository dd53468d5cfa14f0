"""The language of the command line: the one asked for, else that of the country a group serves."""

from __future__ import annotations

import os

import pytest

from cli import COMMAND, own_process
from portaria.cli import words
from portaria.core.errors import UsageError


@pytest.fixture(autouse=True)
def own_language(monkeypatch):
    """No language in the environment, and what a test chooses is forgotten after it."""
    monkeypatch.delenv("PORTARIA_LANG", raising=False)
    monkeypatch.setattr(words, "_chosen", words._chosen)
    monkeypatch.setattr(words, "_asked", words._asked)


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ("", "pt-PT"),
        ("--help", "pt-PT"),
        ("access check FOLDER", "pt-PT"),
        ("access check scae", "pt-PT"),
        ("scae", "pt-BR"),
        ("scae check SOURCE --month 2024-03", "pt-BR"),
        ("--help scae", "pt-BR"),
        ("--lang", "pt-PT"),
    ],
)
def test_a_group_speaks_the_language_of_the_country_it_serves(arguments, language):
    words.choose_language(arguments.split())
    assert words.language() == language
    assert words.asked_language() is None


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ("--lang en scae check", "en"),
        ("--lang=pt-PT scae check", "pt-PT"),
        ("scae check --lang pt-PT", "pt-PT"),
        ("--lang pt-BR access check", "pt-BR"),
    ],
)
def test_another_language_may_be_asked_for(arguments, language):
    words.choose_language(arguments.split())
    assert words.language() == words.asked_language() == language


@pytest.mark.parametrize("arguments", [["scae", "check"], ["access", "check"]])
def test_the_environment_asks_for_a_language(arguments, monkeypatch):
    monkeypatch.setenv("PORTARIA_LANG", "en")
    words.choose_language(arguments)
    assert words.language() == words.asked_language() == "en"
    words.choose_language([*arguments, "--lang", "pt-BR"])
    assert words.language() == "pt-BR"


@pytest.mark.parametrize(("group", "language"), [("scae", "pt-BR"), ("access", "pt-PT")])
def test_an_unknown_language_is_refused_in_the_language_of_the_group(group, language):
    with pytest.raises(UsageError):
        words.choose_language([group, "--lang", "xx"])
    assert words.language() == language


@pytest.mark.parametrize(
    ("group", "heading", "file"),
    [("scae", "Uso:", "arquivo"), ("access", "Utilização:", "ficheiro")],
)
def test_typer_s_own_words_are_in_it_too(group, heading, file):
    words.choose_language([group])
    said = words.translated("Usage: portaria\n\nError: file 'x' does not exist.")
    assert said.startswith(heading)
    assert file in said


def test_the_command_itself_speaks_it():
    environment = {k: v for k, v in os.environ.items() if k != "PORTARIA_LANG"}
    answer = own_process("scae", "nonsense", env=environment)
    assert answer.code == 2, COMMAND
    assert answer.err.startswith("Uso: ")
