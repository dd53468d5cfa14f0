"""The report of a contest in words: what `regulations.access.report` gives, as a document."""

from portaria.documents.access_report.document import document

__all__ = ["document"]
