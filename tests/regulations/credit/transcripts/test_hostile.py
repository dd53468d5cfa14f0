"""Whatever stands in the fields, reading ends with a transcript or with problems."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portaria.core.messages import render
from portaria.regulations.credit.transcripts import items_of, parse_transcript

from .made import PROGRAMME, UNITS, as_json, elmo, europass_2, europass_3

values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "x", "6", "PT1H", "en"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "type", "pt", "point", "title"]), inner, max_size=2
        )
    ),
    max_leaves=4,
)


def paths(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every field of a JSON value."""
    steps: Any = []
    if isinstance(value, dict):
        steps = value.items()
    elif isinstance(value, list):
        steps = enumerate(value)
    return [p for key, inner in steps for p in ((*above, key), *paths(inner, (*above, key)))]


CREDENTIAL = europass_3(UNITS)
PATHS = paths(CREDENTIAL)


def look(content: bytes) -> None:
    transcript, problems = parse_transcript(content, "t")
    assert transcript is not None or problems
    for problem in problems:
        assert render(problem.message, "en")
    if transcript is not None:
        assert transcript.units
        assert len({item["id"] for item in items_of(transcript)}) == len(transcript.units)


@given(st.lists(st.tuples(st.sampled_from(PATHS), values), min_size=1, max_size=3))
def test_any_field_of_a_credential_may_be_anything(changes):
    credential = copy.deepcopy(CREDENTIAL)
    for path, value in changes:
        group: Any = credential
        try:
            for step in path[:-1]:
                group = group[step]
            group[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took that field away
    look(as_json(credential))


@given(st.sampled_from([elmo(PROGRAMME), elmo(UNITS), europass_2()]), st.data())
def test_any_piece_of_xml_may_be_lost_or_doubled(content, data):
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(len(content), start + 60)))
    piece = data.draw(st.sampled_from([b"", content[start:end] * 2, b"<x/>", b"&amp;"]))
    look(content[:start] + piece + content[end:])
