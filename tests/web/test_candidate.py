"""What a candidate sees: her record, the application, its refusals, and nobody else's."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from portaria.web.access import next_phase, people
from portaria.web.access.models import (
    Candidate,
    Contest,
    Enrolment,
    Exam,
    ExamSet,
    ImportPlan,
    PlacementResult,
    Programme,
    Stage,
    Submission,
)
from portaria.web.access.offers import exam_name
from portaria.web.access.views.candidate import BY_ACCOUNT
from portaria.web.accounts.models import LogEntry, User

pytestmark = pytest.mark.django_db

Own = Callable[[Contest, str], Candidate]
SignedIn = Callable[..., Client]


def form_of(candidate: Candidate, options: list[str], **more: object) -> dict[str, object]:
    """What the page posts."""
    candidate.refresh_from_db()
    seen = candidate.submission.number if candidate.submission else 0
    return {"options": options, "seen": seen, "idempotency_key": uuid.uuid4(), **more}


@pytest.fixture
def ana(open_contest: Contest, candidate_of: Own) -> Candidate:
    return candidate_of(open_contest, "C1")


@pytest.fixture
def browser(ana: Candidate, signed_in: SignedIn) -> Client:
    return signed_in("candidate", email="c1@example.org")


def page(contest: Contest, name: str = "") -> str:
    return f"/candidatura/{contest.key}/{name}"


def test_her_contests_stand_on_the_first_page(browser: Client, open_contest: Contest) -> None:
    text = browser.get("/candidatura/").content.decode()
    assert open_contest.title in text
    assert page(open_contest) in text


def test_the_application_page_shows_what_stands_and_what_is_known(
    browser: Client, open_contest: Contest
) -> None:
    text = browser.get(page(open_contest)).content.decode()
    assert "Engenharia Informática" in text
    assert 'value="9001/0001"' in text
    assert "175" in text


def test_a_change_gives_a_receipt_and_is_what_stands(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    form = form_of(ana, ["9001/0002", "9001/0001"])
    answer = browser.post(page(open_contest), form, follow=True)
    assert answer.status_code == 200
    assert "C1-2" in answer.content.decode()
    ana.refresh_from_db()
    assert ana.submission is not None
    assert ana.submission.options == ["9001/0002", "9001/0001"]
    pdf = browser.get(page(open_contest, "recibos/2/recibo.pdf"))
    assert pdf.content.startswith(b"%PDF-")


def test_the_same_form_sent_twice_is_handed_in_once(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    form = form_of(ana, ["9001/0002"])
    first = browser.post(page(open_contest), form)
    second = browser.post(page(open_contest), form)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Submission.objects.filter(candidate=ana).count() == 2


def test_a_form_changed_after_its_answer_was_lost_does_not_get_the_old_receipt(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    form = form_of(ana, ["9001/0002"])
    browser.post(page(open_contest), form)
    answer = browser.post(page(open_contest), {**form, "options": ["9001/0001"]})
    assert answer.status_code == 409
    ana.refresh_from_db()
    assert ana.submission is not None
    assert ana.submission.options == ["9001/0002"]


def test_a_change_made_elsewhere_is_told_and_nothing_is_lost(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    stale = form_of(ana, ["9001/0002"])
    browser.post(page(open_contest), form_of(ana, ["9001/0001", "9001/0002"]))
    answer = browser.post(page(open_contest), stale)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'name="seen" value="2"' in text
    listed = text[
        text.index('class="options-list"') : text.index("</ol>", text.index("options-list"))
    ]
    assert listed.count("data-option") >= 1
    assert "9001/0002" in listed
    assert "9001/0001" not in listed


@pytest.mark.parametrize(
    "options",
    [[], ["9001/0001", "9999/9999"], [f"9{n:03}/0001" for n in range(7)]],
    ids=["none", "unknown", "seven"],
)
def test_forms_that_cannot_be_received(
    browser: Client, open_contest: Contest, ana: Candidate, options: list[str]
) -> None:
    answer = browser.post(page(open_contest), form_of(ana, options))
    assert answer.status_code == 422
    assert Submission.objects.filter(candidate=ana).count() == 1


def test_after_the_deadline_nothing_changes_and_what_stands_is_shown(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    open_contest.closes_at = timezone.now() - timedelta(seconds=2)
    open_contest.save()
    assert browser.get(page(open_contest)).status_code == 200
    answer = browser.post(page(open_contest), form_of(ana, ["9001/0002"]))
    assert answer.status_code == 409
    assert "Engenharia Informática" in answer.content.decode()
    assert Submission.objects.filter(candidate=ana).count() == 1
    for name in ("previa/", "retirar/"):
        browser.post(page(open_contest, name), form_of(ana, ["9001/0002"]))
    assert Submission.objects.filter(candidate=ana).count() == 1


def test_a_receipt_is_given_again_after_the_deadline(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    form = form_of(ana, ["9001/0002"])
    first = browser.post(page(open_contest), form)
    open_contest.closes_at = timezone.now() - timedelta(seconds=2)
    open_contest.save()
    assert browser.post(page(open_contest), form)["Location"] == first["Location"]


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.CLOSED, Stage.SENT, Stage.RATIFIED])
def test_an_application_is_received_at_no_other_stage(
    browser: Client, open_contest: Contest, ana: Candidate, stage: Stage
) -> None:
    open_contest.stage = stage
    open_contest.save()
    assert browser.get(page(open_contest)).status_code == 200
    assert browser.post(page(open_contest), form_of(ana, ["9001/0002"])).status_code == 409
    assert Submission.objects.filter(candidate=ana).count() == 1


def test_withdrawing_and_handing_in_again(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    assert browser.get(page(open_contest, "retirar/")).status_code == 200
    gone = browser.post(page(open_contest, "retirar/"), form_of(ana, []), follow=True)
    assert gone.status_code == 200
    ana.refresh_from_db()
    assert ana.submission is None
    assert browser.get(page(open_contest)).status_code == 200
    again = browser.post(page(open_contest), form_of(ana, ["9001/0002"]), follow=True)
    assert "C1-3" in again.content.decode()
    assert browser.get(page(open_contest, "recibos/")).status_code == 200


def test_the_list_works_without_scripts(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    moved = browser.post(
        page(open_contest), form_of(ana, ["9001/0001"], move="add:9001/0002"), follow=True
    )
    assert moved.status_code == 200
    up = browser.post(
        page(open_contest),
        form_of(ana, ["9001/0001", "9001/0002"], move="up:9001/0002"),
        follow=True,
    )
    text = up.content.decode()
    listed = text[text.index('class="options-list"') :]
    assert listed.index('value="9001/0002"') < listed.index('value="9001/0001"')
    assert Submission.objects.filter(candidate=ana).count() == 1
    back = browser.post(page(open_contest), form_of(ana, [], discard="1"), follow=True).content
    assert b"9001/0001" in back


def test_the_preview_tells_the_application_grade(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    answer = browser.post(page(open_contest, "previa/"), form_of(ana, ["9001/0001", "9002/0003"]))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "preview-option" in text
    assert "17" in text


def test_what_is_said_aloud_of_the_form_is_one_sentence(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = browser.post(page(open_contest, "previa/"), form_of(ana, ["9001/0001"]))
    text = answer.content.decode()
    assert '<p class="preview-said">1 option in the form: you can apply there.</p>' in text
    assert "aria-live" not in text, "the whole of it is read, not announced"
    whole = browser.get(page(open_contest)).content.decode()
    assert '<p role="status" class="hidden" id="preview-said"></p>' in whole


def test_an_exam_that_is_missing_is_named(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    Exam.objects.filter(contest=open_contest, candidate=ana.candidate).delete()
    found = browser.get(page(open_contest, "programas/")).content.decode()
    form = browser.post(page(open_contest, "previa/"), form_of(ana, ["9001/0001"]))
    (asked,) = ExamSet.objects.filter(contest=open_contest, programme="9001/0001", set=1)[:1]
    words = exam_name(asked.exam)
    assert words.endswith(f" ({asked.exam})")
    for text in (found, form.content.decode()):
        assert words in text
        assert "missing" in text
    assert "you cannot apply there" in form.content.decode()


def test_a_correction_of_the_tables_is_seen_at_once(
    browser: Client, open_contest: Contest, ana: Candidate, user_with: Callable[..., User]
) -> None:
    page_of = page(open_contest, "programas/")
    assert "Matemática" in browser.get(page_of).content.decode()
    Programme.objects.filter(programme="9001/0002").update(course_name="Geometria")
    ImportPlan.objects.create(
        started_by=user_with("office"), folder="x", contest=open_contest, applied_at=timezone.now()
    )
    assert "Geometria" in browser.get(page_of).content.decode()


def test_a_later_phase_tells_of_the_seat_that_is_kept(
    published: Contest, candidate_of: Own, signed_in: SignedIn, user_with: Callable[..., User]
) -> None:
    assert published.run is not None
    row = PlacementResult.objects.filter(run=published.run, result="placed").first()
    assert row is not None
    candidate_of(published, row.candidate)
    Enrolment.objects.create(
        contest=published, candidate=row.candidate, enrolled=True, reported_by="x"
    )
    second = next_phase.create(published, user_with("office"), "2.ª fase")
    now = timezone.now()
    second.stage, second.opens_at = Stage.OPEN, now - timedelta(days=1)
    second.closes_at = now + timedelta(days=1)
    second.save()
    browser = signed_in("candidate", email=f"{row.candidate.lower()}@example.org")
    text = browser.get(page(second)).content.decode()
    assert "9001/0001" in text
    assert "claims-regional" not in text
    held = browser.post(page(second, "previa/"), {"options": [row.programme], "seen": 0})
    assert held.status_code == 200
    assert "told-list" in held.content.decode()


def test_a_private_institution_has_neither_quotas_nor_a_limit(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    Contest.objects.update(edition="pt-institutional-2017", policy={})
    text = browser.get(page(open_contest)).content.decode()
    assert "9001/0001" in text
    assert "claims-regional" not in text
    assert "contingentes" not in text
    every = ["9001/0001", "9001/0002", "9002/0003"]
    assert browser.post(page(open_contest), form_of(ana, every)).status_code == 302
    assert 'name="quota"' not in browser.get(page(open_contest, "contingentes/")).content.decode()


def test_programmes_are_found_by_words_without_accents(
    browser: Client, open_contest: Contest
) -> None:
    found = browser.get(page(open_contest, "programas/"), {"q": "matematica exemplo"})
    text = found.content.decode()
    assert "9001/0002" in text
    assert "9001/0001" not in text
    able = browser.get(page(open_contest, "programas/"), {"possiveis": "1"}).content.decode()
    assert "9001/0001" in able


def test_nobody_sees_the_record_of_another(
    browser: Client, open_contest: Contest, signed_in: SignedIn
) -> None:
    stranger = signed_in("candidate", email="stranger@example.org")
    for name in ("", "recibos/", "recibos/1/", "recibos/1/recibo.pdf", "contingentes/", "retirar/"):
        assert stranger.get(page(open_contest, name)).status_code == 404
    assert stranger.post(page(open_contest), {"options": ["9001/0001"]}).status_code == 404
    assert Client().get(page(open_contest)).status_code == 302
    assert signed_in("office").get(page(open_contest)).status_code == 403


def test_a_code_joins_a_record_once(
    open_contest: Contest, user_with: Callable[..., User], signed_in: SignedIn
) -> None:
    codes = {who: code for who, _name, code in people.draw_codes(open_contest, user_with("office"))}
    browser = signed_in("candidate", email="new@example.org")
    typed = codes["C2"].lower().replace("-", " ")
    assert browser.post("/candidatura/codigo/", {"code": typed}).status_code == 302
    assert Candidate.objects.get(candidate="C2").user == user_with(
        "candidate", email="new@example.org"
    )
    other = signed_in("candidate", email="other@example.org")
    used = other.post("/candidatura/codigo/", {"code": codes["C2"]})
    unknown = other.post("/candidatura/codigo/", {"code": "ABCD-EFGH-JKMN-PQRS"})
    assert used.status_code == unknown.status_code == 422
    alert = lambda answer: answer.content.decode().split('class="errors"')[1].split("</ul>")[0]  # noqa: E731
    assert alert(used) == alert(unknown)


def test_many_wrong_codes_are_stopped(
    open_contest: Contest, user_with: Callable[..., User], signed_in: SignedIn
) -> None:
    codes = people.draw_codes(open_contest, user_with("office"))
    browser = signed_in("candidate", email="new@example.org")
    for _again in range(BY_ACCOUNT.most):
        browser.post("/candidatura/codigo/", {"code": "ABCD-EFGH-JKMN-PQRS"})
    answer = browser.post("/candidatura/codigo/", {"code": codes[0][2]})
    assert answer.status_code == 422
    assert not Candidate.objects.filter(user__email="new@example.org").exists()


def test_code_address_and_password_at_once(
    open_contest: Contest, user_with: Callable[..., User]
) -> None:
    codes = {who: code for who, _name, code in people.draw_codes(open_contest, user_with("office"))}
    browser = Client()
    assert browser.get("/ativar/").status_code == 200
    words = {
        "email": "Bruno@Example.org",
        "password1": "um bom segredo 1",
        "password2": "um bom segredo 1",
    }
    wrong = browser.post("/ativar/", {**words, "code": "ABCD-EFGH-JKMN-PQRS"})
    assert wrong.status_code == 422
    assert not User.objects.filter(email="bruno@example.org").exists()
    made = browser.post("/ativar/", {**words, "code": codes["C2"]}, follow=True)
    assert made.status_code == 200
    assert Candidate.objects.get(candidate="C2").user == User.objects.get(email="bruno@example.org")
    assert open_contest.title in made.content.decode()
    again = Client().post("/ativar/", {**words, "code": codes["C3"]})
    assert again.status_code == 422
    assert Candidate.objects.get(candidate="C3").user is None
    assert Client().login(email="bruno@example.org", password="um bom segredo 1")


def test_everything_held_about_her_is_one_file(
    browser: Client, open_contest: Contest, ana: Candidate
) -> None:
    import io
    import json
    import zipfile

    browser.post(page(open_contest), form_of(ana, ["9001/0002"]))
    assert browser.get("/candidatura/dados/").status_code == 200
    assert browser.get("/candidatura/dados/portaria.zip").status_code == 405
    answer = browser.post("/candidatura/dados/portaria.zip")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    archive = zipfile.ZipFile(io.BytesIO(content))
    held = json.loads(archive.read("data.json"))
    one = held["contests"][0]
    assert one["record"]["civil_id"] == "90000001"
    assert [row["options"] for row in one["applications"]][-1] == ["9001/0002"]
    assert any(entry["by"] == "oneself" for entry in held["log"])
    assert f"{open_contest.key}/receipts/2.pdf" in archive.namelist()
    assert "activation" not in one["record"]
    assert LogEntry.objects.filter(code="log-own-data").count() == 1
