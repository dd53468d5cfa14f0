"""The slow reference of recruitment lists (Proc. 006/2017 of IPO Porto, Aviso 8072/2017): plain
Python, exact, written from the notices. Tests prove the engine with it; nothing else uses it.

`evaluate(tables, on)` answers a whole procedure on one day; `application` and `admission` one
application under Aviso 8072/2017; `hearing` one list's hearing.
"""

from .application import admission, application, apply_by
from .evaluation import evaluate
from .hearing import hearing
from .procedure import BadProcedure
from .readings import READINGS

__all__ = [
    "READINGS",
    "BadProcedure",
    "admission",
    "application",
    "apply_by",
    "evaluate",
    "hearing",
]
