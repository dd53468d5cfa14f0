"""Lines out of texts: padded to their widths, or between separators."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from portaria.regulations.scae.layout.model import Block, Column, Layout


def lines_of(layout: Layout, block: Block, texts: Sequence[str]) -> pl.Expr:
    """The column `line`, from the names of the texts of the block's columns."""
    cells = (pl.col(name).fill_null("") for name in texts)
    if layout.fixed:
        padded = [_padded(column, cell) for column, cell in zip(block.columns, cells, strict=True)]
        return pl.concat_str(padded).alias("line")
    quoted = [
        _quoted(cell, layout) if _may_need_quotes(column) else cell
        for column, cell in zip(block.columns, cells, strict=True)
    ]
    return pl.concat_str(quoted, separator=layout.separator).alias("line")


def header_line(layout: Layout, block: Block) -> str:
    """The names of the columns, as their values stand."""
    names = [column.name for column in block.columns]
    if layout.fixed:
        return "".join(
            name.rjust(column.width or 0) if column.right else name.ljust(column.width or 0)
            for name, column in zip(names, block.columns, strict=True)
        )
    if layout.quote:
        marks = (layout.separator, layout.quote)
        twice = layout.quote * 2
        names = [
            f"{layout.quote}{name.replace(layout.quote, twice)}{layout.quote}"
            if any(mark in name for mark in marks)
            else name
            for name in names
        ]
    return layout.separator.join(names)


def _padded(column: Column, cell: pl.Expr) -> pl.Expr:
    """A cell at its width. Nothing stays blank whatever the pad: no hours are not zero hours."""
    width = column.width or 0
    side = cell.str.pad_start if column.right else cell.str.pad_end
    if column.pad == " ":
        return side(width, " ")
    return pl.when(cell == "").then(pl.lit(" " * width)).otherwise(side(width, column.pad))


def _may_need_quotes(column: Column) -> bool:
    """Whole numbers never hold a mark; everything else may."""
    return not (column.source is not None and column.source.kind == "number" and not column.format)


def _quoted(cell: pl.Expr, layout: Layout) -> pl.Expr:
    """A cell between quotes where it holds a separator or a quote, the quote doubled."""
    if not layout.quote:
        return cell
    quote = layout.quote
    doubled = cell.str.replace_all(quote, quote * 2, literal=True)
    needs = cell.str.contains_any([layout.separator, quote])
    return pl.when(needs).then(pl.lit(quote) + doubled + pl.lit(quote)).otherwise(cell)
