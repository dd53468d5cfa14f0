"""What happened in a few sentences; options and quotas."""

from __future__ import annotations

from portaria.core.messages import declare
from portaria.documents.access_report.speech import Speech
from portaria.documents.access_words import REASON_SENTENCES, quota_name
from portaria.documents.citation import cite
from portaria.documents.report import Cell, Section, Table, text_row
from portaria.regulations.access.reasons import ADDITIONAL, GENERAL, QUOTAS
from portaria.regulations.access.report import Report

TITLE = declare("report-overview", "In a few words")
PLACED = declare(
    "report-placed",
    "Of {candidates} candidates, {placed} were placed ({share}): {first} in the first option "
    "({first_share} of the placed) and {three} in one of the first three ({three_share}).",
)
NOT_PLACED = declare(
    "report-not-placed",
    "{count} candidate was not placed.",
    "{count} candidates were not placed.",
)
EXCLUDED = declare(
    "report-excluded", "{count} candidate is excluded.", "{count} candidates are excluded."
)
LEFT = declare("report-left", "Of {seats} seats, {leftover} are left over ({share}).")
BEYOND = declare(
    "report-beyond",
    "Beyond the seats fixed, {ties} were opened by ties for the last seat ({tie_clause}) and "
    "{additional} so that nobody loses a seat to a candidate without a final grade "
    "({additional_clause}).",
)
BEYOND_TIES = declare(
    "report-beyond-ties",
    "Beyond the seats fixed, {ties} were opened by ties for the last seat ({tie_clause}).",
)
OPTIONS = declare("report-options", "Placed by option")
OPTIONS_TABLE = declare("report-options-table", "Placed by the order of the option obtained")
OPTION, COUNT = declare("report-option", "Option"), declare("report-count", "Number placed")
SHARE = declare("report-share", "Share of the placed")
OPTION_NUMBER = declare("report-option-number", "option {order}")
WHY_NOT = declare("report-why-not", "Not placed, by reason")
REASON, PEOPLE = declare("report-reason", "Reason"), declare("report-people", "Candidates")
QUOTAS_TITLE = declare("report-quotas", "Quotas and preferences")
QUOTAS_TEXT = declare(
    "report-quotas-text",
    "{placed} candidates ({share} of the placed) obtained their seat by a special quota or a "
    "preference. Kept seats that nobody took there were open to the general quota.",
)
QUOTAS_TABLE = declare("report-quotas-table", "Seats kept, candidates heard and placed, by quota")
QUOTA, SEATS = declare("report-quota", "Quota or preference"), declare("report-kept", "Seats kept")
HEARD = declare("report-heard", "Candidates heard")
USED = declare("report-used", "Seats used")


def overview(report: Report, speech: Speech) -> Section:
    """The contest in sentences."""
    told, percent = report.glance, speech.percent
    first = told.by_option.get(1, 0)
    three = sum(count for order, count in told.by_option.items() if order <= 3)
    people = speech.say(
        PLACED,
        candidates=told.candidates,
        placed=told.placed,
        share=percent(told.placed, told.candidates),
        first=first,
        first_share=percent(first, told.placed),
        three=three,
        three_share=percent(three, told.placed),
    )
    if told.not_placed:
        people += " " + speech.say(NOT_PLACED, count=told.not_placed)
    if told.excluded:
        people += " " + speech.say(EXCLUDED, count=told.excluded)
    share = percent(told.leftover, told.seats)
    seats = speech.say(LEFT, seats=told.seats, leftover=told.leftover, share=share)
    if told.tie_extra or told.additional:
        seats += " " + speech.say(
            BEYOND if report.additional_clause else BEYOND_TIES,
            ties=told.tie_extra,
            tie_clause=cite(report.tie_clause, speech.lang),
            additional=told.additional,
            additional_clause=cite(report.additional_clause, speech.lang),
        )
    return Section("overview", speech.say(TITLE), [people, seats])


def options(report: Report, speech: Speech) -> Section:
    """Who was placed in which option, and why the others were not."""
    told = report.glance
    rows = [
        text_row(
            speech.say(OPTION_NUMBER, order=order),
            speech.number(count),
            Cell(speech.percent(count, told.placed), count / told.placed),
        )
        for order, count in told.by_option.items()
    ]
    header = [speech.say(code) for code in (OPTION, COUNT, SHARE)]
    parts = [Table(speech.say(OPTIONS_TABLE), header, "lrr", rows)]
    if report.not_placed:
        why = [
            text_row(speech.say(REASON_SENTENCES[reason]), speech.number(count))
            for reason, count in report.not_placed.items()
        ]
        header = [speech.say(REASON), speech.say(PEOPLE)]
        parts.append(Table(speech.say(WHY_NOT), header, "lr", why))
    return Section("options", speech.say(OPTIONS), [], parts)


def quotas(report: Report, speech: Speech) -> Section | None:
    """How much of each quota and preference was used; nothing where there is none."""
    ordinary = (QUOTAS[GENERAL], QUOTAS[ADDITIONAL])
    special = [use for use in report.quotas if use.quota not in ordinary]
    if not special:
        return None
    placed = sum(use.placed for use in special)
    share = speech.percent(placed, report.glance.placed)
    rows = [
        text_row(
            speech.say(quota_name(use.quota).code),
            speech.number(use.seats),
            speech.number(use.heard),
            speech.number(use.placed),
            Cell(speech.percent(use.placed, use.seats), min(1.0, use.placed / (use.seats or 1))),
        )
        for use in special
    ]
    header = [speech.say(code) for code in (QUOTA, SEATS, HEARD, COUNT, USED)]
    table = Table(speech.say(QUOTAS_TABLE), header, "lrrrr", rows)
    text = speech.say(QUOTAS_TEXT, placed=placed, share=share)
    return Section("quotas", speech.say(QUOTAS_TITLE), [text], [table])
