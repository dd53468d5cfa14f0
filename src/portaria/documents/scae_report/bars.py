"""Drawings of the summary: bars of this load beside those before, and bars of change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from portaria.documents.drawing import COLOURS, FAINT, FONT, INK, LINE

WIDTH = 640
LETTER = 7.4
"""About how wide a letter is."""
NOW, MORE, FEWER, BEFORE = COLOURS[0], COLOURS[0], COLOURS[1], "#a9cde0"
LONGEST_LABEL = 28


@dataclass(frozen=True)
class Bar:
    """A line of a drawing: its name, its values, the text at its end, and words for a pointer."""

    label: str
    values: Sequence[int]
    text: str
    words: str


def pairs(bars: Sequence[Bar], groups: Sequence[str]) -> str:
    """One or two bars a line from the same left edge: now, and before (paler)."""
    thick, gap, top = 13, 12, 30
    step = thick * len(groups) + gap
    svg = _picture(top + step * len(bars))
    most = max((value for bar in bars for value in bar.values), default=0) or 1
    edge = _edge(bars)
    room = WIDTH - edge - _room(bars)
    _legend(svg, edge, groups)
    for line, bar in enumerate(bars):
        y = top + line * step
        _text(svg, edge - 10, y + step / 2 - 1, _cut(bar.label), INK, "end")
        for number, value in enumerate(bar.values):
            long = room * value / most
            _rect(svg, edge, y + number * thick, long, thick - 1, (NOW, BEFORE)[number], bar.words)
        end = edge + room * max(bar.values) / most
        _text(svg, end + 8, y + step / 2 - 1, bar.text, FAINT, "start")
    return Xml.tostring(svg, encoding="unicode")


def changes(bars: Sequence[Bar]) -> str:
    """One bar a line from a middle line: to the right what grew, to the left what shrank."""
    step, thick, top = 26, 16, 6
    svg = _picture(top + step * len(bars))
    most = max((abs(bar.values[0]) for bar in bars), default=0) or 1
    left_edge = _edge(bars)
    side = (WIDTH - left_edge) / 2
    middle, room = left_edge + side, side - _room(bars)
    for line, bar in enumerate(bars):
        y, value = top + line * step, bar.values[0]
        long = room * abs(value) / most
        _text(svg, left_edge - 10, y + 13, _cut(bar.label), INK, "end")
        left, end = (middle, middle + long) if value > 0 else (middle - long, middle - long)
        _rect(svg, left, y, long, thick, MORE if value > 0 else FEWER, bar.words)
        anchor, beside = ("start", end + 8) if value > 0 else ("end", end - 8)
        _text(svg, beside, y + 13, bar.text, FAINT, anchor)
    zero = {"x1": _number(middle), "x2": _number(middle), "y1": "0"}
    Xml.SubElement(svg, "line", zero | {"y2": str(top + step * len(bars)), "stroke": LINE})
    return Xml.tostring(svg, encoding="unicode")


def _legend(svg: Xml.Element, x: float, groups: Sequence[str]) -> None:
    for number, words in enumerate(groups):
        _rect(svg, x, 4, 13, 13, (NOW, BEFORE)[number], words)
        _text(svg, x + 19, 15, words, INK, "start")
        x += 19 + LETTER * len(words) + 24


def _picture(height: int) -> Xml.Element:
    """An empty drawing; readers get the words of the figure, not the marks."""
    size = {"viewBox": f"0 0 {WIDTH} {height}", "width": str(WIDTH), "height": str(height)}
    style = {"font-family": FONT, "font-size": "13", "aria-hidden": "true"}
    return Xml.Element("svg", {"xmlns": "http://www.w3.org/2000/svg"} | size | style)


def _rect(
    svg: Xml.Element, x: float, y: float, width: float, height: float, fill: str, words: str
) -> None:
    place = {"x": _number(x), "y": _number(y), "width": _number(max(width, 1))}
    box = Xml.SubElement(svg, "rect", place | {"height": _number(height), "rx": "2", "fill": fill})
    Xml.SubElement(box, "title").text = words


def _text(svg: Xml.Element, x: float, y: float, words: str, colour: str, anchor: str) -> None:
    place = {"x": _number(x), "y": _number(y), "fill": colour, "text-anchor": anchor}
    Xml.SubElement(svg, "text", place).text = words


def _edge(bars: Sequence[Bar]) -> float:
    """Where the names end."""
    return 14 + LETTER * max((len(_cut(bar.label)) for bar in bars), default=0)


def _room(bars: Sequence[Bar]) -> float:
    """How much the longest text at the end of a bar needs."""
    return 16 + LETTER * max((len(bar.text) for bar in bars), default=0)


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
