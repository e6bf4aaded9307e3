"""What the worklist says about a case: one line, the reason with how far off it was."""

from __future__ import annotations

from runde.engine.rules import CriterionResult, Verdict

LONGEST = 300


def reason_line(verdict: Verdict) -> str:
    """ "Alle 6 krav er oppfylt", "Fall i omsetning 26,4 prosent: mangler 3,6 prosentpoeng", "2 svar mangler: …" """
    if verdict.lane == "green":
        return f"Alle {len(verdict.criteria)} krav er oppfylt"
    failing = _refusing_first(verdict)
    if failing:
        line = _shortfall(failing[0])
        more = len(failing) - 1
        return _cut(f"{line} (og {more} krav til)" if more else line)
    return _cut(_missing_line(verdict))


def _refusing_first(verdict: Verdict) -> list[CriterionResult]:
    return sorted(verdict.not_met, key=lambda result: result.when_not_met != "refuse")


def _shortfall(result: CriterionResult) -> str:
    distance = result.distance
    named = {value.name: value for value in result.values}
    if distance is None or distance.name not in named:
        return result.texts["nb"]["reason"]
    value = named[distance.name]
    return f"{value.label['nb']} {value.shown('nb')}: {distance.sentence('nb')}"


def _missing_line(verdict: Verdict) -> str:
    missing = [one.label.get("nb", one.name) for one in verdict.missing]
    if not missing:
        return "Må vurderes"
    count = "Ett svar mangler" if len(missing) == 1 else f"{len(missing)} svar mangler"
    return f"{count}: {', '.join(missing)}"


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
