"""The slow reference of vocational courses (CEF type 2): plain Python, exact, written from the
articles. Tests prove the engine with it; nothing else uses it.

`evaluate(tables, on)` answers a whole class on one day; the modules, in the order of the articles,
answer one question each: admission (1-2), team (5, 7), meetings (8, 10), attendance (11),
recovery, follow_up, measures and exclusions (12), grades (14-15), progress (16-18), certification
(18, 20), practice (11, 19, 21, 24), paf (29, 32-34), validity (35-37), and across them deadlines
and sheets.
"""

from .course import BadCourse
from .deadlines import deadline
from .evaluation import Evaluation, evaluate
from .meetings import quorum
from .readings import READINGS

__all__ = ["READINGS", "BadCourse", "Evaluation", "deadline", "evaluate", "quorum"]
