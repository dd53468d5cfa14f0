"""Pages of the log among a million entries, for `make bench-web`."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

ENTRIES, BLOCK = 1_000_000, 10_000
Row = tuple[str, str, str]


def search_a_long_log() -> Row:
    """The slowest of the first and a middle page of eight questions."""
    from django.db import connection

    from portaria.web.accounts.log_search import Wanted, page
    from portaria.web.accounts.models import LogEntry, User

    ana = User.objects.create_user("ana@example.org", None)
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for start in range(0, ENTRIES, BLOCK):
        LogEntry.objects.bulk_create(
            [
                LogEntry(
                    at=now - timedelta(seconds=ENTRIES - n),
                    code="log-logged-in" if n % 2 else "log-logged-out",
                    actor="Ana",
                    user=ana if n % 3 else None,
                    contest=f"c{n % 3}",
                    candidate=f"C{n % 5000}",
                )
                for n in range(start, start + BLOCK)
            ],
            batch_size=500,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    middle = LogEntry.objects.order_by("-id")[ENTRIES // 2].pk
    day = (now - timedelta(days=5)).date()
    asked = (
        Wanted(),
        Wanted(contest="c1"),
        Wanted(contest="c1", kind="log-logged-in"),
        Wanted(candidate="C4999"),
        Wanted(person="ana@example.org"),
        Wanted(since=day, until=day),
        Wanted(since=day),
        Wanted(until=day, contest="c2"),
    )
    times = []
    for wanted in asked:
        for before in (None, middle):
            began = time.perf_counter()
            page(wanted, before)
            times.append(time.perf_counter() - began)
    slowest = f"slowest {max(times) * 1000:.0f} ms"
    return f"a page of the log among {ENTRIES:,} entries", slowest, f"{len(times)} questions"
