"""The papers of a contest: what each says, that the same data makes the same pages."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from made import results, told
from pypdf import PdfReader

from documents.test_access_letter import ANA
from portaria.core.errors import ConfigurationError
from portaria.documents.access_letter import letter
from portaria.documents.access_papers.contest_calendar import Calendar, Step, calendar_paper
from portaria.documents.access_papers.decisions import (
    ClaimNotice,
    ComplaintNotice,
    Consent,
    Enrolment,
    MoveNotice,
    RectificationNotice,
    ResultNotice,
)
from portaria.documents.access_papers.fingerprint import canonical, fingerprint, in_groups
from portaria.documents.access_papers.model import Contest, Option, Person, Remedy, Signature
from portaria.documents.access_papers.move_notices import move_notice, rectification_notice
from portaria.documents.access_papers.notices import (
    claim_notice,
    complaint_notice,
    result_notice,
)
from portaria.documents.access_papers.receipt import Claim, Document, Receipt, receipt_paper
from portaria.documents.access_papers.record import IndividualRecord, record_paper
from portaria.documents.access_papers.result import Result, result_of
from portaria.regulations.access import reasons
from portaria.regulations.access.explain import Explanation

LISBON = ZoneInfo("Europe/Lisbon")
CONTEST = Contest("Contest of Examples", "Order 1/2017", 1, "Office of Examples")
STRANGE = "Ána #let *b* [c] \"d\" \\e $f$ _g_ `h` <i> @j //k -- ~ 'l'"
"""A name with everything that the language of the templates would read as its own."""
DIGITS = hashlib.sha256(b"a document").hexdigest()
OPTIONS = tuple(
    Option(order, f"000{order}/9000", f"University {order}", f"Course {order}")
    for order in range(1, 7)
)
RECEIPT = Receipt(
    CONTEST,
    Person(STRANGE, "12345678"),
    "2017-42",
    datetime(2017, 7, 20, 22, 59, 58, tzinfo=UTC),
    "submitted",
    OPTIONS,
    (Claim("disability", (Document("report [1] #2.pdf", DIGITS),)), Claim("regional")),
    changeable_until=datetime(2017, 8, 8, 23, 59, 59, tzinfo=LISBON),
    clause="211-A 24/1",
)
ANN = Person("Ann Example", "20170001", ("Example Street, 1", "0000-000 Town"))
REMEDY = Remedy("In writing, to the office.\nOr by post.", date(2017, 9, 20))
PLACED = Result("placed", OPTIONS[1], Decimal("153.6"), "emigrant", clause="211-A 36/1/f")
RESULT = ResultNotice(
    CONTEST, ANN, PLACED, date(2017, 9, 8), "The Director",
    Enrolment(date(2017, 9, 18)), REMEDY, Signature("Town", date(2017, 9, 11), "The Director"),
)  # fmt: skip
CLAIM = ClaimNotice(
    CONTEST, ANN, "disability", False, "The file has no date.\nNobody signed it.",
    "Commission of Experts", date(2017, 8, 20), "D-42", REMEDY,
)  # fmt: skip
COMPLAINT = ComplaintNotice(
    CONTEST, ANN, "R-7", date(2017, 9, 15), "granted", "An exam had another grade.",
    "The Director", date(2017, 9, 25), PLACED, Enrolment(days=7), clause="211-A 40/6",
)  # fmt: skip
CALENDAR = Calendar(
    CONTEST,
    (
        Step(
            "Applications",
            datetime(2017, 7, 19, 0, 0, 0, tzinfo=LISBON),
            datetime(2017, 8, 8, 23, 59, 59, tzinfo=LISBON),
            "211-A 24/1",
        ),
        Step("Complaints", None, date(2017, 9, 15)),
    ),
)


@pytest.fixture(scope="module")
def ana(tmp_path_factory: pytest.TempPathFactory) -> Explanation:
    return told(results(ANA, tmp_path_factory.mktemp("ana")), "A")


def pages_of(content: bytes) -> list[str]:
    """The words of each page, every space and line end as one space."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def words_of(content: bytes) -> str:
    return " ".join(pages_of(content))


def has_all(content: bytes, *expected: str) -> None:
    """Every sentence stands in the paper, and in this order."""
    words, at = words_of(content), 0
    for sentence in expected:
        at = words.find(sentence, at)
        assert at >= 0, (sentence, words)


