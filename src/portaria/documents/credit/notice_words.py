"""The sentences of the notice to the student."""

from __future__ import annotations

from portaria.core.messages import declare

TITLE = declare("credit-notice-title", "Notice of the credit request")
DEAR = declare("credit-notice-dear", "Dear {name},")
DEAR_STUDENT = declare("credit-notice-dear-student", "Dear student,")
TOLD = declare(
    "credit-notice-told",
    "this is the result of your credit request, unit by unit, with the rule behind each. Credited: "
    "{credits} ECTS of {total}.",
)
TOLD_IF = declare(
    "credit-notice-told-if",
    "this is how your credit request stands. Nothing is credited yet; below is what may be, once "
    "what is missing is mended.",
)
TOLD_DRAFT = declare(
    "credit-notice-told-draft",
    "this is what the rules allow in your credit request, unit by unit, with the rule behind each.",
)
DRAFT = declare("credit-notice-draft", "Draft: the council has not decided yet.")
DRAFT_SAYS = declare(
    "credit-notice-draft-says",
    "Nothing is credited before its decision. This page becomes a notice once the request file has "
    "the day of the decision (decided_on).",
)
OPEN = declare("credit-notice-open", "Still to be decided: {units}.")
HEADER = (
    declare("credit-notice-unit", "Unit and what you offered"),
    declare("credit-notice-credits", "ECTS"),
    declare("credit-notice-grade", "Grade"),
    declare("credit-notice-why", "Result and why"),
)
DECIDED = declare("credit-notice-decided", "Decided on")
DECIDED_IN = declare("credit-notice-decided-in", "Minutes no.")
UNITS = declare("credit-notice-units", "Unit by unit")
MISSING = declare("credit-notice-missing", "Documents that are missing")
BRING = declare(
    "credit-notice-bring",
    "Bring them as soon as you can. Documents asked from the issuer by {day} keep the request in "
    "time: bring the proof that you asked.",
)
BRING_SOON = declare("credit-notice-bring-soon", "Bring them as soon as you can.")
UNTIL = declare("credit-notice-until", "At the latest until")
STILL = declare("credit-notice-still", "What people still decide")
STILL_ITEM = declare("credit-notice-still-item", "{item}: {reason} By: {who}.")
DIRECTOR = declare("credit-notice-director", "the director, who may authorise it")
STILL_CHOICE = declare(
    "credit-notice-still-choice",
    "{name}: at most {kept} ECTS can be kept, and the council chooses which.",
)
STILL_CHOICE_MANY = declare(
    "credit-notice-still-choice-many", "{name}: the council chooses which stay."
)
JUDGED = declare(
    "credit-notice-judged",
    "Level, area and competences of every unit are judged by people, never by a program.",
)
GRADES = declare("credit-notice-grades", "Your grades")
NO_GRADE = declare(
    "credit-notice-no-grade",
    "Units credited from professional experience have no grade and do not count in the average; "
    "the diploma and its supplement say so: {units}.",
)
NO_NUMBER = declare(
    "credit-notice-no-number", "Credited without a grade, so outside the average: {units}."
)
CHANGE = declare(
    "credit-notice-change",
    "You may now change your enrolment. In credited units you are not assessed.",
)
ENROLMENT = declare("credit-notice-enrolment", "Your enrolment and your classes")
BEYOND = declare("credit-notice-beyond", "Units beyond your request")
BEYOND_SAYS = declare(
    "credit-notice-beyond-says",
    "The commission proposes to credit them too. If you accept, their fee is due; if not, say so "
    "in writing.",
)
ACCEPT = declare("credit-notice-accept", "I accept")
REFUSE = declare("credit-notice-refuse", "I refuse")
APPEAL = declare("credit-notice-appeal", "If you do not agree")
APPEAL_HOW = declare(
    "credit-notice-appeal-how",
    "You may appeal to the scientific council of your school, in writing and with reasons, within "
    "{count} working day of this notice; without reasons, or later, the appeal is rejected.",
    "You may appeal to the scientific council of your school, in writing and with reasons, within "
    "{count} working days of this notice; without reasons, or later, the appeal is rejected.",
)
APPEAL_LAST = declare("credit-notice-appeal-last", "Last day")
APPEAL_FEE = declare(
    "credit-notice-appeal-fee",
    "A fee is due for the appeal; it is returned if the decision is in your favour.",
)
FEES = declare("credit-notice-fees", "Fees")
SERVICES = declare("credit-notice-services", "Academic services")
RECEIVED = declare("credit-notice-received", "Received by the student")
NOTIFIED = declare("credit-notice-notified", "Notified on")
