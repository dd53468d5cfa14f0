"""The catalogues: every sentence of the code is translated, with the same places in it.

A regulation of one country is translated into its Portuguese alone, what all share into both.
"""

import gettext
import io
import re
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter

import pytest
import web_ready  # noqa: F401 (the modules of the web application need Django)
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import portaria
from portaria.core.messages import LOCALES, catalogue, declared, declaring

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from catalogues import LANGUAGES, in_sources, languages_of

for module in walk_packages(portaria.__path__, "portaria."):
    import_module(module.name)  # every module has declared its sentences


PLACED: list[tuple[str, tuple[str, str]]] = [
    *(
        (module, sentence)
        for code, sentence in sorted(declared().items())
        for module in sorted(declaring(code))
        if module.startswith("portaria.")  # a test may have declared a sentence of its own
    ),
    *sorted(set(in_sources())),
]
"""Every module with each of its sentences and the plural of it, empty where it does not count."""


def sentences_of(language: str) -> list[tuple[str, str]]:
    """The sentences that one catalogue translates."""
    return sorted({words for module, words in PLACED if language in languages_of(module)})


def path_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "portaria.po"


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def places(sentence: str) -> list[str]:
    """The named places of a sentence, of a page's too, and the numbered ones of a pattern."""
    named = [name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name]
    return sorted(named + re.findall(r"\\\d|%\(\w+\)s", sentence))


@pytest.mark.parametrize(
    ("module", "languages"),
    [
        ("portaria.core.edition", {"pt_PT", "pt_BR"}),
        ("portaria.tables.parse", {"pt_PT", "pt_BR"}),
        ("portaria.documents.report", {"pt_PT", "pt_BR"}),
        ("cli.app", {"pt_PT", "pt_BR"}),
        ("portaria.regulations.clauses", {"pt_PT", "pt_BR"}),
        ("portaria.regulations.access.check", {"pt_PT"}),
        ("portaria.cli.access.summary", {"pt_PT"}),
        ("cli.access.__init__", {"pt_PT"}),
        ("portaria.documents.access_letter", {"pt_PT"}),
        ("portaria.documents.access_report.grades", {"pt_PT"}),
        ("portaria.regulations.scae", {"pt_BR"}),
        ("portaria.regulations.scae.layout.read", {"pt_BR"}),
        ("portaria.documents.scae_report", {"pt_BR"}),
        ("cli.scae", {"pt_BR"}),
        ("portaria.tables.accessible", {"pt_PT", "pt_BR"}),
    ],
)
def test_a_module_is_translated_for_the_country_it_serves(module, languages):
    assert languages_of(module) == languages


def test_there_are_sentences_to_look_at():
    assert len(declared()) > 100
    assert len(set(in_sources())) > 40
    assert sorted(path.parts[-3] for path in LOCALES.rglob("*.po")) == sorted(LANGUAGES)


def test_a_sentence_is_told_by_the_module_that_says_it():
    """What is shared stands in both catalogues, what serves one country in its own alone."""
    portugal, brazil = set(sentences_of("pt_PT")), set(sentences_of("pt_BR"))
    shared = {declared()["file-unreadable"], ("Usage:", "")}
    assert shared <= portugal & brazil
    assert declared()["missing-settings"] in portugal - brazil


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language):
    """A sentence that counts has both of its forms."""
    portuguese = read(path_of(language))
    missing = []
    for english, plural in sentences_of(language):
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_sentence(language):
    portuguese = read(path_of(language))
    different = []
    for english, plural in sentences_of(language):
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_only_what_its_modules_say_and_each_sentence_once(language):
    known = {english for english, _plural in sentences_of(language)}
    catalog = read(path_of(language))
    ids = [m.id[0] if isinstance(m.id, tuple) else m.id for m in catalog if m.id]
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_compiles(language):
    compiled = io.BytesIO()
    write_mo(compiled, read(path_of(language)))
    compiled.seek(0)
    assert not unsaid(gettext.GNUTranslations(compiled), path_of(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_reads_the_catalogue_as_it_stands(language):
    """No stale compiled catalogue is in use: make setup compiles it again."""
    assert not unsaid(catalogue(language.replace("_", "-")), path_of(language))


BRAZILIAN = {
    "ficheiro": "arquivo",
    "registo": "registro",
    "folha de cálculo": "planilha",
    "ecrã": "tela",
    "utilizador": "usuário",
    "guardar": "salvar",
    "facto": "fato",
    "secção": "seção",
    "equipa ": "equipe",
    "«": "“",
}
"""How Portugal says it, and how Brazil does."""


def test_the_brazilian_catalogue_speaks_as_brazil_does():
    found = [
        (said, word)
        for message in read(path_of("pt_BR"))
        for said in _forms(message.string)
        for word in (*BRAZILIAN, "você")
        if message.id and re.search(rf"\b{word}" if word.isalpha() else word, said.lower())
    ]
    assert not found


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string
