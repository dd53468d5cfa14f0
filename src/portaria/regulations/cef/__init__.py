"""Vocational courses (CEF, type 2): from absences and grades to certificates."""
