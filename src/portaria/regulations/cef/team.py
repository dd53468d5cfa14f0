"""Articles 5 and 7: who sits and votes in a meeting, who chairs it, who writes its minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet

KINDS = ("grading", "individual", "planning", "interim", "extraordinary")
"""`individual`: any other meeting in which the assessment of single students is discussed."""
CLASS_DIRECTOR, COURSE_DIRECTOR, PAF_TEACHER = "class_director", "course_director", "paf_teacher"
TEACHERS = (CLASS_DIRECTOR, COURSE_DIRECTOR, "teacher", PAF_TEACHER)
SPECIAL, SERVICES, REPRESENTATIVE = "special_education", "services", "representative"
ROLES = (*TEACHERS, SPECIAL, SERVICES, REPRESENTATIVE)
VOTES, ATTENDS, OUT = "votes", "attends", "out"
CHAIR_RULES = {
    "grading": "chair-grading",
    "individual": "chair-grading",
    "planning": "chair-planning",
    "interim": "chair-interim",
    "extraordinary": "chair-extraordinary",
}

UNKNOWN_KIND = declare("cef-meeting-kind", "{kind} is no kind of meeting; known: {known}")
UNKNOWN_ROLE = declare("cef-member-role", "{name} is {role}; a member is one of: {known}")
MEMBER_TWICE = declare("cef-member-twice", "the member {name} stands twice; keep one")
TWO_OF_ONE = declare("cef-member-one-only", "a meeting has one {role}; given: {names}")
NOT_A_YEAR = declare("cef-course-year", "{year} is no year of the course; write 1 or 2")


@dataclass(frozen=True)
class Member:
    """`role`: one of ROLES; `years` of service. `teaches`: a subject of the class, of somebody who
    is not there as a teacher; `secretary`: named by the Director; `elsewhere`: class director or
    secretary of another class."""

    name: str
    role: str
    years: int = 0
    teaches: bool = False
    secretary: bool = False
    elsewhere: bool = False

    @property
    def is_teacher(self) -> bool:
        """Whether this is one of the teachers of the class."""
        return self.role in TEACHERS or self.teaches


@dataclass(frozen=True)
class Place:
    """`place`: votes, attends (without a vote) or out."""

    member: Member
    place: str
    clause: str


@dataclass(frozen=True)
class Chaired:
    """One who may chair, and who then may be secretary: more than one name where service is equal,
    none where nobody is free. `secretary_clause`: empty for the secretary that was named."""

    chair: str
    chair_clause: str
    secretaries: tuple[str, ...]
    secretary_clause: str


def composition(
    kind: str, members: Sequence[Member], year: int, rules: RuleSet
) -> tuple[Place, ...]:
    """The place of each, in the order given. kind: one of KINDS; year: of the course.

    UsageError for another kind, role or year, and for two of a director or a named secretary.
    """
    _check(kind, members, year)
    return tuple(_place(kind, member, year, rules) for member in members)


@rule("team-members", "grading-attendance", "individual-assessment", "representatives")
def _place(kind: str, member: Member, year: int, rules: RuleSet) -> Place:
    """5/1: teachers vote, those of the PAF in year 2, and special education outside assessment;
    services attend. 5/3, 7/10: where students are assessed only teachers, and at the end of term
    special education without a vote. 7/11: representatives never count."""
    part = 0
    if member.teaches or member.role in TEACHERS[:3]:
        place, because = VOTES, "team-members"
    elif member.role == PAF_TEACHER:
        place, because = VOTES if year == 2 else OUT, "team-members"
    elif kind == "individual":
        place, because = OUT, "individual-assessment"
    elif member.role == SPECIAL and kind == "grading":
        named = rules.takes("special_education", "attends")
        place = ATTENDS if named else OUT
        because = "grading-attendance" if named else "individual-assessment"
    elif kind == "grading":
        place, because = OUT, "grading-attendance"
    elif member.role == SPECIAL:
        place, because, part = VOTES, "team-members", 1
    elif member.role == REPRESENTATIVE:
        place, because = ATTENDS, "representatives"
    else:
        place, because, part = ATTENDS, "team-members", 2
    return Place(member, place, rules.edition.cites[because][part].name)


def officers(
    kind: str, members: Sequence[Member], year: int, rules: RuleSet
) -> tuple[Chaired, ...]:
    """Everybody who may chair, with the secretary there then is; members: those present.

    Either director in an extraordinary meeting, several where service is equal: people choose.
    UsageError as for `composition`, and for a name that stands twice.
    """
    for name, count in Counter(member.name for member in members).items():
        if count > 1:
            raise UsageError(Message(MEMBER_TWICE, {"name": name}))
    there = [p.member for p in composition(kind, members, year, rules) if p.place != OUT]
    chairs, because = _chairs(kind, there, rules)
    return tuple(_chaired(chair, there, rules.clause(because), rules) for chair in chairs)


@rule(
    "chair-grading", "chair-extraordinary", "chair-planning", "chair-interim", "chair-substitute"
)  # fmt: skip
def _chairs(kind: str, there: Sequence[Member], rules: RuleSet) -> tuple[list[Member], str]:
    """7/2-4: by the kind of meeting; 7/5: the other director, the secretary, longest service. The
    text names nobody for interim meetings, nor for planning without the course director."""
    order = [CLASS_DIRECTOR, COURSE_DIRECTOR]
    if kind == "planning" or (
        kind == "interim" and rules.takes("interim_chair", "course_director")
    ):
        order.reverse()
    directors = [member for role in order for member in there if member.role == role]
    if directors and kind == "extraordinary":
        return directors, CHAIR_RULES[kind]
    if directors:
        first = directors[0].role == order[0]
        return directors[:1], CHAIR_RULES[kind] if first else "chair-substitute"
    named = [member for member in there if member.secretary]
    return named or _by_service(there, max), "chair-substitute"


@rule("secretary-substitute")
def _chaired(chair: Member, there: Sequence[Member], clause: str, rules: RuleSet) -> Chaired:
    """7/6: the secretary that was named; 7/9: the class director, where the course director is
    that and chairs; 7/7: the shortest service of who has no such office already."""
    others = [member for member in there if member != chair]
    found = [member for member in others if member.secretary]
    because = "" if found else rules.clause("secretary-substitute")
    if not found and chair.role == COURSE_DIRECTOR and chair.secretary:
        found = [member for member in others if member.role == CLASS_DIRECTOR]
        because = rules.edition.cites["secretary-substitute"][1].name
    if not found:
        because = rules.clause("secretary-substitute")
        free = [m for m in others if m.role != CLASS_DIRECTOR and not m.elsewhere]
        found = _by_service(free, min)
    return Chaired(chair.name, clause, tuple(member.name for member in found), because)


def _by_service(members: Sequence[Member], best: Callable[[Iterator[int]], int]) -> list[Member]:
    """The teachers with the longest (max) or shortest (min) service, by name."""
    teachers = [member for member in members if member.is_teacher]
    if not teachers:
        return []
    years = best(member.years for member in teachers)
    return sorted((m for m in teachers if m.years == years), key=lambda member: member.name)


def _check(kind: str, members: Sequence[Member], year: int) -> None:
    if kind not in KINDS:
        raise UsageError(Message(UNKNOWN_KIND, {"kind": kind, "known": ", ".join(KINDS)}))
    if year not in (1, 2):
        raise UsageError(Message(NOT_A_YEAR, {"year": year}))
    for member in members:
        if member.role not in ROLES:
            params = {"name": member.name, "role": member.role, "known": ", ".join(ROLES)}
            raise UsageError(Message(UNKNOWN_ROLE, params))
    for role in (CLASS_DIRECTOR, COURSE_DIRECTOR, "secretary"):
        names = [m.name for m in members if role == m.role or (role == "secretary" and m.secretary)]
        if len(names) > 1:
            raise UsageError(Message(TWO_OF_ONE, {"role": role, "names": ", ".join(names)}))
