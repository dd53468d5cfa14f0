"""Tables of whole numbers that grow by pieces: what a world is kept in until it is written."""

from __future__ import annotations

import numpy as np

from portaria.regulations.scae.generate.sources import Bools, Ints


class Rows:
    """Columns of int64, all of one length; codes and days are numbers until the tables are made."""

    def __init__(self, *names: str) -> None:
        self._pieces: dict[str, list[Ints]] = {name: [] for name in names}
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def next(self, count: int) -> Ints:
        """The numbers that the next `count` rows will have."""
        return self._length + np.arange(count, dtype=np.int64)

    def add(self, **columns: Ints | Bools | int) -> None:
        """Rows at the end; a single number fills its column. Every column has to be given."""
        if columns.keys() != self._pieces.keys():
            raise TypeError(f"columns {sorted(columns)} given, {sorted(self._pieces)} meant")
        count = max(np.size(values) for values in columns.values() if np.ndim(values))
        for name, values in columns.items():
            filled = np.broadcast_to(np.asarray(values, np.int64), (count,))
            self._pieces[name].append(filled)
        self._length += count

    def __getitem__(self, name: str) -> Ints:
        """A whole column."""
        pieces = self._pieces[name]
        if len(pieces) != 1:
            whole = np.concatenate(pieces) if pieces else np.zeros(0, np.int64)
            self._pieces[name] = [whole]
        return self._pieces[name][0]
