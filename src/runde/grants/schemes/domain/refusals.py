from __future__ import annotations

from runde.foundation.trust.api import Refused


class SchemeRefused(Refused):
    """A scheme cannot be published as it is; `facts["problems"]` lists why."""

    code = "scheme_refused"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("Ordningen kan ikke publiseres ennå. " + " ".join(problems), problems=problems)


class CallRefused(Refused):
    """A call cannot be made or published as it is."""

    code = "call_refused"


class SourceRefused(Refused):
    """A funding source cannot be registered or changed like this."""

    code = "source_refused"
