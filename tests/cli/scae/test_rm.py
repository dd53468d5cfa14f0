"""`scae rm-inspect` and `scae rm-views`, as functions."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest
from postgres import has_postgres, postgres_url

from portaria.cli.scae.rm import rm_inspect, rm_views
from portaria.core.errors import InputError, UsageError

EXAMPLE = Path(str(files("portaria.regulations.scae.rm") / "rm-example.toml"))


def test_views_go_to_the_file_or_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "views.sql"
    rm_views(EXAMPLE, "oracle", out)
    assert str(out) in capsys.readouterr().out
    rm_views(EXAMPLE, "oracle")
    assert capsys.readouterr().out == out.read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="exists already"):
        rm_views(EXAMPLE, "oracle", out)
    rm_views(EXAMPLE, "oracle", out, replace=True)


def test_a_mapping_with_blanks_is_refused_with_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "rm.toml"
    text = EXAMPLE.read_text(encoding="utf-8")
    path.write_text(text.replace('"INVENTED_MATREF"', '""').replace('"SLOGPLETIVO"', '""'))
    with pytest.raises(InputError) as refused:
        rm_views(path, "mssql", tmp_path / "views.sql")
    assert len(refused.value.problems) == 2
    assert not (tmp_path / "views.sql").exists()


def test_a_dialect_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="mssql, oracle, postgres"):
        rm_views(EXAMPLE, "mysql", tmp_path / "views.sql")


def test_a_proposal_goes_to_the_file_and_does_not_take_the_place_of_one(
    tmp_path: Path, needs: Callable[[bool, str], None]
) -> None:
    needs(has_postgres(), "PostgreSQL")
    url = postgres_url("cli")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute('CREATE TABLE "SMATRICPL" ("RA" text)')
    out = tmp_path / "rm.toml"
    rm_inspect(url, out)
    assert 'mapping_version = "1"' in out.read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="exists already"):
        rm_inspect(url, out)
    with pytest.raises(UsageError, match="is no folder of tables"):
        rm_inspect("ftp://nowhere/x", tmp_path / "other.toml")
