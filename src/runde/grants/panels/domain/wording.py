"""What an applicant is told of the ranking, in their own language: points, place and where the line was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from runde.engine.reference.api import Language, number_text

from .criteria import Criterion, Scale
from .ranking import Ranked

TOLD: dict[Language, str] = {
    "nb": "Panelet ga søknaden {mean} av {highest} poeng i gjennomsnitt. Den ble nummer {place} av {count}, og det er "
    "penger til {first}.",
    "nn": "Panelet gav søknaden {mean} av {highest} poeng i gjennomsnitt. Ho vart nummer {place} av {count}, og det er "
    "pengar til {first}.",
    "en": "The panel gave the application {mean} of {highest} points on average. It came as number {place} of {count}. "
    "There is money for {first}.",
}
FIRST: dict[Language, tuple[str, str]] = {
    "nb": ("den første", "de {above} første"),
    "nn": ("den første", "dei {above} første"),
    "en": ("the first", "the first {above}"),
}
PARTS: dict[Language, str] = {
    "nb": "Slik fordelte poengene seg: {parts}.",
    "nn": "Slik fordelte poenga seg: {parts}.",
    "en": "The points by criterion: {parts}.",
}
TIE: dict[Language, dict[str, str]] = {
    "nb": {
        "heaviest": "Flere fikk like mange poeng. Da gikk den foran som fikk flest på kriteriet som teller mest.",
        "earliest": "Flere fikk like mange poeng. Da gikk den foran som søkte først.",
        "smallest": "Flere fikk like mange poeng. Da gikk den foran som trenger det minste beløpet.",
        "drawn": "Flere fikk like mange poeng. Rekkefølgen mellom dem ble avgjort ved loddtrekning.",
    },
    "nn": {
        "heaviest": "Fleire fekk like mange poeng. Då gjekk den føre som fekk flest på kriteriet som tel mest.",
        "earliest": "Fleire fekk like mange poeng. Då gjekk den føre som søkte først.",
        "smallest": "Fleire fekk like mange poeng. Då gjekk den føre som treng det minste beløpet.",
        "drawn": "Fleire fekk like mange poeng. Rekkjefølgja mellom dei vart avgjord ved loddtrekking.",
    },
    "en": {
        "heaviest": "Several had the same points. Then the one with most on the weightiest criterion came first.",
        "earliest": "Several had the same points. Then the one that applied first came first.",
        "smallest": "Several had the same points. Then the one that needs the smallest amount came first.",
        "drawn": "Several had the same points. The order between them was drawn by lot.",
    },
}


def points_text(points: Fraction, language: Language = "nb") -> str:
    """ "4", "4,5" or "4,33": no more decimals than are needed, at most two."""
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    decimals = next((few for few in (0, 1) if points * 10**few == int(points * 10**few)), 2)
    return number_text(exact, language, decimals)


def words_for(
    one: Ranked,
    criteria: Sequence[Criterion],
    scale: Scale,
    placed: tuple[int, int],
    tie_rule: str,
    language: Language,
) -> str:
    """The reason in full. `placed` is how many were ranked and how many of them lie above the line."""
    count, above = placed
    lines = [
        TOLD[language].format(
            mean=points_text(one.mean, language),
            highest=scale.highest,
            place=one.place,
            count=count,
            first=FIRST[language][above > 1].format(above=above),
        ),
        PARTS[language].format(parts=", ".join(_part(one, criterion, language) for criterion in criteria)),
    ]
    if one.shared_with:
        lines.append(TIE[language][tie_rule])
    return "\n".join(lines)


def _part(one: Ranked, criterion: Criterion, language: Language) -> str:
    return f"{criterion.label.strip()} {points_text(one.by_criterion[criterion.key], language)}"
