"""The words of stages, work, tables and quotas, for the screens of staff and of the public."""

from __future__ import annotations

from portaria.core.messages import Message, declare
from portaria.documents.access_words import QUOTA_NAMES, RESULT_NAMES, WHY_DIFFERENT, reading_name
from portaria.web.access.models import (
    Claim,
    Complaint,
    Contest,
    ImportPlan,
    Run,
    Stage,
    Submission,
)
from portaria.web.access.models.run import Job
from portaria.web.access.result_differences import OTHER
from portaria.web.pages import say

STAGES = {
    Stage.PREPARING: (declare("contest-stage-preparing", "In preparation"), "neutral"),
    Stage.OPEN: (declare("contest-stage-open", "Open to applications"), "primary"),
    Stage.CLOSED: (declare("contest-stage-closed", "Applications closed"), "info"),
    Stage.SENT: (declare("contest-stage-sent", "With the director"), "warning"),
    Stage.RATIFIED: (declare("contest-stage-ratified", "Ratified"), "info"),
    Stage.PUBLISHED: (declare("contest-stage-published", "Results published"), "success"),
}
PUBLIC_STAGES = {
    **dict.fromkeys(
        (Stage.CLOSED, Stage.SENT, Stage.RATIFIED),
        (declare("contest-public-waiting", "Results being prepared"), "info"),
    ),
    Stage.OPEN: STAGES[Stage.OPEN],
    Stage.PUBLISHED: STAGES[Stage.PUBLISHED],
}
"""What everybody is told: not how far the office is with a result."""
SOON = declare("contest-public-soon", "Opens soon")
OVER = declare("contest-public-over", "Deadline over")
JOB_STATES = {
    Job.State.QUEUED: (declare("job-queued", "Waiting for the worker"), "neutral"),
    Job.State.RUNNING: (declare("job-running", "Being done"), "primary"),
    Job.State.DONE: (declare("job-done", "Done"), "success"),
    Job.State.FAILED: (declare("job-failed", "Not done"), "danger"),
    Job.State.CANCELLED: (declare("job-stopped", "Stopped"), "warning"),
}
PLAN_WRONG = declare("plan-wrong", "Has problems")
PLAN_READ = declare("plan-read", "To be applied")
PLAN_APPLIED = declare("plan-applied", "Applied")
KINDS = {
    Run.Kind.PLACEMENT: declare("run-placement", "Placement"),
    Run.Kind.WHAT_IF: declare("run-what-if", "What-if"),
    Run.Kind.COMPARISON: declare("run-comparison", "Comparison of readings"),
    Run.Kind.VERIFICATION: declare("run-verification", "Verification"),
    Run.Kind.RECTIFICATION: declare("run-rectification", "Rectification"),
}
WORK = {
    "": declare("work-begin", "About to begin"),
    "unpack": declare("work-unpack", "Opening the files"),
    "read": declare("work-read", "Reading the tables"),
    "compare": declare("work-compare", "Comparing with what stands"),
    "write": declare("work-write", "Writing"),
    "rows": declare("work-rows", "Making the lists"),
    "grades": declare("work-grades", "Application grades"),
    "quotas": declare("work-quotas", "Quotas and preferences"),
    "ranking": declare("work-ranking", "Ranking"),
    "placement": declare("work-placement", "Placing"),
}
TABLES = {
    "programmes": declare("table-programmes", "Programmes"),
    "exam_sets": declare("table-exam-sets", "Sets of entrance exams"),
    "regional_areas": declare("table-regional-areas", "Areas of regional preference"),
    "vocational_courses": declare("table-vocational-courses", "Courses of vocational preference"),
    "congeners": declare("table-congeners", "Congeners"),
    "candidates": declare("table-candidates", "Candidates"),
    "exams": declare("table-exams", "Exams taken"),
    "prerequisites": declare("table-prerequisites", "Prerequisites shown"),
    "options": declare("table-options", "Options"),
    "enrolments": declare("table-enrolments", "Enrolments"),
    "adjustments": declare("table-adjustments", "Adjustments of seats"),
    "opened": declare("table-opened", "Programmes opened"),
}
CLAIMS = {
    Claim.State.CLAIMED: (declare("claim-waiting", "To be decided"), "warning"),
    Claim.State.ACCEPTED: (declare("claim-accepted", "Accepted"), "success"),
    Claim.State.REFUSED: (declare("claim-refused", "Refused"), "danger"),
    Claim.State.WITHDRAWN: (declare("claim-withdrawn-state", "Withdrawn"), "neutral"),
}
COMPLAINTS = {
    Complaint.State.RECEIVED: (declare("complaint-waiting", "To be decided"), "warning"),
    Complaint.State.ACCEPTED: (declare("complaint-accepted-state", "Granted"), "success"),
    Complaint.State.REFUSED: (declare("complaint-refused-state", "Denied"), "danger"),
}
SUBMISSIONS = {
    Submission.Kind.SUBMITTED: declare("submission-submitted", "Application handed in"),
    Submission.Kind.CHANGED: declare("submission-changed", "Application changed"),
    Submission.Kind.WITHDRAWN: declare("submission-withdrawn", "Application withdrawn"),
    Submission.Kind.IMPORTED: declare("submission-imported", "From the tables"),
}
OUTCOMES = {"placed": "success", "not_placed": "neutral", "excluded": "danger"}
READINGS = {
    "placement": declare("reading-placement", "How the placement is reached"),
    "form_order": declare("reading-form-order", "Invalid options in the order of the form"),
    "preference_rounding": declare("reading-preference-rounding", "Seats of preferences"),
}
CHANGES = {
    "seat_gained": declare("fate-gained", "Gain a seat"),
    "seat_lost": declare("fate-lost", "Lose their seat"),
    "earlier_option": declare("fate-better", "A better option"),
    "later_option": declare("fate-worse", "A worse option"),
    "other_quota": declare("fate-quota", "The same seat, in another quota"),
    OTHER: declare("fate-other", "Another result, neither better nor worse"),
}


