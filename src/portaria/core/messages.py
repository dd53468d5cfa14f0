"""Words in one place: a message is a code with parameters; its sentence comes from a catalogue.

`declare` gives a code its English sentence once, beside the code that uses it; the Portuguese
sentences live in `portaria/locale`. Parameters stay exact numbers and dates until they are
rendered, so that `155.5` reads `155,5` in Portuguese.
"""

from __future__ import annotations

import gettext
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from string import Formatter

from portaria.core.errors import ConfigurationError, UsageError
from portaria.core.numbers import written

LOCALES = Path(__file__).parent.parent / "locale"
LANGUAGES = ("pt-PT", "pt-BR", "en")
DEFAULT_LANGUAGE = "pt-PT"

_sentences: dict[str, tuple[str, str]] = {}
_modules: dict[str, set[str]] = {}


@dataclass(frozen=True)
class Message:
    """A sentence to be: `code` is declared once, `params` fill its places."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return render(self, "en")


def declare(code: str, english: str, plural: str = "") -> str:
    """Give `code` its English sentence, with `{name}` places, and return the code.

    A sentence that counts has a `plural`; which of the two is used follows the parameter `count`.
    """
    sentences = (english, plural)
    if _sentences.setdefault(code, sentences) != sentences:
        raise ConfigurationError(f"message code {code!r} is declared with two different sentences")
    _modules.setdefault(code, set()).add(sys._getframe(1).f_globals["__name__"])
    return code


UNKNOWN_LANGUAGE = declare("unknown-language", "the language {lang} is not one of: {known}")


def declared() -> Mapping[str, tuple[str, str]]:
    """Every declared code with its English sentence and its plural, where it has one."""
    return dict(_sentences)


def declaring(code: str) -> frozenset[str]:
    """The modules that declare `code`; they settle which catalogues translate its sentence."""
    return frozenset(_modules[code])


def places(code: str) -> tuple[str, ...]:
    """The names of the places in the sentence of `code`."""
    english, plural = _sentences[code]
    parts = Formatter().parse(english + plural)
    return tuple(dict.fromkeys(name for _text, name, _form, _kind in parts if name))


def render(message: Message, lang: str = DEFAULT_LANGUAGE) -> str:
    """The sentence of `message` in `lang`, its numbers and dates written as people there do."""
    if message.code not in _sentences:
        raise ConfigurationError(f"message code {message.code!r} was never declared")
    english, plural = _sentences[message.code]
    count = message.params.get("count")
    if plural and isinstance(count, int):
        sentence = catalogue(lang).ngettext(english, plural, count)
    else:
        sentence = catalogue(lang).gettext(english)
    return sentence.format(**{name: show(value, lang) for name, value in message.params.items()})


def translate(english: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """The sentence of an undeclared text (a help line, a heading) in `lang`."""
    return catalogue(lang).gettext(english)


def show(value: object, lang: str) -> str:
    """A parameter as text: decimals with the comma or point of `lang`, dates written out."""
    if isinstance(value, Message):
        return render(value, lang)
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, Fraction | Decimal):
        text = written(value) if isinstance(value, Fraction) else format(value, "f")
        return text if lang == "en" else text.replace(".", ",")
    if isinstance(value, int):
        return group_thousands(value, lang)
    if isinstance(value, date):
        from babel.dates import format_date

        return format_date(value, "long", locale=lang.replace("-", "_"))
    return str(value)


def group_thousands(value: int, lang: str) -> str:
    """`52434` as `52 434` in Portugal, `52.434` in Brazil, `52,434` in English."""
    separator = {"pt-PT": "\u00a0", "pt-BR": ".", "en": ","}[lang]
    # In Portugal four digits are written together: 6225, but 52 434.
    if lang == "pt-PT" and abs(value) < 10_000:
        return str(value)
    return f"{value:,}".replace(",", separator)


def exact_decimal(value: Fraction) -> Decimal:
    """The decimal equal to `value`; ConfigurationError where none is finite (1/3)."""
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    if denominator != 1:
        raise ConfigurationError(f"{value} has no finite decimal form")
    places = max(twos, fives)
    scaled = value.numerator * 10**places // value.denominator
    return Decimal(scaled).scaleb(-places) if scaled else Decimal(0)


@lru_cache(maxsize=8)
def catalogue(lang: str) -> gettext.NullTranslations:
    """The catalogue of `lang`; English sentences are the keys, so English needs none.

    A part of the program that speaks the Portuguese of one country is translated there alone: the
    other country's sentence is nearer to its readers than an English one.
    """
    if lang not in LANGUAGES:
        raise UsageError(Message(UNKNOWN_LANGUAGE, {"lang": lang, "known": ", ".join(LANGUAGES)}))
    if lang == "en":
        return gettext.NullTranslations()
    both = ["pt_PT", "pt_BR"] if lang == "pt-PT" else ["pt_BR", "pt_PT"]
    return gettext.translation("portaria", LOCALES, languages=both, fallback=True)
