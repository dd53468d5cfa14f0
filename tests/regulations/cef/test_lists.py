"""What certificates and notices list, against the reference."""

from __future__ import annotations

import pytest
from reference.cef.certification import certified_units as plain_units
from reference.cef.course import read_course as plain_course
from reference.cef.folder import write
from reference.cef.practice import is_admitted
from reference.cef.random_courses import random_course
from reference.cef.situations import ON

from portaria.regulations.cef.certification import certified_units
from portaria.regulations.cef.evaluate import evaluate
from portaria.regulations.cef.grades import unit_levels
from portaria.regulations.cef.practice import paf_list
from portaria.regulations.cef.read import read_course


@pytest.mark.rules("certificate-units", "paf-list")
@pytest.mark.parametrize("seed", range(20))
def test_units_of_a_certificate_and_admitted_students(seed, tmp_path):
    tables = random_course(seed)
    write(tables, tmp_path)
    course, _ = read_course(tmp_path)
    plain = plain_course(tables)
    students = [student.student for student in plain.students]
    listed = certified_units(unit_levels(course)).rows()
    expected = [("", s, unit, level) for s in students for unit, level in plain_units(plain, s)]
    assert listed == expected
    admitted = paf_list(course, evaluate(course, ON).practice)["student"].to_list()
    assert sorted(admitted) == [s for s in students if is_admitted(plain, s)]
