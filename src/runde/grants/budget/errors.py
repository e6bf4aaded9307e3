"""What the room refuses, by name, with a sentence for the person at the screen."""

from __future__ import annotations

from runde.foundation.trust.api import Conflict, Refused


class CodingRefused(Refused):
    """The coding lacks something or has an odd code. Fact: `field`."""

    code = "budget_coding"


class NoCoding(Refused):
    """Nobody has said how the accounts are coded on the day."""

    code = "budget_no_coding"


class NothingToSettle(Refused):
    """Nothing is bound in the case that may be let go."""

    code = "budget_nothing_to_settle"


class RestChanged(Conflict):
    """What is bound in the case is no longer what was asked for."""

    code = "budget_rest_changed"
