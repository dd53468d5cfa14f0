"""The summary of a monthly load in words: what `regulations.scae.report` counts, as a document."""

from portaria.documents.scae_report.document import document

__all__ = ["document"]
