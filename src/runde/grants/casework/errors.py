"""What casework refuses, by name."""

from __future__ import annotations

from collections.abc import Sequence

from runde.foundation.trust.api import Conflict, NotAllowed, Refused


class NotDeclared(NotAllowed):
    """The person has not said whether they are impartial. `cases` are the numbers."""

    code = "not_declared"


class HasInterest(NotAllowed):
    """The person has declared an interest in the case and may not act in it."""

    code = "has_interest"


class AlreadyDeclared(Conflict):
    """A declaration stands; it is never changed. An interest may be declared later, not taken back."""

    code = "already_declared"


class LinesRefused(Refused):
    """Some lines do not hold together. `problems` maps case numbers to sentences."""

    code = "lines_refused"


class NothingLeft(Refused):
    """Every case fell out of the set. `left_out` says why."""

    code = "nothing_left"


class TooLittleMoney(Refused):
    """The decided sources cannot carry the awards. Facts: `short_nok`, `cases` (numbers)."""

    code = "too_little_money"


class ForTheBoard(Refused):
    """The proposal goes to a political body: what it decides is registered, not approved."""

    code = "for_the_board"


class FinalDecision(Refused):
    """The decision carries out the appeal body's word, and cannot be appealed."""

    code = "final_decision"


class AlreadyHandled(Conflict):
    """The proposal has been approved or returned."""

    code = "already_handled"


class CaseDecided(Conflict):
    """The case has a decision; only a new decision can change it."""

    code = "case_decided"


class GrantStands(Refused):
    """A grant cannot be lowered below what is in a bank file or paid: that money must be claimed back.

    Facts: `least_nok`, `case`.
    """

    code = "grant_stands"


class WrongVersion(Refused):
    """The version cannot judge these cases: it is of another scheme, or the form never asked for what it needs."""

    code = "wrong_version"


class Unsaid(Refused):
    """Words that must be written are missing, or too many."""

    code = "unsaid"


class NotWaiting(Conflict):
    """The act no longer fits where the case is: answered, closed, accepted or decided by somebody meanwhile."""

    code = "not_waiting"


class TookPart(NotAllowed):
    """The person took part in the decision an appeal is about, and may take no part in the appeal."""

    code = "took_part"


class NotToHarm(Refused):
    """The change would leave the party worse off where the law forbids it."""

    code = "not_to_harm"


class TooOld(Refused):
    """More than a year has gone since the decision: a late appeal can no longer be heard."""

    code = "too_old"


class WrongFigure(Refused):
    """What was typed cannot be a figure of this kind in the calculation."""

    code = "wrong_figure"


class StageMissing(Refused):
    """The form asks for something at this stage that has not been answered and sent."""

    code = "stage_missing"


class VersionMissing(Exception):
    """The version a case is judged by is gone or altered. A fault in the house: nothing may be judged instead."""


def counted_cases(count: int) -> str:
    """ "én sak", "3 saker" """
    return "én sak" if count == 1 else f"{count} saker"


def listed(numbers: Sequence[str], most: int = 5) -> str:
    """ "26/1, 26/2 og 3 til" """
    shown = ", ".join(numbers[:most])
    more = len(numbers) - most
    return f"{shown} og {more} til" if more > 0 else shown
