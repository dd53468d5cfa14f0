"""A candidate's question: with these grades, where can I apply, and how does that stand?

Nothing is decided here. Every grade comes from the engine (`grades.graded_pairs`) on a contest of
one candidate; the last grades are those published. How it is told: docs/access/plan.md.
"""

from portaria.regulations.access.plan.account import (
    Choice,
    Grades,
    Missing,
    Plan,
    Standing,
    Target,
    Way,
    YearStanding,
    as_json,
)
from portaria.regulations.access.plan.asked import read_grades
from portaria.regulations.access.plan.planning import plan
from portaria.regulations.access.plan.requirements import (
    Requirements,
    folder_requirements,
    published_requirements,
)
from portaria.regulations.access.plan.search import Wanted

__all__ = [
    "Choice",
    "Grades",
    "Missing",
    "Plan",
    "Requirements",
    "Standing",
    "Target",
    "Wanted",
    "Way",
    "YearStanding",
    "as_json",
    "folder_requirements",
    "plan",
    "published_requirements",
    "read_grades",
]
