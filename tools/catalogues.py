"""Collect the sentences of the code into the catalogues, keeping the translations there are.

    .venv/bin/python tools/catalogues.py

What is new stands untranslated in each .po; what is no longer used is dropped.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import portaria
from portaria.core.messages import declared

SOURCE = Path(__file__).parent.parent / "src" / "portaria"
LANGUAGES = ("pt_PT",)


def collect() -> Catalog:
    """Every sentence of the code: the argument of `_`, and what the modules declare."""
    template = Catalog(project="portaria", charset="utf-8", fuzzy=False)
    for _file, _line, sentence, _comments, context in extract_from_dir(
        SOURCE, keywords={"_": None}
    ):
        template.add(sentence, context=context)
    # Declared sentences come from the modules themselves: what runs is what is translated.
    for module in walk_packages(portaria.__path__, "portaria."):
        import_module(module.name)
    for english, plural in declared().values():
        template.add((english, plural) if plural else english)
    return template


def update(template: Catalog, language: str) -> list[str]:
    """Write the catalogue of `language` anew; the sentences it does not translate yet."""
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
    return [str(m.id) for m in catalogue if m.id and not (m.string and all(_parts(m.string)))]


def _parts(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def main() -> None:
    """Update every catalogue and say what is left to translate."""
    template = collect()
    for language in LANGUAGES:
        missing = update(template, language)
        print(f"{language}: {len(template) - len(missing)} translated, {len(missing)} missing")
        for sentence in missing:
            print(f"   {sentence}")


if __name__ == "__main__":
    main()
