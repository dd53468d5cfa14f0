"""A backup holds everything, and comes back whole or not at all, on either database."""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from portaria.core.errors import InputError, UsageError
from portaria.web.access.kept_results import results_folder
from portaria.web.access.models import Contest, PlacementResult, Submission
from portaria.web.access.result_rows import rows_agree
from portaria.web.accounts.models import LogEntry, User
from portaria.web.backup import backup
from portaria.web.restore import restore
from web.making import silent

pytestmark = pytest.mark.django_db(transaction=True)


def emptied() -> None:
    """What a new installation has: the tables, and nothing in them."""
    call_command("flush", verbosity=0, interactive=False)
    for name in ("files", "results"):
        for path in (settings.DATA / name).rglob("*"):
            path.chmod(0o700)
        shutil.rmtree(settings.DATA / name, ignore_errors=True)


def contents(archive: Path) -> dict[str, list[object]]:
    """Each member's lines, whatever the order of keys that a database keeps."""
    with tarfile.open(archive) as tar:
        names = [name for name in tar.getnames() if name.startswith("records/")]
        return {name: [json.loads(line) for line in tar.extractfile(name)] for name in names}


def test_everything_comes_back(published: Contest, tmp_path: Path) -> None:
    user = User.objects.get(email="office@example.org")
    user.set_password("um segredo comprido")
    user.save()
    counts = backup(tmp_path / "a.tar.gz", silent)
    kept = (results_folder(published.run) / "placements.csv").read_bytes()
    emptied()
    assert not Contest.objects.exists()

    assert restore(tmp_path / "a.tar.gz", silent) == (counts.rows, counts.files - 1)

    again = Contest.objects.get()
    assert (again.key, again.stage, again.closes_at) == (
        published.key, published.stage, published.closes_at,
    )  # fmt: skip
    assert again.run is not None
    assert (results_folder(again.run) / "placements.csv").read_bytes() == kept
    assert rows_agree(again.run)
    assert User.objects.get(email="office@example.org").check_password("um segredo comprido")
    backup(tmp_path / "b.tar.gz", silent)
    assert contents(tmp_path / "a.tar.gz") == contents(tmp_path / "b.tar.gz")


def test_what_comes_after_a_restore_has_numbers_of_its_own(
    published: Contest, tmp_path: Path, user_with: Callable[..., User]
) -> None:
    backup(tmp_path / "a.tar.gz", silent)
    emptied()
    restore(tmp_path / "a.tar.gz", silent)
    before = set(User.objects.values_list("pk", flat=True))
    assert user_with("auditor").pk not in before
    LogEntry.objects.create(actor="x", code="log-logged-in")


def test_it_goes_into_an_empty_installation_alone(published: Contest, tmp_path: Path) -> None:
    backup(tmp_path / "a.tar.gz", silent)
    with pytest.raises(UsageError, match="There are records"):
        restore(tmp_path / "a.tar.gz", silent)
    assert PlacementResult.objects.filter(run=published.run).count() == 7


def test_a_file_that_stands_is_not_written_over(contest: Contest, tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_bytes(b"mine")
    with pytest.raises(UsageError, match="exists already"):
        backup(tmp_path / "a.tar.gz", silent)
    assert (tmp_path / "a.tar.gz").read_bytes() == b"mine"


def test_the_archive_is_its_owners_alone(contest: Contest, tmp_path: Path) -> None:
    backup(tmp_path / "a.tar.gz", silent)
    assert (tmp_path / "a.tar.gz").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("spoil", ["cut", "text", "changed", "left-out"])
def test_a_damaged_archive_changes_nothing(contest: Contest, tmp_path: Path, spoil: str) -> None:
    archive = tmp_path / "a.tar.gz"
    backup(archive, silent)
    emptied()
    if spoil == "cut":
        archive.write_bytes(archive.read_bytes()[:-2000])
    elif spoil == "text":
        archive.write_text("not an archive", encoding="utf-8")
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(tmp_path / "out", filter="data")
        victim = tmp_path / "out" / "records" / "access.exam.jsonl"
        victim.unlink() if spoil == "left-out" else victim.write_text("", encoding="utf-8")
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(tmp_path / "out", arcname=".")
    with pytest.raises((UsageError, InputError), match="is not a backup"):
        restore(archive, silent)
    assert not User.objects.exists()
    assert not Submission.objects.exists()
    assert not (settings.DATA / "results").exists()


def test_an_archive_that_names_a_path_outside_is_refused(db: None, tmp_path: Path) -> None:
    archive = tmp_path / "a.tar.gz"
    (tmp_path / "x").write_text("x", encoding="utf-8")
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(tmp_path / "x", arcname="../../escaped")
    with pytest.raises(InputError):
        restore(archive, silent)
    assert not (settings.DATA.parent / "escaped").exists()
