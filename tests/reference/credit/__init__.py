"""The slow reference of credit recognition (Regulamento 438/2017): plain Python, exact, written
from the articles. Tests prove the engine with it; nothing else uses it.

`assess` answers a whole request; the modules, in the order of the articles, answer one question
each: scope (1-2), caps (3), sources (4), deadlines (5, 16), documents (6), fees (6, 15, 18),
reentry (7), workload (10), grades, comparability and mobility (11, Annex I), experience (12),
commission (13-15), students (4/5, 17, 18).
"""

from .assessment import Assessment, assess
from .readings import READINGS
from .request import BadRequest

__all__ = ["READINGS", "Assessment", "BadRequest", "assess"]
