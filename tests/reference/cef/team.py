"""Articles 5 and 7: who sits and votes, who chairs, who writes.

A member is a row: `name`, `role` (class_director, course_director, teacher, paf_teacher,
special_education, services, representative), `teaches` (a subject of the class, for the special
education representative), `secretary` (named by the Director), `years` of service, `elsewhere`
(class director or secretary of another class). Only who is present is in the list.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Member = Mapping[str, Any]
Readings = Mapping[str, str]

KINDS = ("grading", "individual", "planning", "interim", "extraordinary")
"""`individual`: any other meeting in which the assessment of single students is discussed."""

TEACHERS = ("class_director", "course_director", "teacher")


def place(kind: str, member: Member, year: int, readings: Readings) -> str:
    """`votes`, `attends` or `out` (5/1, 5/3, 7/10-11)."""
    role = member["role"]
    if role in TEACHERS or (role == "paf_teacher" and year == 2) or member.get("teaches"):
        return "votes"
    if role == "paf_teacher":
        return "out"
    assessment = kind in ("grading", "individual")
    if role == "special_education":
        if not assessment:
            return "votes"
        named = kind == "grading" and readings["special_education"] == "attends"
        return "attends" if named else "out"
    return "out" if assessment else "attends"


def composition(
    kind: str, members: Sequence[Member], year: int, readings: Readings
) -> dict[str, int]:
    """How many vote, attend and stay out."""
    places = [place(kind, member, year, readings) for member in members]
    return {name: places.count(name) for name in ("votes", "attends", "out")}


def chairs(kind: str, members: Sequence[Member], readings: Readings) -> list[str]:
    """7/2-5: the one who chairs; more than one name where service is equal. An extraordinary
    meeting may be chaired by either director (7/3): both names."""
    order = ["class_director", "course_director"]
    interim = kind == "interim" and readings["interim_chair"] == "course_director"
    if kind == "planning" or interim:
        order.reverse()
    directors = [m["name"] for role in order for m in members if m["role"] == role]
    if directors:
        return directors if kind == "extraordinary" else directors[:1]
    named = [member["name"] for member in members if member.get("secretary")]
    return named or _by_service(_teachers(members), longest=True)


def secretaries(members: Sequence[Member], chair: str) -> list[str]:
    """7/6-9: the named one; else the class director where the course director is both; else the
    shortest service of who is no class director, nor secretary elsewhere."""
    named = [m["name"] for m in members if m.get("secretary") and m["name"] != chair]
    if named:
        return named
    chairing = next(member for member in members if member["name"] == chair)
    if chairing["role"] == "course_director" and chairing.get("secretary"):
        director = [m["name"] for m in members if m["role"] == "class_director"]
        if director:
            return director
    free = [
        member
        for member in _teachers(members)
        if member["name"] != chair
        and member["role"] != "class_director"
        and not member.get("elsewhere")
    ]
    return _by_service(free, longest=False)


def _teachers(members: Sequence[Member]) -> list[Member]:
    return [m for m in members if m["role"] in (*TEACHERS, "paf_teacher")]


def _by_service(members: Sequence[Member], longest: bool) -> list[str]:
    years = [member["years"] for member in members]
    best = (max if longest else min)(years, default=0)
    return sorted(member["name"] for member in members if member["years"] == best)


def officers(kind: str, members: Sequence[Member], readings: Readings) -> dict[str, list[str]]:
    """The chair, and the secretary where the chair is one person."""
    chair = chairs(kind, members, readings)
    return {
        "chair": chair,
        "secretary": secretaries(members, chair[0]) if len(chair) == 1 else [],
    }
