"""The finding in words: how many, what it costs, whether the money holds."""

from __future__ import annotations

from dataclasses import dataclass

from runde.engine.reference.api import amount_text
from runde.engine.whatif import Reach

from .amounts import companies_text, listed, money_text, range_text
from .planned import Planned
from .scope import Scope


@dataclass(frozen=True)
class Finding:
    """Short sentences. `figure` and `cost` stand out; each is followed by the rest of its sentence."""

    figure: str
    reach: str
    cost_lead: str = ""
    cost: str = ""
    budget: str = ""
    typical: str = ""

    @property
    def sentence(self) -> str:
        cost = f"{self.cost_lead} {self.cost}." if self.cost else ""
        parts = (f"{self.figure} {self.reach}", cost, self.budget, self.typical)
        return " ".join(part.strip() for part in parts if part.strip())


def finding_of(reach: Reach, scope: Scope) -> Finding:
    if reach.eligible is None:
        return Finding("", f"Hvor mange virksomheter {scope.words} som kan få støtte, er ikke vist.")
    if reach.eligible == 0:
        return Finding("Ingen virksomheter", f"{scope.words} kan få støtte.", budget=asked_instead(reach))
    return Finding(
        companies_text(reach.eligible),
        f"{scope.words} kan få støtte.",
        "Forventet kostnad",
        cost_of(reach),
        budget_of(reach),
        typical_of(reach),
    )


def asked_instead(reach: Reach) -> str:
    """Nobody is sure of support, but some would be asked or weighed."""
    if reach.unknown is None or reach.refer is None:
        return ""
    waiting = reach.unknown + reach.refer
    return f"For {companies_text(waiting)} vet vi ikke nok til å si det." if waiting else ""


def cost_of(reach: Reach) -> str:
    low, high = reach.cost.low_nok, reach.cost.high_nok
    return "er ikke vist" if low is None or high is None else range_text(low, high)


def budget_of(reach: Reach) -> str:
    if not reach.sources:
        return ""
    return f"Rammen på {money_text(reach.budget_nok)} {holds_text(reach.holds_in)}"


def holds_text(holds_in: int) -> str:
    words = {0: "holder ikke i noen av de tre anslagene.", 3: "holder i alle tre anslagene."}
    return words.get(holds_in, f"holder i {holds_in} av 3 anslag.")


def typical_of(reach: Reach) -> str:
    if reach.median_nok is None:
        return ""
    return f"Et typisk tilskudd er {amount_text(reach.median_nok)}."


def contradictions_of(reach: Reach, planned: Planned) -> tuple[str, ...]:
    """Requirements that nobody meets, alone or at once."""
    alone = (
        f"Ingen virksomheter oppfyller krav {planned.number(slug)}: {planned.requirement(slug)}"
        for slug in reach.met_by_nobody
    )
    pairs = (
        f"Ingen virksomheter kan oppfylle krav {listed(_numbers(planned, pair))} samtidig."
        for pair in reach.contradictions
    )
    return (*alone, *pairs)


def _numbers(planned: Planned, slugs: tuple[str, ...]) -> list[str]:
    return [str(number) for number in sorted(planned.number(slug) for slug in slugs)]


def missing_of(reach: Reach, planned: Planned) -> tuple[str, ...]:
    """What nobody has stated: asked for, never guessed."""
    lacking = [
        f"Vi vet ikke {lower_first(planned.label(name))} for virksomhetene. Oppgi en antakelse."
        for name in reach.missing
    ]
    if not planned.says_take_up:
        lacking.append(
            "Vi vet ikke hvor mange som vil søke, og regner med at alle gjør det. Oppgi en antakelse."
        )
    return tuple(lacking)


def lower_first(text: str) -> str:
    """Inside a sentence; abbreviations keep their letters."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
