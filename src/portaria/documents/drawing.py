"""Drawings as SVG: points on two axes, and districts as tiles where a map would have them.

The same text goes into a page (inline, with a tooltip a mark) and into a PDF.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10
from xml.etree import ElementTree as Xml

INK, FAINT, LINE = "#22303c", "#5b6b78", "#d5dde3"
COLOURS = ("#0b5c8a", "#c2571a", "#5d7a1f")
FONT = "system-ui, 'Libertinus Serif', sans-serif"

# Where a district lies, in tiles: column from the west, row from the north; islands to the west.
TILES: Mapping[str, tuple[int, int]] = {
    "Viana do Castelo": (1, 0), "Braga": (2, 0), "Bragança": (3, 0),
    "Porto": (1, 1), "Vila Real": (2, 1),
    "Aveiro": (1, 2), "Viseu": (2, 2), "Guarda": (3, 2),
    "Leiria": (1, 3), "Coimbra": (2, 3), "Castelo Branco": (3, 3),
    "Lisboa": (1, 4), "Santarém": (2, 4), "Portalegre": (3, 4),
    "Setúbal": (1, 5), "Évora": (2, 5),
    "Beja": (2, 6), "Faro": (2, 7),
    "Açores": (0, 3), "Madeira": (0, 6),
}  # fmt: skip
TILE_WIDTH, TILE_HEIGHT, GAP = 118, 62, 6


@dataclass(frozen=True)
class Axis:
    """A scale from `least` to `most`, by powers of ten where `powers`; what lies beyond is kept
    on its edge. marks: value and text."""

    title: str
    marks: Sequence[tuple[float, str]]
    least: float
    most: float
    powers: bool = False

    def seen(self) -> list[tuple[float, str]]:
        """The marks within the scale."""
        return [mark for mark in self.marks if self.least <= mark[0] <= self.most]

    def place(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        value = min(max(value, self.least), self.most)
        if self.powers:
            return log10(value / self.least) / log10(self.most / self.least)
        return (value - self.least) / (self.most - self.least)


@dataclass(frozen=True)
class Point:
    """A mark: where it lies, what it is, and which of the colours it has."""

    x: float
    y: float
    words: str
    group: int = 0


def scatter(
    points: Sequence[Point], across: Axis, up: Axis, groups: Sequence[str], diagonal: bool
) -> str:
    """Points on two axes, with the line of equal values where `diagonal`."""
    width, height, left, right, top, bottom = 640, 420, 64, 16, 34, 52
    wide, high = width - left - right, height - top - bottom

    def at(x: float, y: float) -> tuple[float, float]:
        return left + wide * across.place(x), top + high * (1 - up.place(y))

    svg = _picture(width, height)
    for value, words in across.seen():
        x = left + wide * across.place(value)
        _line(svg, x, top, x, top + high, LINE)
        _text(svg, x, top + high + 18, words, FAINT, "middle")
    for value, words in up.seen():
        y = top + high * (1 - up.place(value))
        _line(svg, left, y, left + wide, y, LINE)
        _text(svg, left - 8, y + 4, words, FAINT, "end")
    if diagonal:
        least, most = max(across.least, up.least), min(across.most, up.most)
        _line(svg, *at(least, least), *at(most, most), FAINT, dash="5 4")
    for point in points:
        x, y = at(point.x, point.y)
        attributes = {"cx": _number(x), "cy": _number(y), "r": "3", "fill": COLOURS[point.group]}
        mark = Xml.SubElement(svg, "circle", attributes | {"fill-opacity": "0.55"})
        Xml.SubElement(mark, "title").text = point.words
    _text(svg, left + wide / 2, height - 8, across.title, INK, "middle")
    _text(svg, left, 14, "↑ " + up.title, INK, "start")
    right_end = float(width - right)
    for number, words in reversed(list(enumerate(groups))):
        _text(svg, right_end, 14, words, INK, "end")
        right_end -= 7.2 * len(words) + 12
        circle = {"cx": _number(right_end + 4), "cy": "10", "r": "4", "fill": COLOURS[number]}
        Xml.SubElement(svg, "circle", circle)
        right_end -= 14
    return Xml.tostring(svg, encoding="unicode")


@dataclass(frozen=True)
class Tile:
    """A district: a share from 0 (pale) to 1 (dark), and two lines of text."""

    name: str
    share: float
    line: str
    words: str


def tile_map(tiles: Sequence[Tile]) -> str:
    """Districts as tiles about where they lie; those of unknown place are left to the table."""
    columns, rows = 4, 8
    svg = _picture(columns * (TILE_WIDTH + GAP) + GAP, rows * (TILE_HEIGHT + GAP) + GAP)
    for tile in tiles:
        if tile.name not in TILES:
            continue
        column, row = TILES[tile.name]
        x, y = GAP + column * (TILE_WIDTH + GAP), GAP + row * (TILE_HEIGHT + GAP)
        fill, ink = _shade(tile.share)
        size = {"width": str(TILE_WIDTH), "height": str(TILE_HEIGHT), "rx": "6", "fill": fill}
        box = Xml.SubElement(svg, "rect", {"x": str(x), "y": str(y)} | size)
        Xml.SubElement(box, "title").text = tile.words
        middle = x + TILE_WIDTH / 2
        _text(svg, middle, y + 27, tile.name, ink, "middle", size=13)
        _text(svg, middle, y + 47, tile.line, ink, "middle", size=14, weight="bold")
    return Xml.tostring(svg, encoding="unicode")


def _shade(share: float) -> tuple[str, str]:
    """A colour between pale and dark blue, and black or white, whichever can be read on it."""
    pale, dark = (222, 235, 243), (9, 74, 112)
    red, green, blue = (round(p + (d - p) * share) for p, d in zip(pale, dark, strict=True))
    linear = [(part / 255) ** 2.2 for part in (red, green, blue)]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return f"#{red:02x}{green:02x}{blue:02x}", "#000000" if light > 0.179 else "#ffffff"


def _picture(width: int, height: int) -> Xml.Element:
    """An empty drawing; readers get the words of the figure, not the marks."""
    return Xml.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "font-family": FONT,
            "font-size": "13",
            "aria-hidden": "true",
        },
    )


def _line(
    svg: Xml.Element, x1: float, y1: float, x2: float, y2: float, colour: str, dash: str = ""
) -> None:
    ends = {"x1": _number(x1), "y1": _number(y1), "x2": _number(x2), "y2": _number(y2)}
    Xml.SubElement(
        svg, "line", ends | {"stroke": colour} | ({"stroke-dasharray": dash} if dash else {})
    )


def _text(
    svg: Xml.Element,
    x: float,
    y: float,
    words: str,
    colour: str,
    anchor: str,
    size: int = 13,
    weight: str = "normal",
) -> None:
    place = {"x": _number(x), "y": _number(y), "fill": colour, "text-anchor": anchor}
    style = {"font-size": str(size), "font-weight": weight}
    Xml.SubElement(svg, "text", place | style).text = words


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
