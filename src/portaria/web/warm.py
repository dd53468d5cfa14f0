"""A process that begins wakes what its first pages need, so that no first reader waits for it."""

from __future__ import annotations

import threading

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import resolve

from portaria.regulations.access.compute.warm import warm_up as warm_kernels


def warm_up() -> threading.Thread:
    """Load every address now; the kernels and the pages in threads, while the first are asked."""
    resolve("/")
    warm_kernels()
    thread = threading.Thread(target=_load_pages, name="portaria-pages", daemon=True)
    thread.start()
    return thread


def _load_pages() -> None:
    pages = engines["jinja2"]
    assert isinstance(pages, Jinja2)
    for name in pages.env.list_templates(["html", "txt"]):
        pages.get_template(name)
