"""Before something is proposed: is every criterion gone past explained, and are like cases treated alike?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from runde.grants.precedents.api import Departure, Features

from ..domain.deviating import departure_problem, deviation_problems, kept_deviations
from ..domain.lines import Line
from ..errors import LinesRefused
from ..models import Case, ProposalLine
from ..queries.features import departures, features_at, features_of_checks, needs_comparing, standing_of


@dataclass(frozen=True, slots=True)
class Compared:
    """By case: how it stands, and how its line departs from like cases. Only lines a person has weighed are in it."""

    features: Mapping[UUID, Features]
    departures: Mapping[UUID, Departure]

    def explained(self, line: Line) -> dict[str, Any]:
        """What is kept of the reasons with the line: those that are in fact needed."""
        ours, away = self.features.get(line.case_id), self.departures.get(line.case_id)
        kept: dict[str, Any] = {"deviations": kept_deviations(line, ours.missed) if ours else []}
        if away is not None:
            kept["departs_from"] = _told(away)
            if departure_problem(line, away) is None:
                kept["departure_code"] = line.departure_code
                kept["departure_words"] = line.departure_words.strip()
        return kept


def compare_lines(
    cases: Sequence[Case], lines: Mapping[UUID, Line], checks: Mapping[UUID, UUID], at: datetime
) -> Compared:
    """Against the precedents that stand now. A fixed number of statements, and a few for each that may depart."""
    weighed = [case for case in cases if needs_comparing(lines[case.id], standing_of(case))]
    if not weighed:
        return Compared({}, {})
    features = features_of_checks({case.id: checks[case.id] for case in weighed}, at)
    return Compared(features, departures(((lines[case.id], standing_of(case)) for case in weighed), features))


def refuse_unexplained(cases: Sequence[Case], lines: Mapping[UUID, Line], compared: Compared) -> None:
    """Raises LinesRefused: `problems` has a sentence for each case, `unexplained` each by what it is about."""
    problems: dict[str, str] = {}
    unexplained: dict[str, dict[str, str]] = {}
    for case in cases:
        found = _unexplained(lines[case.id], compared)
        if found:
            problems[case.number] = next(iter(found.values()))
            unexplained[case.number] = found
    if problems:
        number, sentence = next(iter(problems.items()))
        raise LinesRefused(f"Sak {number}: {sentence}", problems=problems, unexplained=unexplained)


def departed_meanwhile(lines: Sequence[ProposalLine], at: datetime) -> set[UUID]:
    """Cases whose like have been decided otherwise since they were proposed, when no reason has been given for it."""
    compared = {}
    for line in lines:
        asked = Line(line.case_id, line.outcome, line.reason_code, line.amount_nok or None)
        if (
            not line.departure_code
            and not line.replaces_id
            and needs_comparing(asked, standing_of(line.case))
        ):
            compared[line.case_id] = (line, asked)
    features = {
        case_id: features_at(line.check_run.verdict, line.case.application, at)
        for case_id, (line, _) in compared.items()
    }
    return set(departures(((asked, standing_of(line.case)) for line, asked in compared.values()), features))


def _unexplained(line: Line, compared: Compared) -> dict[str, str]:
    ours = compared.features.get(line.case_id)
    if ours is None:
        return {}
    found = {f"deviation:{slug}": text for slug, text in deviation_problems(line, ours.missed).items()}
    away = departure_problem(line, compared.departures.get(line.case_id))
    return found | ({"departure": away} if away else {})


def _told(away: Departure) -> dict[str, Any]:
    return {
        "kind": away.kind,
        "sentence": away.sentence,
        "decisions": [str(decision) for decision in away.from_decisions],
    }
