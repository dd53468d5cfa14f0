"""The layouts that come with the program, and those in files of the user's own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message
from portaria.regulations.scae.layout import words
from portaria.regulations.scae.layout.model import Layout
from portaria.regulations.scae.layout.read import read_layout

SUFFIX = ".toml"


def shipped() -> list[str]:
    """The names of the layouts that come with the program; none of them is official."""
    names = (file.name for file in (files(__package__) / "layouts").iterdir())
    return sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))


def find_layout(name_or_path: str | Path) -> Layout:
    """A shipped layout by its name, or one in a file.

    UsageError, with those known, where there is none; InputError, with every problem, where the
    layout cannot be used.
    """
    name = str(name_or_path)
    if name in shipped():
        layout, problems = read_layout(files(__package__) / "layouts" / f"{name}{SUFFIX}")
    elif name.endswith(SUFFIX) and Path(name).is_file():
        layout, problems = read_layout(Path(name))
    else:
        known = ", ".join(shipped())
        raise UsageError(Message(words.UNKNOWN_LAYOUT, {"layout": name, "known": known}))
    if layout is None:
        raise InputError(Message(words.UNUSABLE, {"layout": name}), problems)
    return layout


def notice(layout: Layout) -> Message | None:
    """What must be said of a file in a layout that is not the official one."""
    return None if layout.official else Message(words.UNOFFICIAL, {"layout": layout.name})