# --- every paper ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "pt-PT"])
def test_the_same_data_make_the_same_pages(ana: Explanation, lang: str) -> None:
    makes = (
        lambda: receipt_paper(RECEIPT, lang),
        lambda: record_paper(IndividualRecord(ana), lang),
        lambda: result_notice(RESULT, lang),
        lambda: claim_notice(CLAIM, lang),
        lambda: complaint_notice(COMPLAINT, lang),
        lambda: calendar_paper(CALENDAR, lang),
        lambda: move_notice(MOVE, lang),
        lambda: rectification_notice(RECTIFICATION, lang),
    )
    for make in makes:
        content = make()
        assert content == make()
        root = PdfReader(BytesIO(content)).trailer["/Root"]
        assert root["/Lang"] == lang
        about = root["/Metadata"].get_data().decode()
        assert "<pdfaid:part>2<" in about
        assert "<pdfuaid:part>1<" in about


def test_a_name_is_printed_as_it_is(ana: Explanation) -> None:
    person = Person(STRANGE, "1")
    for content in (
        receipt_paper(RECEIPT, "en"),
        result_notice(replace(RESULT, person=person), "en"),
        claim_notice(replace(CLAIM, person=person, reasons=STRANGE), "en"),
        record_paper(IndividualRecord(replace(ana, name=STRANGE)), "en"),
        calendar_paper(Calendar(CONTEST, (Step(STRANGE),)), "en"),
    ):
        assert STRANGE.replace(" ", "") in words_of(content).replace(" ", "")


def test_each_page_says_whose_paper_it_is_and_its_number(ana: Explanation) -> None:
    twelve = replace(ana, options=ana.options * 4)
    pages = pages_of(record_paper(IndividualRecord(twelve, office="Office of Examples"), "en"))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
        assert "Office of Examples" in page
        assert "Individual record" in page


def test_without_an_office_the_contest_itself_heads_the_page() -> None:
    content = receipt_paper(replace(RECEIPT, contest=replace(CONTEST, office="")), "en")
    has_all(content, "Contest of Examples Receipt no.", "Receipt of an application Phase 1")
    assert words_of(content).count("Contest of Examples") == 1


@pytest.mark.parametrize("options", range(1, 13))
def test_no_page_has_the_foot_alone(ana: Explanation, options: int) -> None:
    """A record of any length: over the foot of its last page stands the last of an option."""
    many = replace(ana, options=(ana.options * 4)[:options], option=1)
    last = pages_of(record_paper(IndividualRecord(many), "en"))[-1]
    assert f"Option {many.options[-1].order}: " in last.split("Where the text leaves")[0]


@pytest.mark.parametrize("steps", range(20, 32))
def test_no_page_of_a_calendar_has_the_foot_alone(steps: int) -> None:
    rows = tuple(Step(f"Step {n}", None, date(2017, 9, 15)) for n in range(steps))
    last = pages_of(calendar_paper(Calendar(CONTEST, rows), "en"))[-1]
    assert f"Step {steps - 1} Until" in last


# --- receipt -------------------------------------------------------------------------------------


def test_a_receipt_says_what_came_in_and_when() -> None:
    content = receipt_paper(RECEIPT, "en")
    has_all(
        content,
        "Receipt no. 2017-42",
        "Receipt of an application",
        "Contest of Examples, phase 1 Order 1/2017, art. 24, no. 1",
        "Application submitted",
        "Received on July 20, 2017, 23:59:58 (Lisbon time).",
        "Candidate's code 12345678",
        "May be changed until August 8, 2017, 23:59 (Lisbon time)",
        *(f"{o.order} {o.programme} {o.institution} {o.course}" for o in OPTIONS),
        "Disability quota report [1] #2.pdf " + DIGITS[:12],
        "Regional preference no document handed in",
        "It is no placement and promises none",
    )
    assert DIGITS[:13] not in words_of(content)
    assert in_groups(fingerprint(RECEIPT)) in words_of(content)


def test_a_receipt_speaks_portuguese() -> None:
    has_all(
        receipt_paper(RECEIPT, "pt-PT"),
        "Comprovativo de candidatura",
        "Contest of Examples, 1.ª fase Order 1/2017, art. 24.º, n.º 1",
        "Candidatura apresentada",
        "Recebida em 20 de julho de 2017, 23:59:58 (hora de Lisboa).",
        "Pode ser alterada até 8 de agosto de 2017, 23:59 (hora de Lisboa)",
        "Contingente especial para estudantes com deficiência",
        "Não é uma colocação nem a garante",
    )


def test_a_receipt_without_options_and_claims_says_so() -> None:
    content = receipt_paper(replace(RECEIPT, options=(), claims=()), "en")
    has_all(content, "The form has no option.", "No special quota and no preference is claimed.")


def test_a_withdrawn_application_has_no_option_left() -> None:
    gone = replace(RECEIPT, kind="withdrawn", options=(), claims=(), replaces="2017-41")
    content = receipt_paper(gone, "en")
    has_all(
        content,
        "Application withdrawn",
        "It takes the place of receipt no. 2017-41.",
        "No option stands any more.",
        "This paper shows that the application was withdrawn.",
    )
    assert "claimed" not in words_of(content)


