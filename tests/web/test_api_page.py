"""The page on the API names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[2] / "docs" / "web" / "api.md"


def test_every_address_of_the_page_is_in_the_document() -> None:
    document = Client().get("/api/v1/openapi.json").json()
    there = {(method.upper(), path) for path, acts in document["paths"].items() for method in acts}
    told = re.findall(r"^(GET|PUT) +(\S+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(told) == 8
    assert set(told) <= there
    assert set(re.findall(r"\w+:(?:read|write)", PAGE.read_text("utf-8"))) == {
        "placements:read",
        "enrolments:read",
        "enrolments:write",
    }
