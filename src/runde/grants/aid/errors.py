"""What the aid ledger refuses, by name."""

from __future__ import annotations

from runde.foundation.trust.api import NotFound, Refused


class OverCeiling(Refused):
    """An award would take its undertaking past a ceiling. Facts: `over`, `{key: sentence}`."""

    code = "over_aid_ceiling"


class NoCeiling(Refused):
    """The rule has no ceiling for the day, or none that is confirmed: whether the award fits cannot be known."""

    code = "no_aid_ceiling"


class NoSuchAid(NotFound):
    """No such aid among what this municipality has written down."""

    code = "no_such_aid"


class OddRuling(Refused):
    """What was said of two units does not hold together."""

    code = "odd_ruling"
