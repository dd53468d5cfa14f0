"""What stands before the application in each process: bodies are received before work begins.

A request takes one of the few threads that work only once it is here whole, so that people who
send slowly, or stop in the middle, keep nobody else from being answered.
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

WORKING = 4
"""Requests that a process works at: most of their time is Python, one at a time."""
RECEIVING = 128
"""Requests that a process receives at once; each waits in a thread that does nothing else."""
MEGABYTE = 1_000_000
MOST, MOST_TABLES = 100 * MEGABYTE, 1_000 * MEGABYTE
"""Bytes of a request: what people send, and what somebody who is logged in sends as tables."""
TABLES_AT = "/gabinete/"
LONGEST = 15 * 60
"""Seconds that a body may take to arrive while it still comes."""
BLOCK = 65_536
IN_MEMORY = MEGABYTE

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

PAGES = Path(__file__).parent / "jinja2" / "errors"
FIXED: Headers = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
]

log = logging.getLogger("portaria")


class Front:
    """A WSGI application around another; its threads of work are as many as `WORKING`."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(WORKING, thread_name_prefix="work")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = _length(environ)
        if length > _most(environ):
            return _fixed(start_response, "413 Content Too Large", "413")
        try:
            with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
                if length and not _receive(environ["wsgi.input"], body, length):
                    return _fixed(start_response, "408 Request Timeout", "500")
                body.seek(0)
                environ["wsgi.input"] = body
                environ.pop("wsgi.file_wrapper", None)
                status, headers, answer = self.pool.submit(self._work, environ).result()
        except OSError:
            # The disk is full, or the browser went away.
            log.exception("a request could not be received")
            return _fixed(start_response, "503 Service Unavailable", "500")
        start_response(status, headers)
        return answer

    def _work(self, environ: Environ) -> tuple[str, Headers, Iterable[bytes]]:
        """What the application answers; whole, but for files and streams."""
        told: list[tuple[str, Headers]] = []

        def tell(status: str, headers: Headers, *_more: Any) -> None:
            told.append((status, headers))

        answer = self.application(environ, tell)
        if getattr(answer, "streaming", True):
            return (*told[-1], self._streamed(answer))
        whole = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]
        return (*told[-1], [whole])

    def _streamed(self, answer: Iterable[bytes]) -> Iterator[bytes]:
        """A long answer: each block is made by a thread of work, and waits for its reader here."""
        blocks = iter(answer)
        try:
            while (block := self.pool.submit(next, blocks, None).result()) is not None:
                yield block
        finally:
            if close := getattr(answer, "close", None):
                self.pool.submit(close).result()


def _length(environ: Environ) -> int:
    text = environ.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def _most(environ: Environ) -> int:
    inside = "sessionid=" in environ.get("HTTP_COOKIE", "")
    tables = inside and environ.get("PATH_INFO", "").startswith(TABLES_AT)
    return MOST_TABLES if tables else MOST


def _receive(source: IO[bytes], target: IO[bytes], length: int) -> bool:
    """Take a body in; False where it comes too slowly. One cut short is as short as it came.

    The server's `read` waits for a whole block and cannot be interrupted: a body that stops coming
    keeps its thread until its sender goes away. A proxy that buffers bodies ends it before
    (docs/web/running.md).
    """
    until = time.monotonic() + LONGEST
    left = length
    while left > 0 and (block := source.read(min(BLOCK, left))):
        target.write(block)
        left -= len(block)
        if time.monotonic() > until:
            return False
    return True


def _fixed(start_response: Callable[..., Any], status: str, page: str) -> list[bytes]:
    """A page of a file: nothing of the application is asked."""
    content = (PAGES / f"{page}.html").read_bytes()
    start_response(status, [*FIXED, ("Content-Length", str(len(content)))])
    return [content]
