"""Fixtures of several folders, and the rule that nothing is skipped in silence on the CI."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli import Answer, SmallContest, write_small_contest

WANT_OF_A_PART = re.compile("needs |could not import ")
"""How a skip begins that leaves a test out because this machine lacks something."""


@pytest.fixture
def needs() -> Callable[[bool, str], None]:
    """`needs(present, part)` skips the test where a part of the machine is missing."""

    def skip_without(present: bool, part: str) -> None:
        if not present:
            pytest.skip(f"needs {part}")

    return skip_without


@pytest.fixture
def small(tmp_path: Path) -> SmallContest:
    """The small contest, in a folder of its own beside which results can be written."""
    return write_small_contest(tmp_path / "contest")


@pytest.fixture
def portaria(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Answer]]:
    """Run a command in this process, in English, with what it printed."""
    from portaria.cli.app import run

    monkeypatch.setenv("PORTARIA_LANG", "en")
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def run_here(*arguments: object) -> Answer:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Answer(code, captured.out, captured.err)

    yield run_here
    for number, handler in before.items():
        signal.signal(number, handler)


def _left_out(config: pytest.Config) -> list[str]:
    """The reasons of the tests that were skipped for want of a part."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    reasons = (str(report.longrepr[-1]).removeprefix("Skipped: ") for report in reports)
    return sorted({reason for reason in reasons if WANT_OF_A_PART.match(reason)})


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On the CI every part must be there: a skip for want of one fails the run."""
    if os.environ.get("CI") and session.exitstatus == 0 and _left_out(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say which part was missing."""
    if os.environ.get("CI"):
        for reason in _left_out(config):
            terminalreporter.write_line(f"FAILED on the CI: a test was skipped, it {reason}")
