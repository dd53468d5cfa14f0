"""Which database has what: beside SQLite's records, what may be lost is in a file of its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings

CACHE = "cache"


class CacheRouter:
    """Counts of log-ins are written often and need not outlive a power cut: they do not wait for
    the disk as records do, nor in line with them."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return self._place(model._meta.app_label)

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return self._place(model._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if CACHE not in settings.DATABASES:
            return None
        return (app_label == "django_cache") == (db == CACHE)

    def _place(self, app_label: str) -> str | None:
        return CACHE if app_label == "django_cache" and CACHE in settings.DATABASES else None
