"""The catalogues: every sentence of the code is translated, with the same places in it."""

import gettext
import io
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import portaria
from portaria.core.messages import LOCALES, catalogue, declared

SOURCE = Path(portaria.__file__).parent
CATALOGUES = sorted(LOCALES.rglob("*.po"))

for module in walk_packages(portaria.__path__, "portaria."):
    import_module(module.name)  # every module has declared its sentences


def in_underscores() -> list[str]:
    """The sentences of help texts and headings: the arguments of `_`."""
    found = extract_from_dir(SOURCE, keywords={"_": None})
    return sorted({sentence for _file, _line, sentence, _comments, _context in found})


SENTENCES: list[tuple[str, str]] = [
    *sorted(set(declared().values())),
    *((sentence, "") for sentence in in_underscores()),
]


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


@pytest.fixture(scope="module")
def portuguese() -> Catalog:
    return read(LOCALES / "pt_PT" / "LC_MESSAGES" / "portaria.po")


def places(sentence: str) -> list[str]:
    """The named places of a sentence and the numbered ones of a pattern."""
    named = [name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name]
    return sorted(named + re.findall(r"\\\d", sentence))


def test_there_are_sentences_to_look_at():
    assert len(declared()) > 100
    assert len(in_underscores()) > 40
    assert [path.parts[-3] for path in CATALOGUES] == ["pt_PT"]


def test_every_sentence_is_translated(portuguese):
    """A sentence that counts has both of its forms."""
    missing = []
    for english, plural in SENTENCES:
        entry = portuguese.get((english, plural) if plural else english)
        forms = (english, plural) if plural else english
        complete = (
            entry is not None
            and entry.id == forms
            and not entry.fuzzy
            and bool(entry.string)
            and isinstance(entry.string, tuple) == bool(plural)
            and all(entry.string)
        )
        if not complete:
            missing.append(english)
    assert not missing, "run make catalogues and translate"
    assert portuguese.num_plurals == 2


def test_a_translation_has_the_places_of_its_sentence(portuguese):
    different = []
    for english, plural in SENTENCES:
        translated = portuguese.get((english, plural) if plural else english).string
        forms = [(english, translated)]
        if plural:
            forms = list(zip((english, plural), translated, strict=True))
        different += [pair for pair in forms if places(pair[0]) != places(pair[1])]
    assert not different


def test_a_counting_sentence_counts():
    """The plural follows the parameter `count`, which both forms should show."""
    for english, plural in declared().values():
        if plural:
            assert "count" in places(plural), plural
            assert set(places(english)) <= set(places(plural)), plural


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_holds_only_what_the_code_says_and_each_sentence_once(path):
    known = {english for english, _plural in SENTENCES}
    ids = [m.id[0] if isinstance(m.id, tuple) else m.id for m in read(path) if m.id]
    assert set(ids) <= known
    assert len(ids) == len(set(ids))


def unsaid(words: gettext.NullTranslations, path: Path) -> list[str]:
    """The sentences of a catalogue that its compiled form does not say."""
    missing = []
    for message in read(path):
        if isinstance(message.id, tuple):
            said: object = tuple(words.ngettext(*message.id, count) for count in (1, 2))
        else:
            said = words.gettext(message.id)
        if message.id and said != message.string:
            missing.append(str(message.id))
    return missing


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_compiles(path):
    compiled = io.BytesIO()
    write_mo(compiled, read(path))
    compiled.seek(0)
    assert not unsaid(gettext.GNUTranslations(compiled), path)


def test_the_program_reads_the_catalogue_as_it_stands():
    """No stale compiled catalogue is in use: make setup compiles it again."""
    path = LOCALES / "pt_PT" / "LC_MESSAGES" / "portaria.po"
    assert not unsaid(catalogue("pt-PT"), path)
