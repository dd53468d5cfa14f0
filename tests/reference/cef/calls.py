"""Cases about one question, not a whole class: `module.function` and what is given to it."""

import inspect
import re
from datetime import date
from fractions import Fraction
from importlib import import_module
from typing import Any

from .course import read_course, seen
from .deadlines import calendar_of
from .readings import choose
from .situations import ON, tables_of

Row = dict[str, Any]

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+|/[0-9]+)?")


def plain(value: Any) -> Any:
    """As a case writes it: "" for nothing, exact numbers as text, lists for tuples."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, list | tuple) else value


def exact(value: Any) -> Any:
    """A number written as a text is an exact one; "" is nothing."""
    if value == "":
        return None
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return Fraction(value)
    if isinstance(value, dict):
        return {key: exact(entry) for key, entry in value.items()}
    return [exact(entry) for entry in value] if isinstance(value, list) else value


def call(case: Row) -> Any:
    """The answer; `readings`, `calendar`, `course` and `on` are made for who asks for them."""
    module, name = case["call"].split(".")
    function = getattr(import_module(f".{module}", __package__), name)
    given = exact(case.get("given", {}))
    readings = choose(case.get("policy", {}))
    wanted = inspect.signature(function).parameters
    days: tuple[date, ...] = ()
    on = given.get("on", case.get("on", ON))
    if "calendar" in wanted:
        closed = [given.pop(key, days) for key in ("municipal", "closures")]
        given["calendar"] = calendar_of(*closed, readings["municipal_day"])
    if "readings" in wanted:
        given["readings"] = readings
    if "course" in wanted:
        given["course"] = seen(read_course(tables_of(case)), on)
    if "on" in wanted:
        given["on"] = on
    return plain(function(**given))
