from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portaria.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from portaria.web.accounts import signals  # noqa: F401 (connects its receivers)
