"""What a text of a procedure may hold: letters that a list can show as they are."""

from __future__ import annotations

import unicodedata

from portaria.core.messages import Message, declare

HIDDEN = declare(
    "recruitment-hidden-character",
    "{character} does not show, or turns what follows: write the text anew, on one line, without "
    "it",
)
LINE_BREAK = declare("recruitment-line-break", "the text has a line break: write it on one line")
TOO_LONG = declare(
    "recruitment-too-long", "the text has {length} characters: {most} are the most that may be"
)
LONGEST, LONGEST_REASON = 200, 2000
"""Characters of a name, a key, a clause; and of the reason of an exclusion."""
UNSEEN = ("Cc", "Cf", "Zl", "Zp")
"""Controls, marks of direction and of format, ends of lines and paragraphs."""
JOINERS = "\u200c\u200d"
"""Some scripts cannot be written without them."""


def fault_of(text: str, most: int = LONGEST) -> Message | None:
    """Why a text cannot stand in a list, or None."""
    plain = text.isprintable()  # nearly every text is, and that is quick to see
    hidden = None if plain else next(filter(_is_hidden, text), None)
    if hidden is not None and hidden in "\r\n":
        return Message(LINE_BREAK)
    if hidden is not None:
        return Message(HIDDEN, {"character": f"U+{ord(hidden):04X}"})
    if len(text) > most:
        return Message(TOO_LONG, {"length": len(text), "most": most})
    return None


def without_hidden(text: str) -> str:
    """The text as a problem may show it."""
    return "".join("\ufffd" if _is_hidden(letter) else letter for letter in text)


def _is_hidden(letter: str) -> bool:
    return letter not in JOINERS and unicodedata.category(letter) in UNSEEN
