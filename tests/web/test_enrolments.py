"""Enrolments: on the screen, by file, all or none, and what closes them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portaria.core.errors import InputError, UsageError
from portaria.web.access import enrolment_file, enrolments, holders, placed_files, placed_lists
from portaria.web.access.enrolment_checks import Reported
from portaria.web.access.models import Contest, Enrolment, Stage
from portaria.web.accounts.models import LogEntry, User

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
HERE, THERE = "9001", "9002"


@pytest.fixture
def officer(user_with: Callable[..., User]) -> User:
    return user_with("institution", HERE)


def mark(browser: Client, contest: Contest, **fields: object) -> str:
    address = reverse("institution-mark", args=[HERE, contest.key])
    return browser.post(address, fields, follow=True).content.decode()


def students(contest: Contest) -> list[str]:
    return sorted(holders.students(contest, HERE))


def test_a_mark_is_kept_with_its_day_and_logged(published: Contest, signed_in: Browser) -> None:
    who = students(published)[0]
    fields = {"candidate": who, f"state:{who}": "enrolled", f"on:{who}": timezone.localdate()}
    mark(signed_in("institution", HERE), published, **fields)
    row = Enrolment.objects.get(contest=published, candidate=who)
    assert (row.enrolled, row.cancelled, row.enrolled_on) == (True, False, timezone.localdate())
    entry = LogEntry.objects.get(code="log-enrolments-reported")
    assert entry.candidate == who
    assert entry.before == {who: None}
    assert entry.after == {who: {"enrolled": True, "enrolled_on": str(timezone.localdate())}}


def test_a_corrected_report_replaces_and_the_log_keeps_both(
    published: Contest, signed_in: Browser
) -> None:
    who, browser = students(published)[0], signed_in("institution", HERE)
    mark(browser, published, **{"candidate": who, f"state:{who}": "enrolled"})
    mark(browser, published, **{"candidate": who, f"state:{who}": "not-enrolled"})
    mark(browser, published, **{"candidate": who, f"state:{who}": "not-enrolled"})
    assert not Enrolment.objects.get(candidate=who).enrolled
    entries = LogEntry.objects.filter(code="log-enrolments-reported").order_by("pk")
    assert [entry.before[who] for entry in entries] == [None, {"enrolled": True}]


def test_every_wrong_mark_is_told_and_none_is_kept(published: Contest, signed_in: Browser) -> None:
    one, other = students(published)[:2]
    tomorrow = timezone.localdate() + timedelta(days=1)
    fields = {"candidate": [one, other], f"state:{one}": "enrolled", f"on:{one}": "30 de fevereiro",
              f"state:{other}": "enrolled", f"on:{other}": tomorrow}  # fmt: skip
    page = mark(signed_in("institution", HERE), published, **fields)
    assert page.count("alert-error") == 2
    assert not Enrolment.objects.exists()


def test_a_mark_by_htmx_answers_with_a_fragment(published: Contest, signed_in: Browser) -> None:
    who, browser = students(published)[0], signed_in("institution", HERE)
    address = reverse("institution-mark", args=[HERE, published.key])
    fields = {"candidate": who, f"state:{who}": "cancelled"}
    answer = browser.post(address, fields, headers={"HX-Request": "true"}).content.decode()
    assert "marked-kept" in answer
    assert "<html" not in answer
    assert Enrolment.objects.get(candidate=who).cancelled
    later = {f"on:{who}": timezone.localdate() + timedelta(days=2), **fields}
    answer = browser.post(address, later, headers={"HX-Request": "true"}).content.decode()
    assert "marked-wrong" in answer


def test_candidates_of_another_institution_are_refused_by_row(
    published: Contest, officer: User
) -> None:
    here, there = students(published), sorted(holders.students(published, THERE))
    assert there, "the example places somebody there"
    rows = [
        Reported(here[0], True, row=2),
        Reported(there[0], True, row=3),
        Reported("X", True, row=4),
    ]
    with pytest.raises(InputError) as refused:
        enrolments.report(published, HERE, rows, officer)
    told = [(p.row, p.column, p.code) for p in refused.value.problems]
    assert told == [
        (3, "candidate", "enrolment-not-placed-here"),
        (4, "candidate", "enrolment-not-placed-here"),
    ]
    assert not Enrolment.objects.exists()


def test_every_problem_of_a_report_is_told(published: Contest, officer: User) -> None:
    who = students(published)[0]
    tomorrow = timezone.localdate() + timedelta(days=1)
    rows = [
        Reported(who, True, tomorrow, row=2),
        Reported(who, False, date(2017, 9, 1), cancelled=True, row=3),
    ]
    with pytest.raises(InputError) as refused:
        enrolments.report(published, HERE, rows, officer)
    assert [(p.row, p.code) for p in refused.value.problems] == [
        (2, "enrolment-in-future"),
        (3, "enrolment-twice"),
        (3, "enrolment-of-not-enrolled"),
        (3, "enrolment-of-not-enrolled"),
    ]


def test_nothing_is_reported_of_a_result_that_is_not_published(
    closed_contest: Contest, officer: User
) -> None:
    with pytest.raises(UsageError, match="published"):
        enrolments.report(closed_contest, HERE, [Reported("C1", True)], officer)


def test_a_late_report_is_taken_and_told_as_late(published: Contest, officer: User) -> None:
    published.enrolment_until = timezone.now() - timedelta(days=1)
    published.save()
    enrolments.report(published, HERE, [Reported(students(published)[0], True)], officer)
    assert LogEntry.objects.filter(code="log-enrolments-late").count() == 1


@pytest.mark.parametrize(
    ("stage", "taken"),
    [(Stage.PREPARING, True), (Stage.OPEN, True), (Stage.CLOSED, False), (Stage.SENT, False),
     (Stage.RATIFIED, False), (Stage.PUBLISHED, True)],
)  # fmt: skip
def test_reports_wait_while_the_next_phase_is_placed(
    published: Contest, officer: User, stage: Stage, taken: bool
) -> None:
    Contest.objects.create(
        key="next",
        title="next",
        edition=published.edition,
        phase=2,
        previous=published,
        stage=stage,
    )
    rows = [Reported(students(published)[0], True)]
    if taken:
        assert enrolments.report(published, HERE, rows, officer).changed == 1
    else:
        with pytest.raises(UsageError, match="next phase"):
            enrolments.report(published, HERE, rows, officer)


def test_where_somebody_was_moved_stays_when_her_report_changes(
    published: Contest, officer: User
) -> None:
    who = students(published)[0]
    Enrolment.objects.create(
        contest=published, candidate=who, enrolled=True, programme="9001/0002", reported_by="x"
    )
    enrolments.report(published, HERE, [Reported(who, True, cancelled=True)], officer)
    assert Enrolment.objects.get(candidate=who).programme == "9001/0002"


def test_who_left_is_reported_by_the_other_institution(published: Contest, officer: User) -> None:
    who = students(published)[0]
    Enrolment.objects.create(
        contest=published, candidate=who, enrolled=True, programme="9002/0003", reported_by="x"
    )
    assert who not in holders.students(published, HERE)
    assert who in holders.students(published, THERE)
    with pytest.raises(InputError):
        enrolments.report(published, HERE, [Reported(who, False)], officer)
    lines = {line.candidate: line for line in placed_lists.lines(published, HERE)}
    assert lines[who].left == "9002/0003"
    assert who in {line.candidate for line in placed_lists.lines(published, THERE)}


def sent(browser: Client, contest: Contest, name: str, content: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile(name, content)
    answer = browser.post(reverse("institution-upload", args=[HERE, contest.key]), {"file": file})
    return answer.status_code, answer.content.decode()


def packed_in(page: str) -> str:
    return page.split('name="rows" value="')[1].split('"')[0]


def test_the_downloaded_file_comes_back_filled_in(published: Contest, signed_in: Browser) -> None:
    browser = signed_in("institution", HERE)
    who = students(published)
    content = placed_files.as_csv(placed_lists.lines(published, HERE)).decode("utf-8-sig")
    head, *rows = content.splitlines()
    assert head.endswith(";enrolled;enrolled_on;cancelled")
    filled = [row.removesuffix(";;;") + ";sim;2017-09-12;" for row in rows[:-1]] + rows[-1:]
    status, page = sent(browser, published, "lista.csv", "\r\n".join([head, *filled]).encode())
    assert status == 200
    assert not Enrolment.objects.exists()
    apply = reverse("institution-apply", args=[HERE, published.key])
    browser.post(apply, {"rows": packed_in(page)})
    kept = Enrolment.objects.filter(contest=published)
    assert kept.count() == len(who) - 1
    assert set(kept.values_list("enrolled", "enrolled_on")) == {(True, date(2017, 9, 12))}
    status, page = sent(browser, published, "lista.csv", "\r\n".join([head, *filled]).encode())
    assert status == 200
    assert 'name="rows"' not in page


def test_a_workbook_is_taken(published: Contest, signed_in: Browser) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["candidate", "enrolled", "enrolled_on"])
        sheet.write_row(1, 0, [students(published)[0], True])
    status, page = sent(signed_in("institution", HERE), published, "a.xlsx", file.getvalue())
    assert status == 200
    assert 'name="rows"' in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"candidate\nC1\n", "enrolled"),
        (b"candidate,enrolled\nNOBODY,true\n", "NOBODY"),
        (b"candidate,enrolled\nC1,maybe\n", "maybe"),
        (b"candidate,enrolled,enrolled_on\nC1,true,2999-01-01\n", "2999-01-01"),
        (b"candidate,enrolled\nC1,true\nC1,false\n", "C1"),
        (b"", "lista.csv"),
    ],
)
def test_a_file_with_problems_changes_nothing(
    published: Contest, signed_in: Browser, content: bytes, told: str
) -> None:
    status, page = sent(signed_in("institution", HERE), published, "lista.csv", content)
    assert status == 422
    assert told in page or not content
    assert 'name="rows"' not in page


MISTAKES = [
    ("candidate", "enrolled", "enrolled_on", "cancelled"),
    ("C1", "maybe", "2999-01-01", ""),
    ("NOBODY", "sim", "30/02/2017", ""),
    ("C1", "não", "2017-09-12", "sim"),
    ("", "sim", "", ""),
    ("NOBODY", "", "", ""),
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_mistake_of_a_file_is_told_at_once(published: Contest, kind: str) -> None:
    assert "C1" in students(published)
    if kind == "csv":
        content = "\n".join(",".join(row) for row in MISTAKES).encode()
    else:
        book = io.BytesIO()
        with xlsxwriter.Workbook(book) as made:
            sheet = made.add_worksheet()
            for number, row in enumerate(MISTAKES):
                sheet.write_row(number, 0, row)
        content = book.getvalue()
    rows, problems = enrolment_file.read(published, HERE, SimpleUploadedFile(f"a.{kind}", content))
    assert rows == []
    assert [(each.row, each.column, each.code) for each in problems] == [
        (2, "candidate", "repeated-key"),
        (2, "enrolled", "not-a-boolean"),
        (2, "enrolled_on", "enrolment-in-future"),
        (3, "candidate", "enrolment-not-placed-here"),
        (3, "candidate", "repeated-key"),
        (3, "enrolled_on", "not-a-date"),
        (4, "cancelled", "enrolment-of-not-enrolled"),
        (4, "candidate", "repeated-key"),
        (4, "enrolled_on", "enrolment-of-not-enrolled"),
        (5, "candidate", "blank-cell"),
        (6, "candidate", "repeated-key"),
    ]


def test_without_its_column_every_row_is_looked_at(published: Contest) -> None:
    file = SimpleUploadedFile("a.csv", b"candidate\nC1\nNOBODY\n")
    _rows, problems = enrolment_file.read(published, HERE, file)
    assert [(each.row, each.code) for each in problems] == [
        (1, "missing-column"),
        (3, "enrolment-not-placed-here"),
    ]


def test_a_plan_is_of_its_officer_contest_and_institution(
    published: Contest, officer: User, signed_in: Browser, user_with: Callable[..., User]
) -> None:
    other = user_with("institution", HERE, "other@example.org")
    rows = [Reported(students(published)[0], True, row=2)]
    plan = enrolment_file.packed(published, HERE, other.pk, rows)
    apply = reverse("institution-apply", args=[HERE, published.key])
    signed_in("institution", HERE).post(apply, {"rows": plan})
    signed_in("institution", HERE).post(apply, {"rows": "x" + plan})
    assert not Enrolment.objects.exists()
    with pytest.raises(UsageError):
        enrolment_file.unpacked(plan, published, THERE, other.pk)


def test_a_plan_that_no_longer_fits_changes_nothing(
    published: Contest, officer: User, signed_in: Browser
) -> None:
    who = students(published)
    rows = [Reported(each, True, row=2) for each in who]
    plan = enrolment_file.packed(published, HERE, officer.pk, rows)
    Enrolment.objects.create(
        contest=published, candidate=who[0], enrolled=True, programme="9002/0003", reported_by="x"
    )
    apply = reverse("institution-apply", args=[HERE, published.key])
    signed_in("institution", HERE).post(apply, {"rows": plan})
    assert Enrolment.objects.count() == 1
