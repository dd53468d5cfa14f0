"""The slow reference of the monthly SCAE load: plain Python, exact, written from the text of the
extractor. Tests prove the fast engine with it; nothing else uses it."""

from .ledger import Ledger
from .load import Load, Refused, load
from .readings import READINGS

__all__ = ["READINGS", "Ledger", "Load", "Refused", "load"]
