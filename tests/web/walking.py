"""Every address of the application, and arguments that stand for something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from portaria.web.access.models import Contest
from portaria.web.accounts.permissions import Permission, permission_of
from web.doors import CLOSED

INSTITUTION = "9001"


@dataclass(frozen=True)
class Door:
    """An address of the application. name: with its namespace, or the route where it has none."""

    name: str
    route: str
    pattern: URLPattern
    permission: Permission | None
    parts: tuple[str, ...]


def doors() -> list[Door]:
    """Every address that the application answers at."""
    return list(_walk(get_resolver(), "", "", ()))


def _walk(
    resolver: URLResolver, prefix: str, space: str, before: tuple[str, ...]
) -> Iterator[Door]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        parts = before + tuple(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            name = f"{space}{pattern.name}" if pattern.name else route
            permission = permission_of(pattern.callback, pattern.name)
            yield Door(name, route, pattern, permission, parts)
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, route, inner, parts)


@dataclass
class World:
    """A published contest with one of everything."""

    contest: Contest
    pks: dict[str, int]

    def address(self, door: Door) -> str:
        """The address with arguments of this world; 1 where it has nothing of the kind."""
        if door.name in CLOSED and "/" in door.name:
            return f"/{door.name}"
        if door.name == "api-nothing":
            return "/api/v1/nothing"
        return reverse(door.name, kwargs={part: self._part(door, part) for part in door.parts})

    def _part(self, door: Door, part: str) -> Any:
        special = {
            ("job", "kind"): "execucao", ("job-cancel", "kind"): "execucao",
            ("contest-seats", "kind"): "csv", ("office-report", "kind"): "json",
            ("institution-download", "kind"): "csv",
            ("account_confirm_email", "key"): "x",
            ("account_reset_password_from_key", "key"): "x-y",
        }  # fmt: skip
        if (door.name, part) in special:
            return special[door.name, part]
        common: dict[str, Any] = {
            "key": self.contest.key, "contest": self.contest.key, "candidate": "C1",
            "code": INSTITUTION, "institution": INSTITUTION, "number": 1, "kind": "csv",
            "provider_id": "uni", "uidb36": "1", "membership": self.pks.get("membership", 1),
        }  # fmt: skip
        if part == "pk":
            return self.pks.get(door.name, 1)
        assert part in common, (
            f"{door.name}: tests/web/test_permissions.py knows no value for its part {part!r}"
        )
        return common[part]
