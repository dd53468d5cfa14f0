"""Phases 2 and 3 of a contest (arts. 41 to 50): seats by the formula, holders, placement."""
