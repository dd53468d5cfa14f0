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


@pytest.mark.parametrize(
    ("said", "english", "portuguese"),
    [
        (
            "Value error, '15-07-2025' does not match the formats '%Y-%m-%d', '%d/%m/%Y'.",
            "15-07-2025 is no date; write it as 2025-09-12 or 12/09/2025.",
            "2025-09-12 ou 12/09/2025",
        ),
        (
            "Value error, \"it's\" does not match the formats '%Y-%m-%dT%H:%M'.",
            "it's is no day with an hour; write it as 2025-09-12T10:00 or 12/09/2025T10:00.",
            "2025-09-12T10:00",
        ),
        (
            "Input should be less than or equal to 2027",
            "it must be at most 2027.",
            "no máximo 2027",
        ),
        (
            "Input should be greater than or equal to 2008",
            "it must be at least 2008.",
            "pelo menos 2008",
        ),
        ("Summer of.  [2008<=x<=2027; required]", "Summer of.  [2008 to 2027; required]",
         "[2008 a 2027; obrigatório]"),
        ("[default: 5; x>=0]", "[default: 5; 0 or more]", "[predefinição: 5; 0 ou mais]"),
        ("[x<=9]", "[9 or less]", "[9 ou menos]"),
        ("HOURS <list[int]>", "HOURS <number>", "<número>"),
        ("NAMES <list[str]>", "NAMES <text>", "<texto>"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_value(said, english, portuguese):
    words.choose_language(["--lang", "en"])
    assert words.translated(said) == english
    words.choose_language(["--lang", "pt-PT"])
    assert portuguese in words.translated(said)


@pytest.mark.parametrize(
    "said",
    [
        "Error: Invalid value for 'TABLE': file 'x.csv' is not readable.",
        "Error: Invalid value for 'FOLDER': dir 'x' is not readable.",
        "Error: Invalid value for '--out': path 'x' is not writable.",
        "Error: Got unexpected extra argument(s) (x y)",
        "Error: Option '--two-cycle' requires 2 arguments.",
        "Error: Unable to parse input string as an integer, exceeded maximum size",
    ],
)
def test_nothing_of_typer_is_left_in_english(said):
    words.choose_language(["--lang", "pt-PT"])
    shown = words.translated(said)
    left = {"not", "is", "extra", "requires", "readable", "writable", "input", "parse"}
    assert left & set(shown.replace(".", " ").split()) == set()


def test_every_day_is_written_in_the_same_forms():
    """A day of any command is an option with the two forms of the tables."""
    from portaria.cli import app, arguments

    days = set()
    groups = [("portaria", app.build())]
    while groups:
        path, command = groups.pop()
        groups += [(f"{path} {n}", c) for n, c in getattr(command, "commands", {}).items()]
        for param in command.params:
            info = param.type_descriptor.parameter_info
            if formats := getattr(info, "formats", None):
                days.add((path, param.name, tuple(formats)))
    assert {forms for _, _, forms in days} == {tuple(arguments.DATES), tuple(arguments.MOMENTS)}
    assert len(days) > 20


def columns(text):
    """Where the words of each option begin."""
    lines = [line for line in text.splitlines() if line.startswith("  -")]
    return {line.rindex("  ", 0, 30) for line in lines}


def test_the_columns_of_the_help_are_straight():
    """The names of the types are put in Portuguese before the widths are taken."""
    environment = {k: v for k, v in os.environ.items() if k != "PORTARIA_LANG"}
    told = own_process("access", "simulate", "--help", env=environment).out
    assert "<str>" not in told
    assert "<texto>" in told
    assert len(columns(own_process("--help", env=environment).out)) == 1


def test_the_help_before_a_command_speaks_the_language_asked_for():
    assert "Print the version." in own_process("--lang", "en", "--help").out
    assert "Mostra a versão." in own_process("--lang", "pt-PT", "--help").out


def test_the_command_itself_speaks_it():
    environment = {k: v for k, v in os.environ.items() if k != "PORTARIA_LANG"}
    answer = own_process("scae", "nonsense", env=environment)
    assert answer.code == 2, COMMAND
    assert answer.err.startswith("Uso: ")
