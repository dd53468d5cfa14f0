"""What the account of a form is: dataclasses of codes and exact numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from portaria.core.edition import Correction
from portaria.regulations.access.explain.account import Arithmetic, ExamSet
from portaria.regulations.access.plan.account import Missing

VALID, INVALID, NO_SECONDARY = "valid", "invalid", "no_secondary"
NO_BETTER = "no_better"
REPEATED, UNKNOWN = "repeated", "unknown"


@dataclass(frozen=True)
class QuotaSize:
    """The nominal seats of a quota or preference at a programme, and the clause that sizes it."""

    quota: str
    seats: int
    clause: str


@dataclass(frozen=True)
class Stands:
    """A programme and where the form has it; order None: nowhere."""

    programme: str
    order: int | None


@dataclass(frozen=True)
class QuotaAsked:
    """A quota or preference the candidate asks for at an option, the general one apart.

    heard, or why_not: not_in_area; form_order (because: the first option that breaks the sequence
    that the preference asks for); congener_missing (because: the congeners that should stand
    before, and where they stand). rule and clause: what hears her, or what does not.
    after_first_ground: heard after those of art. 11/1.
    """

    quota: str
    heard: bool
    rule: str
    clause: str
    seats: int
    after_first_ground: bool
    why_not: str
    because: tuple[Stands, ...]


@dataclass(frozen=True)
class FormOption:
    """One option as it is written.

    state: valid, invalid (counts as not written: reason, rule and clause say why), no_secondary
    (nothing else is missing, and there is no secondary grade to go by), no_better (of a later
    phase: the seat she keeps ends her list), repeated (`first`: the order of the option before it
    with the same programme or order), unknown (no such programme). The last two take no part in
    anything, and everything but the names is empty.

    keeps_place: it counts as not written, and stands in the order of the form all the same
    (reading form_order). seats: put up, None where unknown; in a later phase without those that
    holders free. sizes: the quotas with seats, the general one last. grade: 0-200 in tenths, even
    of an invalid option that has one. missing: None where nothing is. at_enrolment: the clause by
    which the prerequisite is merely documentary and shown at enrolment; empty otherwise. quotas:
    none where the option is not valid.
    """

    order: int
    programme: str
    state: str
    first: int | None = None
    course: str = ""
    institution: str = ""
    reason: str | None = None
    rule: str = ""
    clause: str = ""
    keeps_place: bool = False
    seats: int | None = None
    sizes: tuple[QuotaSize, ...] = ()
    min_exam: Decimal | None = None
    min_grade: Decimal | None = None
    prerequisite: str | None = None
    prerequisite_kind: str | None = None
    at_enrolment: str = ""
    sets: tuple[ExamSet, ...] = ()
    exam_set: int | None = None
    arithmetic: Arithmetic | None = None
    grade: Decimal | None = None
    exam_part: Decimal | None = None
    missing: Missing | None = None
    quotas: tuple[QuotaAsked, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A quota or preference of the whole form.

    quota: disability, emigrant, military, azores, madeira (quota and preference are one claim),
    regional, vocational (which needs no claim). claimed: false for a preference that she does not
    claim and could, with asked_at and heard_at as they would be. ground: art11.1 or art11.2 for an
    island. asked_at, heard_at: orders of the valid options that ask for it, and of those where it
    hears her.
    """

    quota: str
    claimed: bool
    ground: str | None
    asked_at: tuple[int, ...]
    heard_at: tuple[int, ...]
    rule: str
    clause: str


@dataclass(frozen=True)
class FormAccount:
    """A candidate's form, option by option and as a whole.

    excluded: the clause by which she takes no part, None otherwise. most: options that the text
    allows, None for any number. unknown and repeated: orders of options to mend; gaps: orders
    before the last that nothing stands at. held: the programme of the seat she keeps in a later
    phase unless she is placed again. clauses: by rule id, of everything the options tell.
    corrections: of the text, that the arithmetic rests on.
    """

    candidate: str
    edition: str
    edition_title: str
    language: str
    phase: int
    readings: Mapping[str, str]
    excluded: str | None
    options: tuple[FormOption, ...]
    written: int
    most: int | None
    too_many: bool
    unknown: tuple[int, ...]
    repeated: tuple[int, ...]
    gaps: tuple[int, ...]
    claims: tuple[Claim, ...]
    held: str | None
    clauses: Mapping[str, str]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class ProgrammeGrade:
    """What a candidate would have at a programme, written or not; fields as in `FormOption`.

    missing: where it was asked for.
    """

    programme: str
    state: str
    reason: str | None
    clause: str
    grade: Decimal | None
    exam_set: int | None
    missing: Missing | None = None