def word(code: str, **params: object) -> str:
    """A declared sentence in the language of the answer."""
    return say(Message(code, params))


def stage_of(contest: Contest) -> tuple[str, str]:
    """Where a contest stands, in a word, and its tone."""
    code, tone = STAGES[Stage(contest.stage)]
    return word(code), tone


def job_state(job: Job) -> tuple[str, str]:
    """How far a job is, in a word, and its tone."""
    code, tone = JOB_STATES[Job.State(job.state)]
    return word(code), tone


def plan_state(plan: ImportPlan) -> tuple[str, str]:
    """How far a plan is, in a word, and its tone."""
    if plan.applied_at is not None:
        return word(PLAN_APPLIED), "success"
    if plan.state != Job.State.DONE:
        return job_state(plan)
    wrong = any(row["severity"] == "error" for row in plan.problems)
    return (word(PLAN_WRONG), "danger") if wrong else (word(PLAN_READ), "info")


def table_name(table: str) -> str:
    """What people call a table."""
    return word(TABLES[table]) if table in TABLES else table


def quota(code: str | None) -> str:
    """The name of a quota as it begins a line; a dash for none."""
    if not code:
        return "–"
    words = word(QUOTA_NAMES[code]) if code in QUOTA_NAMES else code
    return words[:1].upper() + words[1:]


def result_name(result: str) -> str:
    """Placed, not placed, excluded."""
    return word(RESULT_NAMES[result])


def reading_label(name: str) -> str:
    """What a reading is about, in a few words; its own name where it has none here."""
    return word(READINGS[name]) if name in READINGS else name


def choice_label(name: str, choice: str) -> str:
    """A choice of a reading, as it begins a line."""
    named = reading_name(name, choice)
    words = say(named) if isinstance(named, Message) else named
    return words[:1].upper() + words[1:]


def why_different(why: str) -> str:
    """Why another reading treats somebody otherwise."""
    return word(WHY_DIFFERENT[why])
