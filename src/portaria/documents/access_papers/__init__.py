"""The papers of a contest: receipt, individual record, notices, lists and the calendar.

Each is made of plain data alone, with no database and no clock: the same data, the same bytes.
"""
