"""What takes long to make, held in the memory of a process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Held(Generic[Made]):
    """The few used last, each made once however many ask at the same time."""

    def __init__(self, most: int) -> None:
        self.most, self.lock = most, threading.Lock()
        self.found: OrderedDict[Hashable, Made] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is held under a key, made now where it is not."""
        with self.lock:
            if key not in self.found:
                self.found[key] = make()
                while len(self.found) > self.most:
                    self.found.popitem(last=False)
            self.found.move_to_end(key)
            return self.found[key]
