"""What each finding of a monthly load means, for people: a sentence a code, declared once."""

from __future__ import annotations

from portaria.core.messages import declare

FINDING_MEANINGS = {
    "E-CLASS-MISSING": declare(
        "scae-means-class-missing", "The enrolment names a class that the source does not have."
    ),
    "E-CLASS-NOEND": declare(
        "scae-means-class-noend",
        "A result goes with the final date of its class, and the class has no final date.",
    ),
    "E-CLASS-NOSTART": declare(
        "scae-means-class-nostart",
        "The class has no start date: nobody can tell whether it has begun.",
    ),
    "E-DISC-NOCODE": declare(
        "scae-means-disc-nocode",
        "The discipline has no SCAE code in the curriculum matrix: it is not sent; the enrolment "
        "is.",
    ),
    "E-EJA-BADREF": declare(
        "scae-means-eja-badref",
        "The reference enrolment does not lead to an enrolment of the same student and course.",
    ),
    "E-EJA-NOREF": declare(
        "scae-means-eja-noref",
        "The reference enrolment is blank; EJA needs it since February 2019.",
    ),
    "E-EXIT-THEN-RESULT": declare(
        "scae-means-exit-then-result",
        "A result was typed for a student whose situation says that they had already left: see "
        "which of the two is true.",
    ),
    "E-HA-NODATA": declare(
        "scae-means-ha-nodata",
        "There is no discipline or no lesson to count: the student-hours go blank, which is not "
        "zero.",
    ),
    "E-HA-NOTYPE": declare(
        "scae-means-ha-notype",
        "The class/discipline has no type (in person, partly or wholly at a distance): its hours "
        "are left out.",
    ),
    "E-ISO-AMBIGUOUS": declare(
        "scae-means-iso-ambiguous",
        "More than one period enrolment could be that of the isolated enrolment: nobody can tell "
        "which gives its complements.",
    ),
    "E-ISO-NOPARENT": declare(
        "scae-means-iso-noparent",
        "No period enrolment of the same period, course and series stands behind the isolated "
        "enrolment.",
    ),
    "E-ISO-PARENT-OPEN": declare(
        "scae-means-iso-parent-open",
        "The isolated enrolment was made while the period enrolment was still open.",
    ),
    "E-KEY-TWICE": declare(
        "scae-means-key-twice",
        "The student has more than one record in the same class, period and unit: none of them "
        "is sent.",
    ),
    "E-MOB-BEFORE-EFET": declare(
        "scae-means-mob-before-efet", "The mobility date lies before the effective date."
    ),
    "E-MUN": declare(
        "scae-means-mun", "The support table of municipalities does not have this code."
    ),
    "E-REQ": declare("scae-means-req", "A mandatory field is blank."),
    "E-SIT-UNMAPPED": declare(
        "scae-means-sit-unmapped", "The situation in SGE has no situation of SCAE at this level."
    ),
    "E-STATE": declare(
        "scae-means-state",
        "The class is of another state than the load, and each state has its table of situations.",
    ),
    "W-CANC-AFTER-START": declare(
        "scae-means-canc-after-start",
        "Cancelled after the class had started: it is excluded, but should it not be Desistente?",
    ),
    "W-CLASS-CHANGED": declare(
        "scae-means-class-changed",
        "The enrolment is in another class now, and the log does not say which class it left: "
        "close the former record by hand.",
    ),
    "W-DELETE-UNSENT": declare(
        "scae-means-delete-unsent", "An exclusion of a record that no load before had sent."
    ),
    "W-DEP-FLAG": declare(
        "scae-means-dep-flag",
        "The enrolment is marked as dependency, but not by its situation: it is sent.",
    ),
    "W-DISC-NOTYPE": declare(
        "scae-means-disc-notype",
        "The discipline is Dispensado, for which the rules give no evaluation type.",
    ),
    "W-EFET-BEFORE-START": declare(
        "scae-means-efet-before-start",
        "The effective date of the isolated enrolment lies before the start of its class.",
    ),
    "W-EJA-CANC-KEPT": declare(
        "scae-means-eja-canc-kept",
        "A cancelled enrolment of EJA was not excluded: the exclusion would erase the whole course "
        "of the student.",
    ),
    "W-EJA-GAP": declare(
        "scae-means-eja-gap",
        "The student of EJA is between two classes: sent as enrolled, with zero hours.",
    ),
    "W-EJA-SERIES-MISSING": declare(
        "scae-means-eja-series-missing",
        "Approved in the last series of EJA without an enrolment in every series: the course does "
        "not count as approved.",
    ),
    "W-FUTURE": declare(
        "scae-means-future", "The mobility date lies after the month: the class has not ended yet."
    ),
    "W-ISO-LEVEL": declare(
        "scae-means-iso-level",
        "An isolated enrolment outside continuing education: it is not sent.",
    ),
    "W-ORPHAN": declare(
        "scae-means-orphan",
        "The student was in the load before and left it without an exit: SCAE keeps the record "
        "open.",
    ),
    "W-OVERRIDE-STALE": declare(
        "scae-means-override-stale",
        "The mobility date typed by hand is older than the movement before: it may be left from an "
        "earlier exit.",
    ),
    "W-REGENERATED": declare(
        "scae-means-regenerated", "The month, made again, differs from what had been sent of it."
    ),
    "W-REOPENED": declare(
        "scae-means-reopened", "An exit already sent was undone: the student is active again."
    ),
    "W-REPORTED-THEN-HIDDEN": declare(
        "scae-means-reported-then-hidden",
        "The student had been sent and is now in a situation that is never sent: SCAE keeps the "
        "record open.",
    ),
    "W-RETRO": declare(
        "scae-means-retro",
        "The mobility date lies in a month already sent: expect a critique, and hours sent in "
        "between.",
    ),
    "W-SIT-NAME": declare(
        "scae-means-sit-name",
        "The name of the situation in SGE is not the one the table of this state expects.",
    ),
    "I-EJA-GRANDFATHER": declare(
        "scae-means-eja-grandfather",
        "An EJA enrolment older than February 2019 without reference: it is its own.",
    ),
    "I-EVADIDO-EARLY": declare(
        "scae-means-evadido-early",
        "Evadido long before the class ends; it is meant for the closing of the class.",
    ),
    "I-NOLOG": declare(
        "scae-means-nolog", "The enrolment has no log: its situation of today was used."
    ),
    "W-STRAY": declare(
        "scae-means-stray",
        "A row names something that is nowhere in the source, so it counts for nothing.",
    ),
    "I-STILL-OPEN": declare(
        "scae-means-still-open",
        "Open in SCAE since an earlier load and in none since: an exit may have been withheld in "
        "its month, which is then to be made again.",
    ),
}
