"""A procedure of generated people to try the commands on: nobody in it exists."""

from __future__ import annotations

from pathlib import Path
from random import Random

import polars as pl

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.recruitment.generated import DAYS, HEARING, PUBLISHED, tables
from portaria.regulations.recruitment.schemas import TABLES
from portaria.regulations.recruitment.settings import SETTINGS
from portaria.tables.canonical import write_csv
from portaria.tables.schema import columns_of

OUT_OF_RANGE = declare(
    "recruitment-generate-range", "{name} is {value}: give a number from {least} to {most}"
)
GENERATED = "# Written by portaria recruitment generate: invented people, an invented process.\n"
MOST = 10_000
PAPERS = """\
[institution]
name = "Instituto Inventado de Exemplo"
place = "Vila Inventada"
office = "Presidente do júri"

[post]
title = "Assistente técnico, em mobilidade na categoria"
apply_to = "Rua do Exemplo, 1, Vila Inventada"
answers_to = "recrutamento@exemplo.invalid"
requirements = [
    "Vínculo de emprego público por tempo indeterminado, em efetividade de funções",
    "Integração na carreira de assistente técnico",
    "Experiência nas áreas do posto de trabalho",
]
documents = [
    "Curriculum vitae atualizado, datado e assinado",
    "Cópia do documento de identificação",
]
"""


def is_generated(folder: Path) -> bool:
    """Whether a folder is one that this generator wrote."""
    try:
        return (folder / SETTINGS).read_text(encoding="utf-8").startswith(GENERATED)
    except (OSError, UnicodeDecodeError):
        return False


def generate(folder: Path, candidates: int = 18, seed: int = 0) -> dict[str, int]:
    """Fill a folder, there already and empty, with the tables, notice.toml and papers.toml.

    The same arguments give the same bytes. Returns the rows of each table. UsageError where a
    number is out of range."""
    for name, value, least, most in (
        ("--candidates", candidates, 1, MOST), ("--seed", seed, 0, 2**63 - 1),
    ):  # fmt: skip
        if not least <= value <= most:
            params = {"name": name, "value": value, "least": least, "most": most}
            raise UsageError(Message(OUT_OF_RANGE, params))
    made = tables(candidates, Random(f"recruitment {seed}"))
    for name, rows in made.items():
        columns = dict.fromkeys(columns_of(TABLES[name].schema), pl.String)
        write_csv(pl.DataFrame(rows, columns, orient="row"), folder / f"{name}.csv")
    (folder / SETTINGS).write_text(_notice(candidates, seed), encoding="utf-8")
    (folder / "papers.toml").write_text(PAPERS, encoding="utf-8")
    return {name: len(rows) for name, rows in made.items()}


def _notice(candidates: int, seed: int) -> str:
    posts = max(1, candidates // 9)
    return (
        f'{GENERATED}process = "{seed:03}/2017"\npublished = {PUBLISHED}\nposts = {posts}\n'
        f"application_days = {DAYS}\nhearing_days = {HEARING}\nscale = 20\n"
        "municipal_holidays = [2017-06-13]\nclosures = []\n"
    )
