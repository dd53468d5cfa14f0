"""Random contests of generated people, valid by the contract, and writing one as a folder."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from types import MappingProxyType

from .contest import Row, Tables

# The contract's input tables; only used to write an empty one and to name them all.
_COLUMNS = {
    "programmes": (
        "programme institution institution_name course_name subsystem island_university "
        "seats w_secondary w_prerequisite min_exam min_grade prerequisite prerequisite_kind "
        "sport regional_share vocational_share"
    ),
    "exam_sets": "programme set exam weight",
    "regional_areas": "programme area",
    "vocational_courses": "programme secondary_course",
    "congeners": "programme congener",
    "candidates": (
        "candidate name civil_id secondary secondary_with_pe two_cycle_a two_cycle_b "
        "has_final_grade area area_year11 area_recognised secondary_course claims_regional "
        "azores madeira emigrant military disability excluded"
    ),
    "exams": "candidate exam programme grade",
    "prerequisites": "candidate group passed grade",
    "options": "candidate order programme",
}
COLUMNS = {name: columns.split() for name, columns in _COLUMNS.items()}
OPTIONAL = {"candidates": ["area_year11", "area_recognised", "excluded"], "exams": ["programme"]}
EXAMS = ["02", "07", "16", "18", "19", "20"]
AREAS = ["braga", "faro", "leiria"]
COURSES = ["design", "informatics", "tourism"]
GROUPS = ["A", "B", "C"]
MANY_DECIMALS = ["133.3333333333", "133.3333333334", "133.3", "146.66666666666667"]


class _Generator:
    """Holds the random source and the two switches; every method returns rows."""

    def __init__(self, rng: Random, *, quotas: bool, ties: str) -> None:
        if ties not in ("many", "few"):
            raise ValueError(f"ties must be many or few, not {ties!r}")
        self.rng, self.quotas, self.few = rng, quotas, ties == "few"

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def flag(self, probability: float) -> bool:
        """A flag that only a contest with quotas can have."""
        return self.quotas and self.chance(probability)

    def cents(self, low: int, high: int) -> Decimal:
        """A decimal with two places; `low` and `high` in hundredths."""
        return Decimal(self.rng.randint(low, high)) / 100

    def programme(self, number: int, mean_seats: float) -> Row:
        rng = self.rng
        polytechnic = self.chance(0.6)
        island = rng.choice(["azores", "madeira"]) if self.flag(0.3) else None
        group = rng.choice(GROUPS) if self.chance(0.35) else None
        kind = rng.choice(["selection", "ranking", "both", "documentary"]) if group else None
        scored = kind in ("ranking", "both")
        return {
            "programme": f"{1000 + number // 3}/{9000 + number}",
            "institution": str(1000 + number // 3),
            "institution_name": f"Institution {number // 3}",
            "course_name": f"Course {number}",
            "subsystem": "polytechnic" if polytechnic else "university",
            "island_university": island,
            "seats": rng.randint(1, max(1, round(rng.choice([0.4, 1.2]) * mean_seats))),
            "w_secondary": Decimal(50) if self.chance(0.6) else self.cents(3500, 6500),
            "w_prerequisite": self.cents(1000, 2500) if scored else Decimal(0),
            "min_exam": Decimal(rng.choice([0, 95, 95, 100])),
            "min_grade": Decimal(rng.choice(["0", "95", "100", "110.5"])),
            "prerequisite": group,
            "prerequisite_kind": kind,
            "sport": self.chance(0.2),
            "regional_share": self.share(50) if polytechnic else Decimal(0),
            "vocational_share": self.share(30) if polytechnic else Decimal(0),
        }

    def share(self, most: int) -> Decimal:
        if not self.flag(0.7):
            return Decimal(0)
        return Decimal(most) if self.chance(0.5) else self.cents(500, most * 100)

    def exam_sets(self, programme: Row) -> list[Row]:
        """One to three sets; with a prerequisite that counts no set has three exams (33/2)."""
        shares = [programme["w_secondary"], programme["w_prerequisite"]]
        rest = 100 - sum((Decimal(str(weight)) for weight in shares), Decimal(0))
        rows: list[Row] = []
        for number in range(1, self.rng.choice([1, 1, 2, 3]) + 1):
            size = self.rng.randint(1, 2 if programme["w_prerequisite"] else 3)
            exams = self.rng.sample(EXAMS, size)
            weights = [self.cents(500, int(rest * 100) // size) for _ in exams[1:]]
            if self.chance(0.5):
                weights = [(rest / size).quantize(Decimal("0.01"))] * (size - 1)
            for exam, weight in zip(exams, [rest - sum(weights), *weights], strict=True):
                key = {"programme": programme["programme"], "set": number}
                rows.append({**key, "exam": exam, "weight": weight})
        return rows

    def listed(self, programmes: list[Row], column: str, name: str, values: list[str]) -> list[Row]:
        """Areas of influence or secondary courses of the programmes with that share."""
        return [
            {"programme": row["programme"], name: value}
            for row in programmes
            if row[column]
            for value in self.rng.sample(values, self.rng.randint(1, 2))
        ]

    def congeners(self, programmes: list[Row]) -> list[Row]:
        """For some programmes, one or two of an island's university (not their own)."""
        rows: list[Row] = []
        for island in ("azores", "madeira"):
            there = [r["programme"] for r in programmes if r["island_university"] == island]
            for row in programmes:
                if there and row["island_university"] != island and self.chance(0.5):
                    codes = self.rng.sample(there, min(len(there), self.rng.randint(1, 2)))
                    rows += [{"programme": row["programme"], "congener": c} for c in codes]
        return rows

    def secondary(self) -> Decimal:
        if self.chance(0.1):
            return Decimal(self.rng.choice(MANY_DECIMALS))
        if not self.few:
            return Decimal(self.rng.choice([120, 130]))
        return Decimal(self.rng.randint(1000, 2000)) / 10

    def candidate(self, number: int) -> Row:
        rng = self.rng
        two_cycles = self.chance(0.12)
        years = ["12", "13"] if not self.few else ["12.5", "13.25", "14", "17.3333", "18"]
        paragraph = ["art11.1", "art11.2"]
        return {
            "candidate": f"c{number:05d}",
            "name": f"Candidate {number}",
            "civil_id": f"{10_000_000 + number}",
            "secondary": self.secondary(),
            "secondary_with_pe": self.secondary() if self.chance(0.4) else None,
            "two_cycle_a": Decimal(rng.choice(years)) if two_cycles else None,
            "two_cycle_b": Decimal(rng.choice(years)) if two_cycles else None,
            "has_final_grade": not self.flag(0.2),
            "area": rng.choice(AREAS) if self.chance(0.9) else None,
            "area_year11": rng.choice(AREAS) if self.chance(0.25) else None,
            "area_recognised": rng.choice(AREAS) if self.chance(0.15) else None,
            "secondary_course": rng.choice(COURSES) if self.chance(0.5) else None,
            "claims_regional": self.flag(0.6),
            "azores": rng.choice(paragraph) if self.flag(0.25) else None,
            "madeira": rng.choice(paragraph) if self.flag(0.2) else None,
            "emigrant": self.flag(0.2),
            "military": self.flag(0.15),
            "disability": self.flag(0.12),
            "excluded": rng.choice(["56/1/a", "56/1/d"]) if self.chance(0.04) else None,
        }

    def exam_grade(self) -> int:
        if not self.few:
            return self.rng.choice([90, 100, 100, 100, 120, 120, 120, 120, 121])
        return round(self.rng.triangular(60, 200, 140))

    def exams(self, candidate: str, options: list[str]) -> list[Row]:
        """National grades, and a few foreign ones that replace or stand in for them."""
        rows: list[Row] = [
            {"candidate": candidate, "exam": e, "programme": None, "grade": self.exam_grade()}
            for e in EXAMS
            if self.chance(0.94)
        ]
        for programme in options:
            if self.chance(0.06):
                for exam in self.rng.sample(EXAMS, 2):
                    key = {"candidate": candidate, "exam": exam, "programme": programme}
                    rows.append({**key, "grade": self.exam_grade()})
        return rows

    def prerequisites(self, candidate: str) -> list[Row]:
        """Taken or not, passed or not, with a grade or without."""
        grades: list[str] = ["100", "150"] if not self.few else ["97.5", "120", "133.33", "181"]
        return [
            {
                "candidate": candidate,
                "group": group,
                "passed": self.chance(0.9),
                "grade": Decimal(self.rng.choice(grades)) if self.chance(0.9) else None,
            }
            for group in GROUPS
            if self.chance(0.94)
        ]

    def options(self, candidate: Row, programmes: list[Row]) -> list[str]:
        """At most six; often the island's or the regional ones first, as the rules reward."""
        most = min(6, len(programmes))
        number = 0 if self.chance(0.04) else self.rng.randint(1, most)
        form = self.rng.sample(programmes, number)
        if self.chance(0.5):
            own = [island for island in ("azores", "madeira") if candidate[island]]
            if own:
                form.sort(key=lambda row: row["island_university"] != own[0])
            elif candidate["claims_regional"]:
                form.sort(key=lambda row: not row["regional_share"])
        return [str(row["programme"]) for row in form]


