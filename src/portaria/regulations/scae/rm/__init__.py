"""The adapter of TOTVS RM: the neutral tables of `schemas.py` as views over the tables of RM.

What no public page gives (the columns of the logs, the custom columns) stands in a mapping file,
`rm.toml`; nothing of it is guessed.
"""