def test_a_fingerprint_is_of_the_content_and_no_language() -> None:
    same = replace(RECEIPT, received=RECEIPT.received.astimezone(LISBON))
    assert fingerprint(same) == fingerprint(RECEIPT)
    assert receipt_paper(same, "en") == receipt_paper(RECEIPT, "en")
    assert fingerprint(RECEIPT) == hashlib.sha256(canonical(RECEIPT)).hexdigest()
    assert '"received":"2017-07-20T22:59:58+00:00"' in canonical(RECEIPT).decode()
    for other in (
        replace(RECEIPT, options=OPTIONS[::-1]),
        replace(RECEIPT, kind="changed"),
        replace(RECEIPT, claims=RECEIPT.claims[:1]),
        replace(RECEIPT, received=datetime(2017, 7, 20, 22, 59, 59, tzinfo=UTC)),
    ):
        assert fingerprint(other) != fingerprint(RECEIPT)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="2017-07-20T22:59:58 has no time zone"):
        receipt_paper(replace(RECEIPT, received=datetime(2017, 7, 20, 22, 59, 58)), "en")


@pytest.mark.parametrize(("hour", "told"), [(0, "01:30:00, UTC+1"), (1, "01:30:00, UTC")])
def test_the_hour_that_comes_twice_in_october_tells_which(hour: int, told: str) -> None:
    twice = replace(RECEIPT, received=datetime(2017, 10, 29, hour, 30, tzinfo=UTC))
    has_all(receipt_paper(twice, "en"), f"Received on October 29, 2017, {told} (Lisbon time).")


# --- individual record ---------------------------------------------------------------------------


def test_a_record_has_every_sentence_of_the_letter(ana: Explanation) -> None:
    record = IndividualRecord(ana, text="Order 1/2017", result=DIGITS, clause="211-A 40/3")
    sentences = [" ".join(block.text.split()) for block in letter(ana, "en")[2:]]
    has_all(record_paper(record, "en"), "Ana Teste", *sentences[:-1])
    has_all(record_paper(record, "en"), *sentences[-1:], DIGITS[:20])


def test_a_record_has_the_tie_breaks_of_the_last_placed(ana: Explanation) -> None:
    has_all(
        record_paper(IndividualRecord(ana), "en"),
        "Option 1: ",
        "Grade 172.8",
        "This application 172.8 95 155.5 155.5",
        "Last placed, general quota 175.0 90 170 170",
        "Last placed, emigrant quota 190.0 100 180 180",
        "Option 2: ",
        "This application 153.6 55.695 160 160",
    )


def test_a_record_without_options_is_a_record(ana: Explanation) -> None:
    empty = replace(
        ana, options=(), option=None, programme=None, quota=None, grade=None, result="not_placed",
        reason=reasons.NO_OPTION, clause="211-A 38/2", name=None,
    )  # fmt: skip
    content = record_paper(IndividualRecord(empty), "en")
    has_all(content, "Result: Not placed.", "The form has no option (art. 38, no. 2).")
    assert "Options of the form" not in words_of(content)


# --- notices -------------------------------------------------------------------------------------


def test_a_placed_candidate_is_told_where_and_until_when_to_enrol() -> None:
    has_all(
        result_notice(RESULT, "en"),
        "Ann Example Example Street, 1 0000-000 Town",
        "Dear Ann Example,",
        "Placed Course 2, University 2 (0002/9000)",
        "Placed in option 2, Course 2, University 2 (0002/9000), with the application grade 153.6",
        "ratified on September 8, 2017 by: The Director.",
        "Enrol at Course 2, University 2 (0002/9000) until: September 18, 2017.",
        "In writing, to the office. Or by post. Last day to complain: September 20, 2017.",
        "Town, September 11, 2017",
    )


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (
            Result("not_placed", reason=reasons.NO_VALID_OPTION, clause="211-A 38/2"),
            "No option of the form meets the conditions to apply (art. 38, no. 2).",
        ),
        (Result("excluded", clause="211-A 48/1"), "Ground of the exclusion: art. 48, no. 1."),
        (Result("not_placed", quota="held"), "the seat held is kept."),
    ],
)
def test_who_has_no_seat_is_told_why_and_is_not_asked_to_enrol(result: Result, reason: str) -> None:
    content = result_notice(replace(RESULT, result=result), "en")
    has_all(content, "Dear Ann Example,", reason, "How to complain")
    assert "Enrol" not in words_of(content)


def test_the_result_of_a_notice_is_that_of_the_explanation(ana: Explanation) -> None:
    content = result_notice(replace(RESULT, result=result_of(ana)), "pt-PT")
    placed = " ".join(letter(ana, "pt-PT")[2].text.split())
    has_all(content, placed)


