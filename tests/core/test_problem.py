"""Problems: rows of faults, in the order in which a person mends a file."""

from portaria.core.messages import Message
from portaria.core.problem import Problem, errors, in_reading_order, set_of


def problem(file: str = "a.csv", value: str = "x", **where: object) -> Problem:
    message = Message("unknown-candidate", {"value": value})
    return Problem(file, message, value=value, **where)  # type: ignore[arg-type]


def test_the_code_of_a_problem_is_that_of_its_message():
    assert problem().code == "unknown-candidate"


def test_warnings_do_not_stop_the_work():
    wrong, doubtful = problem(row=2), problem(row=3, severity="warning")
    assert errors([doubtful, wrong]) == [wrong]
    assert errors([doubtful]) == []


def test_the_order_is_file_sheet_row_and_column():
    ordered = [
        problem("a.csv"),  # of the whole file
        problem("a.csv", row=2, column="b"),
        problem("a.csv", row=2, column="c"),
        problem("a.csv", row=10, column="a"),  # a number, not a text: after 2
        problem("b.xlsx", sheet="Folha1", row=9),
        problem("b.xlsx", sheet="Folha2", row=2),
    ]
    assert in_reading_order(reversed(ordered)) == ordered
    assert in_reading_order([*ordered[3:], *ordered[:3]]) == ordered


def test_each_fault_is_told_once():
    again = [problem(row=2), problem(row=2), problem(row=2, value="y"), problem(row=3)]
    assert set_of(again) == [again[0], again[2], again[3]]
    assert in_reading_order(again) == [again[0], again[2], again[3]]


def test_two_faults_of_one_cell_are_both_told():
    one = problem(row=2, column="a")
    other = Problem("a.csv", Message("too-many-options"), row=2, column="a", value="x")
    assert len(in_reading_order([one, other])) == 2


def test_what_was_given_is_kept_as_it_was():
    assert problem(value="=1+1").value == "=1+1"
    assert problem().row is None
    assert (problem().sheet, problem().column, problem().clause) == ("", "", "")
