"""The maxima as two step lines over the same years: a meal above, a bed below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree as Xml

from portaria.documents.drawing import COLOURS, FAINT, FONT, INK, LINE

WIDTH, LEFT, RIGHT = 720, 52, 12
TOP, HEIGHT, BELOW = 30, 122, 30
PANEL = TOP + HEIGHT + BELOW
NARROW = 40
"""A span narrower than this, in points, has no label of its own."""
STEPS = [Fraction(size * 10**power, 100) for power in range(5) for size in (5, 10, 25)]
MOST_LINES = 5


@dataclass(frozen=True)
class Step:
    """A price between two days: its year, how it is written, and the words for a pointer."""

    first: date
    last: date
    value: Fraction
    year: str
    text: str
    words: str


@dataclass(frozen=True)
class Line:
    """The steps of one price, from the earliest on, under a title."""

    title: str
    steps: Sequence[Step]


def chart(lines: Sequence[Line], lang: str) -> str:
    """The drawing as SVG; readers get the words of the figure, not its marks."""
    height = PANEL * len(lines)
    size = {"viewBox": f"0 0 {WIDTH} {height}", "width": str(WIDTH), "height": str(height)}
    style = {"font-family": FONT, "font-size": "13", "aria-hidden": "true"}
    svg = Xml.Element("svg", {"xmlns": "http://www.w3.org/2000/svg"} | size | style)
    for number, line in enumerate(lines):
        _panel(svg, line, PANEL * number + TOP, COLOURS[number], lang)
    return Xml.tostring(svg, encoding="unicode")


def _panel(svg: Xml.Element, line: Line, top: float, colour: str, lang: str) -> None:
    marks = scale([step.value for step in line.steps])
    low, high = marks[0], marks[-1]
    first, last = line.steps[0].first, line.steps[-1].last
    days = (last - first).days + 1

    def across(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / days

    def up(value: Fraction) -> float:
        return top + HEIGHT * float(1 - (value - low) / (high - low))

    _text(svg, LEFT, top - 13, line.title, INK, "start", 14, "bold")
    for mark in marks:
        y = up(mark)
        ends = {"x1": _number(LEFT), "x2": _number(WIDTH - RIGHT), "y1": _number(y)}
        Xml.SubElement(svg, "line", ends | {"y2": _number(y), "stroke": LINE})
        _text(svg, LEFT - 8, y + 4, _mark(mark, marks[1] - low, lang), FAINT, "end")
    edges = [across(step.first) for step in line.steps] + [float(WIDTH - RIGHT)]
    path: list[str] = []
    for step, left, right in zip(line.steps, edges, edges[1:], strict=False):
        y = up(step.value)
        path.append(f"{'L' if path else 'M'}{_number(left)} {_number(y)}H{_number(right)}")
    drawn = {"d": "".join(path), "fill": "none", "stroke": colour, "stroke-width": "2.5"}
    Xml.SubElement(svg, "path", drawn | {"stroke-linejoin": "round"})
    for step, left, right in zip(line.steps, edges, edges[1:], strict=False):
        middle = (left + right) / 2
        if right - left >= NARROW:
            _text(svg, middle, up(step.value) - 7, step.text, colour, "middle", 13, "bold", True)
            _text(svg, middle, top + HEIGHT + 18, step.year, FAINT, "middle", 12)
        box = {"x": _number(left), "y": _number(top), "width": _number(right - left)}
        shape = box | {"height": str(HEIGHT), "fill": "#ffffff", "fill-opacity": "0"}
        Xml.SubElement(Xml.SubElement(svg, "rect", shape), "title").text = step.words


def scale(values: Sequence[Fraction]) -> list[Fraction]:
    """Round marks from below the least value to above the most, with room for a label there."""
    least, most = min(values), max(values)
    room = max(most - least, Fraction(1, 10)) / 5
    for step in STEPS:
        low, high = max((least - room / 5) // step, 0), -(-(most + room) // step)
        if high - low <= MOST_LINES:
            break
    return [step * number for number in range(low, high + 1)]


def _mark(value: Fraction, step: Fraction, lang: str) -> str:
    """A mark with as many decimals as its neighbours need."""
    if step.denominator == 1:
        return str(value.numerator // value.denominator)
    cents = value * 100
    text = f"{cents.numerator // 100}.{cents.numerator % 100:02}"
    return text if lang == "en" else text.replace(".", ",")


def _text(
    svg: Xml.Element,
    x: float,
    y: float,
    words: str,
    colour: str,
    anchor: str,
    size: int = 13,
    weight: str = "normal",
    halo: bool = False,
) -> None:
    """Words at a place; a halo keeps them apart from the lines they stand on."""
    place = {"x": _number(x), "y": _number(y), "fill": colour, "text-anchor": anchor}
    style = {"font-size": str(size), "font-weight": weight}
    if halo:
        style |= {"stroke": "#ffffff", "stroke-width": "4", "paint-order": "stroke"}
    Xml.SubElement(svg, "text", place | style).text = words


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