def test_a_refused_claim_has_the_reasons_of_who_decided() -> None:
    has_all(
        claim_notice(CLAIM, "en"),
        "Request refused Disability quota",
        "File no. D-42",
        "Decided by Commission of Experts",
        "Decided on August 20, 2017",
        "Reasons The file has no date. Nobody signed it.",
        "Last day to complain: September 20, 2017.",
    )
    has_all(claim_notice(replace(CLAIM, accepted=True, file=""), "en"), "Request accepted")


def test_reasons_that_fill_pages_are_printed_whole() -> None:
    words = " ".join(f"word{n}" for n in range(2000))
    content = claim_notice(replace(CLAIM, reasons=words, remedy=None), "en")
    assert len(pages_of(content)) > 2
    assert "word1999 Prepared by" in words_of(content)


def test_a_granted_complaint_has_the_new_result_and_days_to_enrol() -> None:
    has_all(
        complaint_notice(COMPLAINT, "en"),
        "Order 1/2017, art. 40, no. 6",
        "Complaint granted",
        "Complaint no. R-7",
        "Handed in on September 15, 2017",
        "Reasons An exam had another grade.",
        "Result after the decision Result: Placed in option 2",
        "within 7 days of receiving this notice.",
    )


def test_a_complaint_rejected_changes_nothing() -> None:
    rejected = replace(COMPLAINT, outcome="rejected", result=None)
    content = complaint_notice(rejected, "en")
    has_all(content, "Complaint rejected without looking at its merits")
    assert "Enrol" not in words_of(content)
    assert "Result after" not in words_of(content)
    out = replace(COMPLAINT, outcome="refused", result=Result("excluded", clause="211-A 48/1"))
    has_all(complaint_notice(out, "en"), "Result: Excluded from the contest.", "art. 48, no. 1.")


# --- what follows a result ---------------------------------------------------------------------

MOVE = MoveNotice(
    CONTEST, ANN, "exchange", "7", True, date(2017, 9, 29), OPTIONS[0], OPTIONS[1],
    (
        Consent("University 1", True, date(2017, 9, 28)),
        Consent("University 2", True, date(2017, 9, 29)),
    ),
    clause="211-A 54/6",
)  # fmt: skip
RECTIFICATION = RectificationNotice(
    CONTEST, ANN, "3", ("not_placed", None), ("placed", OPTIONS[1]), ("your exams",),
    date(2017, 10, 2), "The director", "An exam had another grade.", True, Enrolment(days=7),
    clause="211-A 57/1",
)  # fmt: skip


def test_an_exchange_is_told_with_both_decisions() -> None:
    has_all(
        move_notice(MOVE, "en"),
        "art. 54, no. 6",
        "Exchange authorised",
        "From Course 1, University 1 (0001/9000)",
        "To Course 2, University 2 (0002/9000)",
        "University 2: authorised on September 29, 2017.",
    )
    refused = replace(
        MOVE, done=False, consents=(Consent("University 1", False, date(2017, 9, 28), "Late."),)
    )
    has_all(move_notice(refused, "en"), "Exchange not authorised", "You keep your seat", "Late.")


def test_a_relocation_that_a_student_refused_says_so_and_not_who() -> None:
    ended = replace(MOVE, kind="relocation", done=False, consents=(), a_student_refused=True)
    has_all(move_notice(ended, "en"), "No relocation", "not all agreed")
    assert "Decisions of" not in words_of(move_notice(ended, "en"))


def test_a_rectification_tells_both_results_and_until_when_to_enrol() -> None:
    has_all(
        rectification_notice(RECTIFICATION, "en"),
        "art. 57, no. 1",
        "You are now placed at Course 2, University 2 (0002/9000).",
        "A seat was opened for you there.",
        "Ratified by The director",
        "Result before Not placed",
        "What was corrected your exams",
        "within 7 days of receiving this notice.",
    )
    out = replace(RECTIFICATION, after=("excluded", None), created=False)
    content = rectification_notice(out, "en")
    has_all(content, "Your result was rectified. It is now: ")
    assert "Enrol at" not in words_of(content)


# --- calendar ------------------------------------------------------------------------------------


def test_a_calendar_has_the_azores_beside_lisbon() -> None:
    has_all(
        calendar_paper(CALENDAR, "en"),
        "From July 19, 2017, 00:00 (Lisbon time) to August 8, 2017, 23:59 (Lisbon time)",
        "From July 18, 2017, 23:00 (Azores time) to August 8, 2017, 22:59 (Azores time)",
        "art. 24, no. 1",
        "Until September 15, 2017 – –",
    )
    has_all(calendar_paper(Calendar(CONTEST, ()), "en"), "No step is fixed yet.")