def random_contest(
    rng: Random, candidates: int, programmes: int, *, quotas: bool, ties: str = "many"
) -> dict[str, list[Row]]:
    """A phase 1 contest of generated people, valid by the contract.

    Both kinds have several exam sets, minima, two-decimal weights, every kind of prerequisite,
    foreign exams, sport, two cycles, long decimals, invalid options, exclusions and empty forms;
    with `quotas` every quota, preference, congener and missing final grade too. `ties`: many or
    few candidates with equal keys.
    """
    make = _Generator(rng, quotas=quotas, ties=ties)
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    offered = [make.programme(n, candidates / programmes) for n in range(programmes)]
    tables["programmes"] = offered
    for row in offered:
        tables["exam_sets"] += make.exam_sets(row)
    tables["regional_areas"] = make.listed(offered, "regional_share", "area", AREAS)
    tables["vocational_courses"] = make.listed(
        offered, "vocational_share", "secondary_course", COURSES
    )
    tables["congeners"] = make.congeners(offered)
    for number in range(candidates):
        candidate = make.candidate(number)
        code = str(candidate["candidate"])
        form = make.options(candidate, offered)
        tables["candidates"].append(candidate)
        tables["exams"] += make.exams(code, form)
        tables["prerequisites"] += make.prerequisites(code)
        for order, programme in enumerate(form, start=1):
            tables["options"].append({"candidate": code, "order": order, "programme": programme})
    _drop_optional_columns(rng, tables)
    return tables


def _drop_optional_columns(rng: Random, tables: dict[str, list[Row]]) -> None:
    """Sometimes a column that may be missing is: only where that leaves the keys whole."""
    for name, columns in OPTIONAL.items():
        for column in columns:
            if rng.random() < 0.1:
                if name == "exams":
                    tables[name] = [row for row in tables[name] if row[column] is None]
                for row in tables[name]:
                    del row[column]


def write_contest(
    tables: Tables,
    folder: Path,
    edition: str = "pt-national-2017",
    phase: int = 1,
    policy: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write contest.toml and one CSV a table (UTF-8, comma, LF; header only where empty).

    The folder is made when missing; files of the same name are overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f'edition = "{edition}"', f"phase = {phase}"]
    if policy:
        lines += ["", "[policy]", *(f'{name} = "{value}"' for name, value in policy.items())]
    (folder / "contest.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, columns in COLUMNS.items():
        rows = tables.get(name, [])
        header = list(rows[0]) if rows else columns
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([_cell(row.get(column)) for column in header] for row in rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"  # never an exponent
    return str(value)
