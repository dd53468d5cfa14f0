"""The words of an explanation: why a record goes or not, which case gave each date."""

from __future__ import annotations

from portaria.core.messages import declare

SGE_NAMES = {
    "basic": {
        "2": "Matriculado", "5": "Trancado", "7": "Evadido", "9": "Aprovado", "10": "Reprovado",
        "11": "Reprovado por Frequência", "3": "Transferência Externa",
        "30": "Transferência Interna", "31": "Transferência de Turma", "6": "Desistente",
        "45": "Falecido", "32": "Reclassificado", "70": "Reconhecimento de Saberes",
        "71": "Em Processo",
    },
    "continuing": {
        "39": "Matriculado", "67": "Evadido", "42": "Concluinte", "66": "Inscrito",
        "68": "Transferência Externa", "69": "Transferência Interna",
        "46": "Transferência de Turma", "41": "Desistente", "73": "Falecido",
    },
    "disciplines": {
        "2": "Matriculado", "9": "Aprovado", "72": "Competência Certificada", "14": "Dispensado",
    },
}  # fmt: skip
"""The situations of SGE as its own screens call them, in any language."""
IN_PARANA = {"30": "Falecido", "32": "Transferência Escola"}
SYMBOL_NAMES = {
    "pre_enrolled": "Pré-Matrícula", "online_pre_enrolled": "Pré-Matrícula Online",
    "pre_registered": "Pré-Inscrito", "denied": "Matrícula Indeferida",
    "dependency": "Dependência", "cancelled": "Cancelado",
}  # fmt: skip
DISCIPLINE_NAMES = {"26": "Competência Certificada", "27": "Dispensado"}

OUTCOMES = {
    "upsert": declare("scae-told-upsert", "Goes in the load as {situation}."),
    "delete": declare("scae-told-delete", "Goes in the load with the exclusion command."),
    "nothing": declare("scae-told-nothing", "Does not go in the load."),
    "error": declare(
        "scae-told-error", "Withheld: it does not go in the load until this is corrected: {codes}."
    ),
    "absent": declare("scae-told-absent", "Is not considered in this load."),
}
OTHERWISE = declare("scae-told-otherwise", "Otherwise it would go as {situation}.")
OTHERWISE_EXCLUDED = declare(
    "scae-told-otherwise-excluded", "Otherwise it would go with the exclusion command."
)

