"""Names as a list has them: in which order, and what no text of a procedure may hold."""

from unicodedata import category, normalize

MOST, MOST_OF_A_REASON = 200, 2000
HIDDEN = {"Cc", "Cf", "Zl", "Zp"}
KEPT = {"\u200c", "\u200d"}


def order(name: str, key: str) -> tuple[str, str, str]:
    """Neither accents nor capitals count; then the name as written, then the key."""
    bare = [c for c in normalize("NFD", name.casefold()) if category(c) != "Mn"]
    return "".join(bare), name, key


def text_fault(text: str, most: int) -> str:
    """The code of what is wrong with it, "" for nothing."""
    if {c for c in text if category(c) in HIDDEN} - KEPT:
        return "hidden-character"
    return "too-long" if len(text) > most else ""
