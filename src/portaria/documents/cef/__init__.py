"""The papers of a CEF class: sheets, lists, minutes, plans, notices and certificates."""
