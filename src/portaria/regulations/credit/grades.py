"""Articles 10/3, 10/5 and 11, Annex I: the grade of a credited unit, in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from portaria.core.rounding import Rounding, round_to
from portaria.core.rule import rule
from portaria.core.rule_set import RuleSet
from portaria.regulations.credit.comparability import by_classes, letter_of
from portaria.regulations.credit.grade_scale import (
    BEST,
    FAILED_WORDS,
    LETTERS,
    PASS,
    PASSED_WORDS,
    number_in,
)
from portaria.regulations.credit.request import HIGHER_EDUCATION, Grade, Item, Origin

DOUBLED = (Fraction(5), Fraction(10))
"""The positive part of the scale that Annex I doubles."""


@dataclass(frozen=True)
class Given:
    """The grade a unit takes, or why it takes none.

    `method`: kept, classes, doubled, proportional, decided (by people), or none. `reason`, where
    it stops: `failed` refuses the item, any other leaves its grade to a person. `rule`: what
    stands behind the reason, where it is not always the same. `warnings`: codes.
    """

    grade: int | None = None
    exact: Fraction | None = None
    method: str = "none"
    reason: str = ""
    warnings: tuple[str, ...] = ()
    rule: str = ""

    @property
    def refuses(self) -> bool:
        """A grade that does not pass."""
        return self.reason in ("failed", "failed-single-unit")


@rule("experience-no-grade", "training-as-experience", "grades-by-article")
def grade_of(item: Item, origin: Origin, rules: RuleSet) -> Given:
    """The grade that the item takes to its unit. `origin`: of the original that pays.

    Experience has none (12/6), and so has training considered as experience (10/5/e). By the
    letter of 10/3 nothing of higher education would have one: it sends to article 12.
    """
    grade = item.grade
    if origin == "experience":
        return Given(warnings=("grade-ignored",) if grade else ())
    if grade is None:
        return Given(reason="grade-missing")
    if origin not in HIGHER_EDUCATION:
        return _training(grade, rules)
    found = portuguese(grade, rules) if grade.scale == "pt" else foreign(grade, item.country, rules)
    if grade.scale == "pt" and item.country != "PT":
        found = replace(found, warnings=(*found.warnings, "portuguese-scale-abroad"))
    if grade.scale == "foreign" and item.country == "PT":
        found = replace(found, warnings=(*found.warnings, "foreign-scale-in-portugal"))
    if found.refuses:
        alone = replace(found, reason="failed-single-unit", rule="")
        return alone if origin == "single_units" else found
    return Given() if rules.takes("references", "literal") else found


@rule("training-grade")
def _training(grade: Grade, rules: RuleSet) -> Given:
    """10/5/c, f: outside higher education a grade stays, once its credibility is confirmed; how a
    foreign one would be converted is not said."""
    if grade.scale == "foreign":
        return Given(reason="training-grade")
    found = portuguese(grade, rules)
    warnings = (*found.warnings, "confirm-training")
    return replace(found, warnings=warnings, rule="training-grade")


@rule("grade-kept")
def portuguese(grade: Grade, rules: RuleSet) -> Given:
    """11/1-2: kept as it is."""
    value = number_in(grade)
    if value is None:
        word = grade.value.casefold()
        if word in FAILED_WORDS:
            return Given(reason="failed")
        if word not in PASSED_WORDS or rules.takes("qualitative", "human"):
            return Given(reason="qualitative-grade")
        return Given(warnings=("qualitative-grade",))
    if value < PASS:
        return Given(exact=value, reason="failed")
    if value.denominator != 1:
        return Given(exact=value, reason="grade-not-whole")
    return Given(int(value), value, "kept")


@rule("grade-by-classes", "grade-by-annex", "grade-by-order")
def foreign(grade: Grade, country: str, rules: RuleSet) -> Given:
    """11/4: a) where both distributions are known, else b) a numeric scale by Annex I, else c) an
    order of DGES that is withdrawn, so a person."""
    failed = Given(reason="failed", rule="grade-by-annex")
    if grade.value.casefold() in FAILED_WORDS:
        return failed
    value = number_in(grade)
    if value is not None and grade.min_pass is not None and grade.max is not None:
        inverted = grade.max < grade.min_pass
        if value > grade.min_pass if inverted else value < grade.min_pass:
            return failed
    found = _by_distributions(grade, value, rules)
    if found is not None:
        return found
    if value is None:
        return Given(reason="letter-without-distribution")
    if grade.min_pass is None or grade.max is None:
        return Given(reason="scale-unknown")
    return _annex(value, grade.min_pass, grade.max, country, rules)


def _by_distributions(grade: Grade, value: Fraction | None, rules: RuleSet) -> Given | None:
    """11/4/a; None where it cannot be applied."""
    if grade.host_classes is None or grade.home_classes is None:
        return None
    if value is None:
        letter = next((each for each in LETTERS if each == grade.value), None)
    else:
        letter = letter_of(value, grade.host_classes)
    if letter is None:
        return None
    exact = by_classes(letter, value, grade.host_classes, grade.home_classes, rules)
    if exact is None:
        return None
    warnings = ("letter-converted",) if value is None else ()
    return Given(rounded(exact, rules), exact, "classes", warnings=warnings)


@rule("grade-doubled", "grade-proportional")
def _annex(value: Fraction, least: Fraction, best: Fraction, country: str, rules: RuleSet) -> Given:
    """11/4/b, Annex I: doubled where 0 to 10 passes at 5. The tables for named countries and for
    other scales are missing; the formula that DGES uses is proposed in their place."""
    if (least, best) == DOUBLED:
        return Given(rounded(2 * value, rules), 2 * value, "doubled")
    listed = country in rules.edition.value("formula_exceptions")
    if (listed and rules.takes("formula_exceptions", "human")) or rules.takes("formula", "human"):
        return Given(reason="no-table")
    exact = proportional(value, least, best)
    warnings = ("proposed-formula",)
    return Given(rounded(exact, rules), exact, "proportional", warnings=warnings)


def proportional(value: Fraction, least: Fraction, best: Fraction) -> Fraction:
    """From the lowest pass mark and the best grade onto 10 and 20; inverted scales work too."""
    return min(Fraction(BEST), PASS + (value - least) / (best - least) * (BEST - PASS))


def rounded(exact: Fraction, rules: RuleSet) -> int:
    """Annex I does not say how; the exact value stays beside it."""
    half_up = rules.takes("grade_rounding", "half_up")
    return round_to(exact, 1, Rounding.HALF_UP if half_up else Rounding.FLOOR)
