"""What each reading in force means for a record, in one sentence each."""

from __future__ import annotations

from portaria.core.messages import declare

READINGS = {
    ("record_key", "natural"): declare(
        "scae-reading-key-natural",
        "one record is one unit, period, class, student and kind of enrolment",
    ),
    ("record_key", "source"): declare(
        "scae-reading-key-source", "one record is one row of SGE, even in the same class"
    ),
    ("fault_scope", "candidate"): declare(
        "scae-reading-fault-candidate", "a fault counts only where the record might go this month"
    ),
    ("fault_scope", "always"): declare(
        "scae-reading-fault-always", "a fault counts even where the record could not go this month"
    ),
    ("computed_errors", "withheld"): declare(
        "scae-reading-errors-withheld", "a record that contradicts itself is withheld"
    ),
    ("computed_errors", "sent"): declare(
        "scae-reading-errors-sent", "a record that contradicts itself is sent all the same"
    ),
    ("class_end", "ends"): declare(
        "scae-reading-class-ends", "an active enrolment stops going when its class has ended"
    ),
    ("class_end", "until_exit"): declare(
        "scae-reading-class-until-exit",
        "an active enrolment goes on after the end of its class, until an exit",
    ),
    ("selection_date", "log"): declare(
        "scae-reading-selection-log", "the month of a situation is that of its movement in the log"
    ),
    ("selection_date", "reported"): declare(
        "scae-reading-selection-reported", "the month of a situation is that of its mobility date"
    ),
    ("nolog", "always"): declare(
        "scae-reading-nolog-always", "every enrolment without a log is told"
    ),
    ("nolog", "unexplained"): declare(
        "scae-reading-nolog-unexplained",
        "an enrolment without a log is told only where its situation needs one",
    ),
    ("cancel_start", "class"): declare(
        "scae-reading-cancel-class", "an exclusion is weighed against the class start"
    ),
    ("cancel_start", "enrolment"): declare(
        "scae-reading-cancel-enrolment", "an exclusion is weighed against the enrolment date"
    ),
    ("delete_unsent", "send"): declare(
        "scae-reading-unsent-send", "an exclusion goes even if no load had the record"
    ),
    ("delete_unsent", "suppress"): declare(
        "scae-reading-unsent-suppress", "an exclusion goes only if a load had the record"
    ),
    ("suspended", "once"): declare(
        "scae-reading-suspended-once", "Trancado goes in the month of its movement only"
    ),
    ("suspended", "monthly"): declare(
        "scae-reading-suspended-monthly", "Trancado goes every month while the class lasts"
    ),
    ("eja_class", "reference"): declare(
        "scae-reading-eja-class-reference",
        "in EJA the class sent is that of the reference enrolment",
    ),
    ("eja_class", "current"): declare(
        "scae-reading-eja-class-current", "in EJA the class sent is the current one"
    ),
    ("eja_chain", "follow"): declare(
        "scae-reading-chain-follow",
        "a reference to an enrolment that has another reference is followed to the first one",
    ),
    ("eja_chain", "refuse"): declare(
        "scae-reading-chain-refuse",
        "a reference to an enrolment that has another reference is an error",
    ),
    ("eja_complements", "reference"): declare(
        "scae-reading-complements-reference",
        "in EJA the complement fields sent are those of the reference enrolment",
    ),
    ("eja_complements", "latest"): declare(
        "scae-reading-complements-latest",
        "in EJA the complement fields sent are those of the latest enrolment",
    ),
    ("eja_waiver", "off"): declare(
        "scae-reading-waiver-off", "a series without an enrolment keeps the course from approval"
    ),
    ("eja_waiver", "recognition"): declare(
        "scae-reading-waiver-recognition",
        "Reconhecimento de Saberes waives the series without an enrolment",
    ),
    ("rs_change", "last"): declare(
        "scae-reading-rs-last",
        "of several changes from Reconhecimento de Saberes to Matriculado the last one counts",
    ),
    ("rs_change", "first"): declare(
        "scae-reading-rs-first",
        "of several changes from Reconhecimento de Saberes to Matriculado the first one counts",
    ),
    ("future_results", "literal"): declare(
        "scae-reading-future-literal",
        "a result entered before the class ends goes at once, with a date to come",
    ),
    ("future_results", "max_month"): declare(
        "scae-reading-future-wait", "a result entered before the class ends waits for that month"
    ),
    ("override_scope", "exits"): declare(
        "scae-reading-override-exits",
        "the complement field corrects the date of exits, not of results",
    ),
    ("override_scope", "all"): declare(
        "scae-reading-override-all",
        "the complement field corrects the date of exits and of results",
    ),
    ("isolated_result_date", "history"): declare(
        "scae-reading-isolated-history",
        "the result of an isolated enrolment takes the day of its own history",
    ),
    ("isolated_result_date", "class_end"): declare(
        "scae-reading-isolated-class-end",
        "the result of an isolated enrolment takes the final date of the class",
    ),
    ("first_class_day", "class_start"): declare(
        "scae-reading-first-day-start",
        "a cancellation is late after the class start",
    ),
    ("first_class_day", "first_lesson"): declare(
        "scae-reading-first-day-lesson", "a cancellation is late after the first lesson given"
    ),
    ("disciplines_moved", "mobility"): declare(
        "scae-reading-disciplines-mobility",
        "all disciplines go in a month with a mobility date only",
    ),
    ("disciplines_moved", "any_movement"): declare(
        "scae-reading-disciplines-any", "all disciplines go in a month with any movement"
    ),
    ("dismissed_type", "blank"): declare(
        "scae-reading-dismissed-blank", "Dispensado goes without an evaluation type"
    ),
    ("dismissed_type", "1"): declare(
        "scae-reading-dismissed-1", "Dispensado goes with the evaluation type 1"
    ),
    ("dismissed_type", "2"): declare(
        "scae-reading-dismissed-2", "Dispensado goes with the evaluation type 2"
    ),
    ("hours_source", "lessons"): declare(
        "scae-reading-hours-lessons", "the hours are those of the dated lessons"
    ),
    ("hours_source", "none"): declare("scae-reading-hours-none", "no hours are sent"),
    ("hours_unit", "clock"): declare("scae-reading-hours-clock", "an hour has 60 minutes"),
    ("hours_unit", "lesson_50"): declare(
        "scae-reading-hours-50", "an hour is a lesson of 50 minutes"
    ),
    ("hours_prorata", "none"): declare(
        "scae-reading-hours-whole",
        "the hours are those of the whole month, also in the month of entry or exit",
    ),
    ("hours_prorata", "clip"): declare(
        "scae-reading-hours-clip", "lessons before the entry and after the exit do not count"
    ),
    ("hours_situations", "active"): declare(
        "scae-reading-hours-active", "in continuing education, disciplines in 39 and 66 count too"
    ),
    ("hours_situations", "only_2"): declare(
        "scae-reading-hours-only-2", "only disciplines in the situation 2 count"
    ),
    ("hours_discipline", "any_day"): declare(
        "scae-reading-hours-any-day",
        "a discipline counts if the student was enrolled in it on some day of the month",
    ),
    ("hours_discipline", "end_of_month"): declare(
        "scae-reading-hours-end",
        "a discipline counts if the student was enrolled in it on the last day of the month",
    ),
    ("hours_notype", "discipline"): declare(
        "scae-reading-notype-discipline", "a discipline without a type loses its own hours only"
    ),
    ("hours_notype", "student"): declare(
        "scae-reading-notype-student", "a discipline without a type voids all hours of the student"
    ),
    ("hours_all_dropped", "blank"): declare(
        "scae-reading-dropped-blank", "where no discipline has a type the hours are blank"
    ),
    ("hours_all_dropped", "zero"): declare(
        "scae-reading-dropped-zero", "where no discipline has a type the hours are zero"
    ),
}
"""By name and choice; the sentences follow the name of the reading and have no full stop."""
