"""Roles, and what each may do: the one table of authorisation."""

from __future__ import annotations

from enum import StrEnum

from portaria.core.messages import declare

CANDIDATE = "candidate"
INSTITUTION = "institution"
OFFICE = "office"
DIRECTOR = "director"
COMMISSION = "commission"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"
ROLES = (INSTITUTION, OFFICE, DIRECTOR, COMMISSION, AUDITOR, ADMINISTRATOR)
"""The roles that are granted. Whoever logs in may be a candidate; staff roles take it away."""

NAMES = {
    CANDIDATE: declare("role-candidate", "Candidate"),
    INSTITUTION: declare("role-institution", "Institution officer"),
    OFFICE: declare("role-office", "Access office"),
    DIRECTOR: declare("role-director", "Director"),
    COMMISSION: declare("role-commission", "Commission of experts"),
    AUDITOR: declare("role-auditor", "Auditor"),
    ADMINISTRATOR: declare("role-administrator", "Administrator"),
}
"""What pages call each role."""


class Can(StrEnum):
    """What a view may ask for."""

    ANYBODY = "anybody"
    LOG_IN = "log in"
    APPLY = "apply"
    SEE_CONTESTS = "see contests"
    PREPARE_CONTESTS = "prepare contests"
    SEE_PEOPLE = "see people"
    DECIDE_CLAIMS = "decide claims"
    SEE_DISABILITY = "see disability files"
    DECIDE_DISABILITY = "decide disability files"
    PLACE = "place"
    RATIFY = "ratify"
    VERIFY = "verify"
    DECIDE_COMPLAINTS = "decide complaints"
    SEE_INSTITUTION = "see an institution"
    REPORT_ENROLMENTS = "report enrolments"
    READ_LOG = "read the log"
    ADMINISTER = "administer"


EVERYBODY = frozenset({Can.ANYBODY})
LOGGED_IN = EVERYBODY | {Can.LOG_IN}
GRANTS: dict[str, frozenset[Can]] = {
    CANDIDATE: frozenset({Can.APPLY}),
    INSTITUTION: frozenset({Can.SEE_INSTITUTION, Can.REPORT_ENROLMENTS}),
    OFFICE: frozenset(
        {
            Can.SEE_CONTESTS, Can.PREPARE_CONTESTS, Can.SEE_PEOPLE, Can.DECIDE_CLAIMS, Can.PLACE,
            Can.DECIDE_COMPLAINTS, Can.SEE_INSTITUTION, Can.VERIFY,
        }
    ),
    DIRECTOR: frozenset({Can.SEE_CONTESTS, Can.SEE_PEOPLE, Can.RATIFY, Can.VERIFY}),
    COMMISSION: frozenset({Can.SEE_DISABILITY, Can.DECIDE_DISABILITY}),
    AUDITOR: frozenset(
        {
            Can.SEE_CONTESTS, Can.SEE_PEOPLE, Can.SEE_DISABILITY, Can.SEE_INSTITUTION,
            Can.READ_LOG, Can.VERIFY,
        }
    ),
    ADMINISTRATOR: frozenset({Can.ADMINISTER, Can.READ_LOG}),
}  # fmt: skip
"""What each role adds to being logged in. An administrator grants roles and sees no records."""

CHANGES = frozenset(
    {
        Can.APPLY, Can.PREPARE_CONTESTS, Can.DECIDE_CLAIMS, Can.DECIDE_DISABILITY, Can.PLACE,
        Can.RATIFY, Can.DECIDE_COMPLAINTS, Can.REPORT_ENROLMENTS, Can.ADMINISTER,
    }
)  # fmt: skip
"""The permissions under which something changes; an auditor has none of them."""
