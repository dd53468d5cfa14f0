"""The language, clauses and names that every line of an account has in common."""

from __future__ import annotations

from portaria.core.messages import Message, declare, render
from portaria.documents.cef.paper import COMPONENTS
from portaria.documents.citation import cite
from portaria.regulations.cef.explain import Explanation

TOGETHER = declare("cef-told-together", "the general components together")
COMPONENT = declare("cef-told-component", "{component} component")


class Telling:
    """An account to be told in one language, that of its edition unless another is asked for."""

    def __init__(self, told: Explanation, lang: str | None = None) -> None:
        self.told = told
        self.lang = lang or told.language
        self._cited: set[str] = set()

    def say(self, code: str, cited: str = "", /, **params: object) -> str:
        """A declared sentence, with the clause it stands on before its full stop."""
        sentence = render(Message(code, params), self.lang)
        if not cited:
            return sentence
        stop = "." if sentence.endswith(".") else ""
        clause = cite(cited.removeprefix("CEF "), self.lang)
        return f"{sentence.removesuffix('.')} [{clause}]{stop}"

    def say_once(self, code: str, cited: str, /, **params: object) -> str:
        """The same, with the clause where it stands in the account for the first time."""
        known = cited in self._cited
        self._cited.add(cited)
        return self.say(code, "" if known else cited, **params)

    def part(self, code: str) -> str:
        """A component by its name; a subject as it is called."""
        if code == "general":
            return self.say(TOGETHER)
        if code in COMPONENTS:
            return self.say(COMPONENT, component=self.say(COMPONENTS[code]).lower())
        return code