CAUSES = {
    "active": declare(
        "scae-why-active",
        "The enrolment is active at the end of the month, and the class has begun and did not end "
        "before the month: it goes every month until an exit.",
    ),
    "active_course": declare(
        "scae-why-active-course",
        "The EJA course goes on, with a class running in the month: it goes every month until an "
        "exit, as the reference enrolment.",
    ),
    "gap": declare(
        "scae-why-gap",
        "Between two classes of the EJA course: the next enrolment is made, and its class begins "
        "after the month.",
    ),
    "moved": declare(
        "scae-why-moved",
        "The last movement was made in the month: this situation goes once, in that month.",
    ),
    "moved_series": declare(
        "scae-why-moved-series",
        "Every series of the EJA course is approved, the last of them in this month.",
    ),
    "moved_series_waived": declare(
        "scae-why-moved-series-waived",
        "Every series of the EJA course is approved or, by the reading chosen, waived; the last "
        "approval is of this month.",
    ),
    "suspended_monthly": declare(
        "scae-why-suspended-monthly",
        "Trancado is no exit: by the reading chosen it goes every month while the class lasts.",
    ),
    "suspended": declare(
        "scae-why-suspended",
        "Trancado since {at}: it goes in the month of that movement only, and again when the "
        "enrolment is active.",
    ),
    "cancelled": declare(
        "scae-why-cancelled",
        "Cancelled on {at}, in the month of the class start of {start} or later.",
    ),
    "silent": declare(
        "scae-why-silent",
        "The last movement was made on {at}, in another month: this situation goes only in the "
        "load of that month.",
    ),
    "silent_no_log": declare(
        "scae-why-silent-no-log",
        "The situation is an exit, and no log says in which month it was entered: no load has it.",
    ),
    "silent_postponed": declare(
        "scae-why-silent-postponed",
        "The movement is of this month, and by the reading chosen it waits for the month of its "
        "mobility date.",
    ),
    "ended": declare(
        "scae-why-ended",
        "The class ended on {end}, before the month, and no exit or result was entered: an active "
        "enrolment stops with its class.",
    ),
    "ended_course": declare(
        "scae-why-ended-course",
        "No class of the EJA course runs in the month, and none is to begin; no exit was entered.",
    ),
    "not_begun": declare("scae-why-not-begun", "The class begins on {start}, after the month."),
    "not_begun_enrolment": declare(
        "scae-why-not-begun-enrolment", "The enrolment is of {since}, after the month."
    ),
    "hidden": declare("scae-why-hidden", "The situation {sge} is never sent to SCAE."),
    "hidden_cancelled": declare(
        "scae-why-cancelled-kept", "It is cancelled, and no exclusion is due this month."
    ),
    "hidden_cancelled_early": declare(
        "scae-why-cancelled-early",
        "Cancelled on {at}, before the month of the class start of {start}: there is nothing to "
        "exclude.",
    ),
    "hidden_cancelled_other": declare(
        "scae-why-cancelled-other",
        "Cancelled on {at}, in another month: the exclusion goes only in the load of that month.",
    ),
    "hidden_cancelled_no_log": declare(
        "scae-why-cancelled-no-log",
        "It is cancelled, and no log says in which month: no load has the exclusion.",
    ),
    "hidden_cancelled_member": declare(
        "scae-why-cancelled-member",
        "No enrolment of the EJA course is active; the exclusion goes only where the reference "
        "enrolment itself is cancelled.",
    ),
    "not_enrolled": declare(
        "scae-why-not-enrolled",
        "The log of the enrolment begins after the month, and says that there was nothing before.",
    ),
    "class_changed": declare(
        "scae-why-class-changed",
        "The student passed to another class, and the log has no exit from this one: only the "
        "record of the other class goes.",
    ),
    "re_enrolled": declare(
        "scae-why-re-enrolled",
        "It is cancelled, and another enrolment of the student goes in the same class: the "
        "exclusion would erase that one.",
    ),
    "unsent": declare(
        "scae-why-unsent",
        "It is cancelled, and no load had sent it: by the reading chosen no exclusion goes.",
    ),
    "unmapped": declare(
        "scae-why-unmapped",
        "The situation {sge} has no SCAE code, and the record could not go this month anyway.",
    ),
    "fault": declare(
        "scae-why-fault",
        "The class or the enrolment lacks a date, and the record could not go this month anyway.",
    ),
    "level": declare(
        "scae-why-level", "Isolated enrolments are of continuing education only; this one is not."
    ),
    "absent": declare(
        "scae-why-absent",
        "An earlier load had it, and nothing in SGE answers to it any more: the enrolment is gone, "
        "or stands in another class.",
    ),
    "absent_filtered": declare(
        "scae-why-absent-filtered",
        "This load is only of a part of the network, and the record may be outside of it.",
    ),
}

EFFECTIVE = {
    "class_start": declare(
        "scae-effective-class-start",
        "Effective date: {value}, the class start, since the enrolment was made by then, on "
        "{against}.",
    ),
    "recognised_class_start": declare(
        "scae-effective-recognised-start",
        "Effective date: {value}, the class start, since the change from Reconhecimento de Saberes "
        "to Matriculado was made by then, on {against}.",
    ),
    "enrolment": declare(
        "scae-effective-enrolment",
        "Effective date: {value}, the enrolment date, later than the class start of {against}.",
    ),
    "recognised": declare(
        "scae-effective-recognised",
        "Effective date: {value}, the day of the change from Reconhecimento de Saberes to "
        "Matriculado, later than the class start of {against}.",
    ),
    "reference_class_start": declare(
        "scae-effective-reference-start",
        "Effective date: {value}, the start of the class of the reference enrolment, which was "
        "made by then, on {against}.",
    ),
    "reference_recognised_class_start": declare(
        "scae-effective-reference-recognised-start",
        "Effective date: {value}, the start of the class of the reference enrolment, which had "
        "passed from Reconhecimento de Saberes to Matriculado by then, on {against}.",
    ),
    "reference_enrolment": declare(
        "scae-effective-reference-enrolment",
        "Effective date: {value}, the date of the reference enrolment, later than the start of its "
        "class on {against}.",
    ),
    "reference_recognised": declare(
        "scae-effective-reference-recognised",
        "Effective date: {value}, the day on which the reference enrolment passed from "
        "Reconhecimento de Saberes to Matriculado, later than the start of its class on {against}.",
    ),
    "isolated_class_start": declare(
        "scae-effective-isolated-start",
        "Effective date: {value}, the class start, since the isolated enrolment was made by then, "
        "on {against}.",
    ),
    "isolated_changed": declare(
        "scae-effective-isolated-changed",
        "Effective date: {value}, the field Data da Alteração, since the isolated enrolment was "
        "made after the class start of {against}.",
    ),
    "isolated_enrolment": declare(
        "scae-effective-isolated-enrolment",
        "Effective date: {value}, the date of the isolated enrolment, made after the class start "
        "of {against}; the field Data da Alteração is empty.",
    ),
}

