"""What the form builder calls things: kinds of questions, stages, mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGE_WORDS = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk"}


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind of question. `example` is a question one could ask in that way."""

    code: str
    name: str
    example: str


GROUPS: tuple[tuple[str, tuple[KindWords, ...]], ...] = (
    (
        "Tekst",
        (
            KindWords("text", "Kort tekst", "Én linje: «Hva heter prosjektet?»"),
            KindWords("long_text", "Lang tekst", "Flere linjer: «Hva skal pengene gå til?»"),
        ),
    ),
    (
        "Tall og penger",
        (
            KindWords("money", "Kroner", "«Hvor mye søker dere om?»"),
            KindWords("integer", "Helt tall", "«Hvor mange lærlinger har dere?»"),
            KindWords("decimal", "Tall med komma", "«Hvor mange årsverk har dere?»"),
            KindWords("share", "Prosent", "«Hvor stor del av tida er bedriften åpen?»"),
            KindWords("table", "Tabell med rader og sum", "Et kostnadsbudsjett, en liste over ansatte."),
        ),
    ),
    (
        "Valg",
        (
            KindWords("yes_no", "Ja eller nei", "«Har dere fått annen støtte?»"),
            KindWords("choice", "Ett av flere valg", "«Hva slags tiltak er det?»"),
            KindWords("several_choices", "Ett eller flere valg", "«Hvem er tiltaket for?»"),
        ),
    ),
    (
        "Dager",
        (
            KindWords("date", "Dato", "«Når startet virksomheten?»"),
            KindWords("period", "Periode", "Fra og til: «Når varer prosjektet?»"),
        ),
    ),
    (
        "Vedlegg og opplysninger vi kan kontrollere",
        (
            KindWords("file", "Vedlegg", "«Legg ved regnskapet.»"),
            KindWords("account_number", "Kontonummer", "Vi kontrollerer sifrene."),
            KindWords("municipality", "Kommune", "Velges fra lista over kommuner."),
            KindWords("industry", "Næring", "Søkes fram blant næringskodene."),
        ),
    ),
    (
        "Uten vanlig svar",
        (
            KindWords("declaration", "Erklæring", "Krysses av: «Jeg bekrefter at opplysningene er riktige.»"),
            KindWords(
                "information", "Tekst å lese", "En forklaring mellom spørsmålene. Ingen svarer på den."
            ),
        ),
    ),
)
KINDS: Mapping[str, KindWords] = {one.code: one for _, kinds in GROUPS for one in kinds}

STAGES: Mapping[str, str] = {
    "draft": "I søknaden, for å gå videre til neste side",
    "submit": "I søknaden, for å sende inn",
    "acceptance": "Når tilskuddet godtas",
    "payment": "Før utbetaling",
    "report": "I rapporten",
}
STAGE_TAGS: Mapping[str, str] = {
    "draft": "for å gå videre",
    "submit": "for å sende inn",
    "acceptance": "når tilskuddet godtas",
    "payment": "før utbetaling",
    "report": "i rapporten",
}
STAGE_PAGES: Mapping[str, str] = {
    "submit": "Søknaden",
    "acceptance": "Når tilskuddet godtas",
    "payment": "Før utbetaling",
    "report": "Rapporten",
}

EMPTY = "Når svaret mangler"
MISTAKES: Mapping[str, Mapping[str, str]] = {
    "text": {"empty": EMPTY, "too_long": "Når teksten er for lang"},
    "long_text": {"empty": EMPTY, "too_long": "Når teksten er for lang"},
    "integer": {"empty": EMPTY, "too_low": "Når tallet er for lavt", "too_high": "Når tallet er for høyt"},
    "decimal": {"empty": EMPTY, "too_low": "Når tallet er for lavt", "too_high": "Når tallet er for høyt"},
    "share": {"empty": EMPTY, "too_low": "Når andelen er for lav", "too_high": "Når andelen er for høy"},
    "money": {"empty": EMPTY, "too_low": "Når beløpet er for lavt", "too_high": "Når beløpet er for høyt"},
    "date": {"empty": EMPTY, "too_early": "Når datoen er for tidlig", "too_late": "Når datoen er for sen"},
    "period": {
        "empty": EMPTY,
        "too_early": "Når en dato er for tidlig",
        "too_late": "Når en dato er for sen",
    },
    "choice": {"choose": EMPTY},
    "several_choices": {
        "choose": EMPTY,
        "too_few_choices": "Når det er valgt for få",
        "too_many_choices": "Når det er valgt for mange",
    },
    "yes_no": {"choose": EMPTY},
    "file": {"attach": "Når vedlegget mangler", "too_many_files": "Når det er for mange filer"},
    "table": {
        "empty": "Når tabellen er tom",
        "too_few_rows": "Når det er for få rader",
        "too_many_rows": "Når det er for mange rader",
    },
    "account_number": {"empty": EMPTY},
    "municipality": {"choose": EMPTY},
    "industry": {"choose": EMPTY},
    "declaration": {"confirm": "Når det ikke er krysset av"},
    "information": {},
}
"""The mistakes whose words a form may replace, by kind; the rest are always told in our own."""
