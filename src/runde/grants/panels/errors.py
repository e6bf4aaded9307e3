"""What panels refuse, by name."""

from __future__ import annotations

from runde.foundation.trust.api import Conflict, NotAllowed, Refused


class FieldsRefused(Refused):
    """What was typed does not hold together. `problems` maps field names to sentences."""

    @property
    def problems(self) -> dict[str, str]:
        found = self.facts["problems"]
        return (
            {str(name): str(sentence) for name, sentence in found.items()} if isinstance(found, dict) else {}
        )


class SetUpRefused(FieldsRefused):
    """Criteria, scale or deadline do not hold together."""

    code = "set_up_refused"


class WrongStage(Conflict):
    """The panel is not where the act belongs: started already, still scoring, or opened."""

    code = "wrong_stage"


class StillBlind(NotAllowed):
    """Nobody sees other people's scores before all are in, or the leader has closed the scoring."""

    code = "still_blind"


class ScoresRefused(FieldsRefused):
    """The sheet does not hold together. Fields are "points_" and "words_" with the criterion's key."""

    code = "scores_refused"


class LeaderHasInterest(NotAllowed):
    """Who has declared an interest in one of the cases cannot lead a competition between them."""

    code = "leader_has_interest"


class NotReady(Refused):
    """Something must be done first; the sentence says what."""

    code = "panel_not_ready"


class LineTooLow(Refused):
    """The money does not reach as far down as the line."""

    code = "line_too_low"


class RankingChanged(Conflict):
    """Somebody has changed scores or amounts since the page was shown, or since the line was drawn."""

    code = "ranking_changed"
