"""Who may open what: written by hand, apart from the permissions of the code.

An address that is missing here fails a test; an address that opens to somebody who does not stand
here fails it too. Write a new one into its group, and think of who needs it.
"""

from __future__ import annotations

CANDIDATE, INSTITUTION, OFFICE, DIRECTOR = "candidate", "institution", "office", "director"
COMMISSION, AUDITOR, ADMINISTRATOR = "commission", "auditor", "administrator"
ROLES = (CANDIDATE, INSTITUTION, OFFICE, DIRECTOR, COMMISSION, AUDITOR, ADMINISTRATOR)
NOBODY_YET = "without an account"


def names(text: str) -> set[str]:
    """Words, one after the other."""
    return set(text.split())


GROUPS: list[tuple[set[str], str]] = [
    (
        {NOBODY_YET, *ROLES},
        """
        home set_language accessibility privacy api-guide api-schema api-docs
        contests contest contest-programmes contest-data contest-seats results results-paper
        activate
        account_login account_signup account_inactive account_email_verification_sent
        account_confirm_email account_reset_password account_reset_password_done
        account_reset_password_from_key account_reset_password_from_key_done mfa_authenticate
        openid_connect_login openid_connect_callback socialaccount_login_cancelled
        socialaccount_login_error socialaccount_signup
        """,
    ),
    (
        set(ROLES),
        """
        own-account account_logout account_email account_change_password account_set_password
        account_reauthenticate mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp
        mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes
        socialaccount_connections
        """,
    ),
    (
        {CANDIDATE},
        """
        candidate-home candidate-code candidate-data candidate-data-download candidate-application
        candidate-programmes candidate-preview candidate-withdraw candidate-claims
        candidate-claim-documents candidate-claim-notice candidate-claim-withdraw
        candidate-complaint-notice candidate-document candidate-receipts
        candidate-receipt candidate-receipt-pdf candidate-result candidate-record
        candidate-record-pdf candidate-notice-pdf candidate-complaint exchange exchange-answer
        relocation-answer exchange-notice relocation-notice rectification-notice
        """,
    ),
    (
        {OFFICE, DIRECTOR, AUDITOR},
        """
        office office-plan office-problems office-tables office-contest office-calendar
        office-demand office-runs office-run office-report director director-result next-phase
        adjustments opened-seats office-moves rectifications rectification job
        """,
    ),
    (
        {OFFICE, DIRECTOR, AUDITOR},
        """
        office-people office-person office-file office-document office-claims office-claim
        office-complaints office-complaint office-differences office-rectification-notice
        """,
    ),
    (
        {OFFICE},
        """
        office-new office-apply office-put-away office-correct office-exclude office-code
        office-codes office-codes-anew office-calendar-change office-open office-close
        office-decide-claim office-decide-complaint office-paper-again office-place office-compare
        office-send office-what-if job-cancel rectify rectification-send
        """,
    ),
    ({OFFICE, DIRECTOR, AUDITOR}, "office-verify"),
    (
        {DIRECTOR},
        "director-ratify director-take-back director-publish rectification-ratify",
    ),
    (
        {COMMISSION, AUDITOR},
        "commission commission-file commission-document commission-notice",
    ),
    ({COMMISSION}, "commission-decide"),
    (
        {INSTITUTION, OFFICE, AUDITOR},
        """
        institutions institution institution-list institution-download institution-seats
        institution-exchanges institution-exchange institution-exchange-notice
        institution-relocation-notice institution-relocations institution-relocation
        """,
    ),
    (
        {INSTITUTION},
        """
        institution-mark institution-upload institution-apply institution-exchange-decide
        institution-relocation-new institution-relocation-decide institution-relocation-student
        """,
    ),
    (
        {ADMINISTRATOR},
        """
        accounts account account-invite account-link account-grant account-withdraw account-suspend
        account-restore account-factor tokens token-issue token-revoke
        """,
    ),
    ({AUDITOR, ADMINISTRATOR}, "log log-download"),
]

WHO: dict[str, set[str]] = {name: who for who, group in GROUPS for name in names(group)}
"""By the name of an address, the roles to which it opens."""

BY_TOKEN = names(
    """
    api-v1:contests api-v1:contest api-v1:programmes api-v1:seats api-v1:token api-v1:placements
    api-v1:listed api-v1:put_many api-v1:one api-v1:put api-nothing
    """
)
"""Addresses for other systems: no session opens anything there."""

OPEN_DATA = {"api-v1:contests", "api-v1:contest", "api-v1:programmes", "api-v1:seats"}
"""Those of them that anybody may read."""

CLOSED = names(
    """
    account_confirm_login_code conta/social/login/cancelled/ conta/social/login/error/
    conta/social/signup/ conta/social/connections/
    """
)
"""Addresses of libraries that this application does not use: not found, for everybody."""

AUDITOR_ACTS = {"office-verify"}
"""What an auditor may start: checking that a result is what the rules give changes nothing."""

READINGS = names(
    """
    log-read-log log-differences-taken log-request-read log-disability-read log-file-taken
    log-claim-read log-document-read log-complaint-read log-rectification-read log-person-read
    log-placed-list-read log-placed-list-taken log-own-data
    """
)
"""Sentences of the log that tell of a reading: opening a page may add these, and nothing else."""
