"""Collect the sentences of the code into the catalogues, keeping the translations there are.

    .venv/bin/python tools/catalogues.py

What is new stands untranslated in each .po; what is no longer used is dropped. A module that serves
one country is translated into the Portuguese of that country, a shared one into both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path, PurePosixPath
from pkgutil import walk_packages
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import portaria
from portaria.core.messages import declared, declaring
from portaria.web.installation import set_up

SOURCE = Path(__file__).parent.parent / "src" / "portaria"
LANGUAGES = ("pt_PT", "pt_BR")
PORTUGAL = (
    "access", "cef", "credit", "days", "duties", "qualifica", "recruitment", "serve", "social",
    "web",
)  # fmt: skip
OWN_LANGUAGE = {**dict.fromkeys(PORTUGAL, "pt_PT"), "scae": "pt_BR"}
"""The language of a regulation of one country, by the name its modules bear or begin with."""

METHODS = [("**.py", "python"), ("web/jinja2/**", "jinja2")]
OPTIONS = {
    "web/jinja2/**": {
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
        "extensions": "jinja2.ext.do",
    }
}
"""Where `_` is read: the code, and the pages of the web application."""

Sentence = tuple[str, str]
"""A sentence and its plural, empty where it does not count."""


def languages_of(module: str) -> frozenset[str]:
    """The catalogues that translate the sentences of a module, such as `portaria.cli.scae.run`."""
    for part in module.split("."):
        for name, language in OWN_LANGUAGE.items():
            if part == name or part.startswith(f"{name}_"):
                return frozenset({language})
    return frozenset(LANGUAGES)


def in_sources() -> Iterator[tuple[str, Sentence]]:
    """Each module, or page, with each argument of its `_` and `ngettext`."""
    keywords = {"_": None, "lazily": None, "ngettext": (1, 2), "counted": (1, 2)}
    for file, _line, text, _comments, _context in extract_from_dir(
        SOURCE, METHODS, OPTIONS, keywords
    ):
        module = ".".join(PurePosixPath(file).with_suffix("").parts)
        yield module, (text[0], text[1]) if isinstance(text, tuple) else (text, "")


def sentences() -> Iterator[tuple[str, Sentence]]:
    """Each module with each of its sentences: what stands in its source, and what it declares."""
    yield from in_sources()
    # Declared sentences come from the modules themselves: what runs is what is translated.
    for module in walk_packages(portaria.__path__, "portaria."):
        import_module(module.name)
    for code, sentence in declared().items():
        for name in declaring(code):
            yield name, sentence


def collect(language: str) -> set[Sentence]:
    """Every sentence that the catalogue of a language translates."""
    return {sentence for module, sentence in sentences() if language in languages_of(module)}


def update(language: str) -> tuple[int, list[str]]:
    """Write the catalogue of `language` anew; how many sentences it has, and those left over."""
    template = Catalog(project="portaria", charset="utf-8", fuzzy=False)
    for english, plural in sorted(collect(language)):
        template.add((english, plural) if plural else english)
    path = SOURCE / "locale" / language / "LC_MESSAGES" / "portaria.po"
    catalogue = Catalog(locale=language, project="portaria", charset="utf-8", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# Sentences of Portaria in {language}."
    # A header without dates and addresses: only the sentences make a change.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = "Portaria"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, omit_header=False, no_location=True)
    missing = [str(m.id) for m in catalogue if m.id and not (m.string and all(_parts(m.string)))]
    return len(template), missing


def _parts(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def main() -> None:
    """Update every catalogue and say what is left to translate."""
    with TemporaryDirectory() as scratch:  # the modules of the web application need one
        set_up(Path(scratch))
        _update_all()


def _update_all() -> None:
    for language in LANGUAGES:
        found, missing = update(language)
        print(f"{language}: {found - len(missing)} translated, {len(missing)} missing")
        for sentence in missing:
            print(f"   {sentence}")


if __name__ == "__main__":
    main()