MOBILITY = {
    "active": declare(
        "scae-mobility-active", "Mobility date: none, since the situation is no exit."
    ),
    "earlier_month": declare(
        "scae-mobility-earlier", "Mobility date: none, since the change was made in another month."
    ),
    "no_class_end": declare(
        "scae-mobility-no-end",
        "Mobility date: not known; a result takes the final date of the class, and it has none.",
    ),
    "class_end": declare(
        "scae-mobility-class-end",
        "Mobility date: {value}, the final date of the class, as of every result; it was entered "
        "on {against}.",
    ),
    "last_series": declare(
        "scae-mobility-last-series",
        "Mobility date: {value}, the final date of the class of the last series; its result was "
        "entered on {against}.",
    ),
    "log": declare(
        "scae-mobility-log", "Mobility date: {value}, the day of the movement in the log."
    ),
    "corrected": declare(
        "scae-mobility-corrected",
        "Mobility date: {value}, from the complement field that corrects the {against} of the log.",
    ),
    "isolated_log": declare(
        "scae-mobility-isolated",
        "Mobility date: {value}, the day of the movement in the history of the isolated enrolment.",
    ),
}

HOURS = {
    "": declare("scae-told-hours", "Student-hours: {hours}."),
    "zero": declare("scae-told-hours-zero", "Student-hours: {hours}; no lesson was in the month."),
    "partial": declare(
        "scae-told-hours-partial",
        "Student-hours: {hours}, partial; disciplines without a type were left out.",
    ),
    "suspended": declare(
        "scae-told-hours-suspended", "Student-hours: {hours}; a suspended enrolment has none."
    ),
    "gap": declare(
        "scae-told-hours-gap", "Student-hours: {hours}; between two classes there are none."
    ),
    "off": declare("scae-told-hours-off", "Student-hours: none are sent, by the reading chosen."),
    "no_discipline": declare(
        "scae-told-hours-no-discipline", "Student-hours: blank; no discipline is on record."
    ),
    "not_taken": declare(
        "scae-told-hours-not-taken",
        "Student-hours: {hours}; none of the disciplines on record is taken in the month.",
    ),
    "no_type": declare(
        "scae-told-hours-no-type", "Student-hours: {hours}; no discipline has a type (P, S or D)."
    ),
    "one_untyped": declare(
        "scae-told-hours-one-untyped",
        "Student-hours: blank; a discipline has no type, and by the reading chosen that voids the "
        "student's hours.",
    ),
    "no_lesson": declare(
        "scae-told-hours-no-lesson", "Student-hours: blank; no lesson is planned, in any month."
    ),
}
BLANK = declare("scae-told-blank", "blank")

DISCIPLINES = {
    "moved": declare(
        "scae-told-disciplines-moved",
        "Disciplines: the enrolment moved in the month, so all that have a SCAE code go.",
    ),
    "reached": declare(
        "scae-told-disciplines-reached",
        "Disciplines: those that came to Aprovado or Competência Certificada in the month go.",
    ),
    "none": declare(
        "scae-told-disciplines-none",
        "Disciplines: none goes; the enrolment did not move in the month, and no discipline with a "
        "SCAE code came to Aprovado or Competência Certificada in it.",
    ),
}
