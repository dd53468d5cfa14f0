"""The file that SCAE imports, written from the load through a layout: TOML, not code.

The official layout is not public. Those shipped are our own and say so in their first line; whoever
holds the official one writes it as TOML (docs/scae/layout.md) and changes no code.
"""

from portaria.regulations.scae.layout.find import find_layout, notice, shipped
from portaria.regulations.scae.layout.model import Block, Column, Layout
from portaria.regulations.scae.layout.read import read_layout
from portaria.regulations.scae.layout.render import render

__all__ = [
    "Block",
    "Column",
    "Layout",
    "find_layout",
    "notice",
    "read_layout",
    "render",
    "shipped",
]
