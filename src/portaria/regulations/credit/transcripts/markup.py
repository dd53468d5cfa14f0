"""Elements of XML looked up by their local names, with their paths for the problems."""

from __future__ import annotations

from lxml import etree

from portaria.regulations.credit.transcripts.faults import MISSING, Faults

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
MOST_COUNTED = 1000
"""Brothers among which a place is counted: counting in a crowd would take a hostile file's time."""
PREFERRED = ("pt", "en")
"""The languages in which a name is taken, before whatever stands first."""


def local(element: etree._Element) -> str:
    """`title` of `{namespace}title`."""
    return str(etree.QName(element).localname)


def namespace(element: etree._Element) -> str:
    """`namespace` of `{namespace}title`."""
    return etree.QName(element).namespace or ""


def row_of(element: etree._Element) -> int | None:
    """The line of an element in its file."""
    return element.sourceline if isinstance(element.sourceline, int) else None


def path_of(element: etree._Element) -> str:
    """`/elmo/report[2]/issuer`, with the place among brothers of the same name."""
    steps: list[str] = []
    current: etree._Element | None = element
    while current is not None:
        above = current.getparent()
        crowded = above is None or len(above) > MOST_COUNTED
        twins = [] if crowded else [e for e in above if e.tag == current.tag]
        place = f"[{twins.index(current) + 1}]" if len(twins) > 1 else ""
        steps.append(local(current) + place)
        current = above
    return "/" + "/".join(reversed(steps))


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name in the same namespace, if any."""
    return next(iter(children(element, name)), None)


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """Every child of that name in the namespace of `element`; none of no element."""
    if element is None:
        return []
    return list(element.findall(f"{{{namespace(element)}}}{name}"))


def needed(element: etree._Element, name: str, faults: Faults) -> etree._Element | None:
    """The child of that name; its lack is a fault."""
    found = child(element, name)
    if found is None:
        faults.add(MISSING, path_of(element), row_of(element), element=name)
    return found


def text(element: etree._Element | None) -> str:
    """The text of an element on one line, empty without one."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def texts_by_language(elements: list[etree._Element]) -> dict[str, str]:
    """The texts of brothers by their language, the first of each."""
    found: dict[str, str] = {}
    for element in elements:
        language = (element.get(LANG) or element.get("lang") or "").lower().split("-")[0]
        if said := text(element):
            found.setdefault(language, said)
    return found


def preferred(found: dict[str, str]) -> str:
    """The Portuguese text, else the English one, else the first, else nothing."""
    for language in PREFERRED:
        if language in found:
            return found[language]
    return next(iter(found.values()), "")
