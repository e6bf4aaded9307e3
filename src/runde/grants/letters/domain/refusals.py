"""What the room for letters refuses, by name."""

from __future__ import annotations

from collections.abc import Sequence

from runde.foundation.trust.api import Conflict, NotAllowed, Refused


class UnknownKind(Refused):
    """No kind of letter with that name."""

    code = "unknown_letter_kind"


class TextRefused(Refused):
    """A text that cannot stand in a letter as it is written."""

    code = "letter_text_refused"


class TemplateNotReady(Refused):
    """A template lacks something; `problems` are whole sentences."""

    code = "letter_template_not_ready"

    def __init__(self, message: str, *, problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class ChangedMeanwhile(Conflict):
    """Somebody else has changed the template since it was read."""

    code = "letter_template_changed"


class WrongState(Conflict):
    """The template is not in a state where this can be done."""

    code = "letter_template_state"


class OwnText(NotAllowed):
    """Who has written in a template may not approve it."""

    code = "own_letter_text"


class LockedText(Refused):
    """A text the law or the decision fixes."""

    code = "locked_letter_text"
