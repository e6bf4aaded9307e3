"""What each kind of question lets one decide, asked as questions of a form of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Asked = dict[str, Any]

LONGEST_LABEL = 300
MOST_OPTIONS = 60
FILE_KINDS = {"pdf": "PDF", "image": "Bilde", "document": "Tekstdokument", "spreadsheet": "Regneark"}
COLUMN_KINDS = {
    "text": "Kort tekst",
    "money": "Kroner",
    "integer": "Helt tall",
    "decimal": "Tall med komma",
    "share": "Prosent",
    "date": "Dato",
    "choice": "Ett av flere valg",
}


def asked(slug: str, kind: str, label: str, help_text: str = "", **more: Any) -> Asked:
    """A question of the builder's own pages; it may stand empty unless it says otherwise."""
    words = {"label": {"nb": label}} | ({"help": {"nb": help_text}} if help_text else {})
    return {"slug": slug, "type": kind, "required": False, **words, **more}


def options_of(choices: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"value": value, "label": {"nb": words}} for value, words in choices.items()]


def _cell(slug: str, label: str, **more: Any) -> Asked:
    return {"slug": slug, "type": "text", "label": {"nb": label}, "required": False, **more}


def _texts(word: str) -> list[Asked]:
    return [
        _cell("nb", f"{word}, bokmål", required=True, longest=LONGEST_LABEL),
        _cell("nn", f"{word}, nynorsk", longest=LONGEST_LABEL),
        _cell("en", f"{word}, engelsk", longest=LONGEST_LABEL),
    ]


def _code(what: str) -> Asked:
    return _cell("code", f"Kode for {what}", longest=30)


OPTIONS = asked(
    "options",
    "table",
    "Valgene",
    "Koden brukes i regler og lister. Vi lager den når den står tom. Endre den ikke når noen har svart.",
    required=True,
    errors={"empty": {"nb": "Skriv minst ett valg."}},
    columns=[*_texts("Valg"), _code("valget")],
    most_rows=MOST_OPTIONS,
    least_rows=1,
)
COLUMNS = asked(
    "columns",
    "table",
    "Kolonnene",
    "En rad her er en kolonne i tabellen. Bare tall og kroner kan summeres. Reglene får den første summen. "
    "Skriv valg slik: Lønn / Løn / Wages; Varer / Varer / Goods.",
    required=True,
    errors={"empty": {"nb": "Skriv minst én kolonne."}},
    columns=[
        *_texts("Kolonne"),
        {
            "slug": "kind",
            "type": "choice",
            "label": {"nb": "Slags svar"},
            "options": options_of(COLUMN_KINDS),
        },
        {
            "slug": "required",
            "type": "choice",
            "label": {"nb": "Må fylles ut"},
            "options": options_of({"yes": "Ja", "no": "Nei"}),
        },
        {
            "slug": "sum",
            "type": "choice",
            "label": {"nb": "Summeres"},
            "options": options_of({"no": "Nei", "yes": "Ja"}),
        },
        _cell("options", "Valgene, når svaret er et valg", longest=1000),
        _code("kolonnen"),
    ],
    most_rows=12,
)
MUNICIPALITIES = asked(
    "among",
    "long_text",
    "Kommuner det kan velges mellom",
    "Navn eller nummer, ett på hver linje. Står det tomt, kan alle velges.",
    longest=8000,
)


def _whole(slug: str, label: str, help_text: str = "", **more: Any) -> Asked:
    return asked(slug, "integer", label, help_text, **more)


def _rows(slug: str, label: str, usual: str) -> Asked:
    return _whole(slug, label, f"Står det tomt, er det {usual}.", least=1, most=200)


_LONGEST = {"text": "200", "long_text": "4 000"}
SETTINGS: Mapping[str, list[Asked]] = {
    **{
        kind: [_whole("longest", "Flest tegn", f"Står det tomt, er grensen {usual}.", least=1, most=20_000)]
        for kind, usual in _LONGEST.items()
    },
    "integer": [_whole("least", "Minste svar"), _whole("most", "Største svar")],
    "decimal": [
        asked("least", "decimal", "Minste svar", decimals=8),
        asked("most", "decimal", "Største svar", decimals=8),
        _whole("decimals", "Sifre etter komma", "Står det tomt, er det 2.", least=1, most=8),
    ],
    "share": [
        asked("least", "share", "Minste andel", decimals=4),
        asked("most", "share", "Største andel", "Står det tomt, er den 100 prosent.", decimals=4),
        _whole("decimals", "Sifre etter komma", "Står det tomt, er det 2.", least=0, most=4),
    ],
    "money": [
        asked("least", "money", "Minste beløp", "Skriv 0 når svaret ikke kan være under null."),
        asked("above", "money", "Må være mer enn"),
        asked("most", "money", "Største beløp"),
        asked(
            "decimals",
            "choice",
            "Kroner og øre",
            options=options_of({"2": "Kroner og øre", "0": "Bare hele kroner"}),
        ),
    ],
    "date": [asked("earliest", "date", "Tidligste dato"), asked("latest", "date", "Seneste dato")],
    "period": [asked("earliest", "date", "Tidligste dato"), asked("latest", "date", "Seneste dato")],
    "choice": [OPTIONS],
    "several_choices": [
        OPTIONS,
        _whole("least", "Færrest valg", least=1, most=MOST_OPTIONS),
        _whole("most", "Flest valg", least=1, most=MOST_OPTIONS),
    ],
    "file": [
        _whole("most", "Flest filer", "Står det tomt, er det 1.", least=1, most=50),
        asked(
            "kinds",
            "several_choices",
            "Slags filer",
            "Står alle tomme, er alle tillatt.",
            options=options_of(FILE_KINDS),
        ),
    ],
    "table": [
        COLUMNS,
        _rows("least_rows", "Færrest rader", "1"),
        _rows("most_rows", "Flest rader", "50"),
    ],
    "municipality": [MUNICIPALITIES],
}
"""Kinds that are not named have nothing to decide."""
WITH_UNIT = ("integer", "decimal")
WITHOUT_ANSWER = ("information",)
