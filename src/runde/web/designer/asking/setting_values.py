"""The settings of a question as answers on the builder's page, and those answers as settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from runde.engine.reference.api import LANGUAGES, list_municipalities
from runde.foundation.forms.api import Json
from runde.web.designer.asking.settings import COLUMN_KINDS, SETTINGS
from runde.web.designer.naming import plain_name, unused_name

Question = Mapping[str, Any]
Row = dict[str, str]

SUMMED = ("integer", "decimal", "money")


def on_page(kind: str, question: Question) -> dict[str, Json]:
    """The settings that stand, as answers to the page's own questions."""
    asked = [one["slug"] for one in SETTINGS.get(kind, [])]
    answers = {name: question[name] for name in asked if name in question}
    if "options" in answers:
        answers["options"] = [_option_row(one) for one in question["options"]]
    if "columns" in answers:
        answers["columns"] = [_column_row(one) for one in question["columns"]]
    if kind == "money" and "decimals" in answers:
        answers["decimals"] = str(answers["decimals"])
    if "among" in answers:
        answers["among"] = "\n".join(_place_name(one) for one in question["among"])
    return answers


def from_page(kind: str, answers: Mapping[str, Json], standing: Question) -> dict[str, Any]:
    """The settings the page asked for; one left empty is not set."""
    asked = [one["slug"] for one in SETTINGS.get(kind, [])]
    made: dict[str, Any] = {name: answers[name] for name in asked if name in answers}
    if "options" in made:
        made["options"] = _options(rows_in(made["options"]))
    if "columns" in made:
        made["columns"] = _columns(rows_in(made["columns"]), standing.get("columns", ()))
    if kind == "money" and "decimals" in made:
        made["decimals"] = int(made["decimals"])
        made |= {} if made["decimals"] == 0 else {"decimals": 2}
    if "among" in made:
        made["among"] = [number for line in lines_in(str(made["among"])) for number in places_meant(line)]
    return made


def rows_in(value: Any) -> list[Row]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _option_row(option: Mapping[str, Any]) -> Row:
    return {**_spoken(option["label"]), "code": option["value"]}


def _column_row(column: Mapping[str, Any]) -> Row:
    return {
        **_spoken(column["label"]),
        "kind": column["type"],
        "required": "yes" if column.get("required", True) else "no",
        "sum": "yes" if column.get("sum") else "no",
        "code": column["slug"],
        **({"options": _options_line(column["options"])} if "options" in column else {}),
    }


def _options_line(options: Any) -> str:
    """ "Lønn / Løn / Wages; Varer / Varer / Goods" """
    labels = [
        [one["label"][language] for language in LANGUAGES if one["label"].get(language)] for one in options
    ]
    return "; ".join(" / ".join(words) for words in labels)


def _options_in(line: str, before: Any) -> list[dict[str, Any]]:
    """The options of a column; one that stands with the same words in bokmål keeps its code."""
    codes = {one["label"]["nb"]: one["value"] for one in before}
    rows: list[Row] = []
    for part in line.split(";"):
        words = [" ".join(word.split()) for word in part.split("/")]
        if words[0]:
            rows.append({str(name): text for name, text in zip(LANGUAGES, words, strict=False) if text})
            rows[-1] |= {"code": codes[words[0]]} if words[0] in codes else {}
    return _options(rows)


def _spoken(texts: Mapping[str, str]) -> Row:
    return {language: texts[language] for language in LANGUAGES if texts.get(language)}


def _options(rows: list[Row]) -> list[dict[str, Any]]:
    taken = {row["code"] for row in rows if row.get("code")}
    made = []
    for row in rows:
        code = row.get("code") or unused_name(plain_name(row["nb"], "valg")[:30], taken)
        taken.add(code)
        made.append({"value": code, "label": _spoken(row)})
    return made


def _columns(rows: list[Row], standing: Any) -> list[dict[str, Any]]:
    """Columns keep what the page does not ask about, found again by their code."""
    before = {one["slug"]: one for one in standing}
    taken = {row["code"] for row in rows if row.get("code")}
    made = []
    for row in rows:
        code = row.get("code") or unused_name(plain_name(row["nb"], "kolonne")[:26].strip("_"), taken)
        taken.add(code)
        made.append(_column(row, code, before.get(code, {})))
    return made


def _column(row: Row, code: str, before: Mapping[str, Any]) -> dict[str, Any]:
    kind = row.get("kind") if row.get("kind") in COLUMN_KINDS else "text"
    asked = {"slug", "type", "label", "required", "sum", "options"}
    kept = (
        {name: one for name, one in before.items() if name not in asked} if before.get("type") == kind else {}
    )
    made: dict[str, Any] = {"slug": code, "type": kind, "label": _spoken(row), **kept}
    if kind == "money" and not before:
        made["least"] = "0"
    if row.get("required") == "no":
        made["required"] = False
    if row.get("sum") == "yes":
        made["sum"] = True
    if kind == "choice":
        made["options"] = _options_in(row.get("options", ""), before.get("options", ()))
    return made


# -- municipalities -----------------------------------------------------------------------------------


def lines_in(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.replace(",", "\n").splitlines() if line.strip()]


def places_meant(line: str) -> list[str]:
    """The number of the municipality a line names; [] when it names none or several."""
    words = line.casefold()
    found = [one.number for one in list_municipalities(date.max) if words in _words_for(one.number, one.name)]
    return found if len(found) == 1 else []


def _words_for(number: str, name: str) -> tuple[str, ...]:
    return number, name.casefold(), f"{number} {name}".casefold()


def _place_name(number: str) -> str:
    name = next((one.name for one in list_municipalities(date.max) if one.number == number), "")
    return f"{number} {name}".strip()


def setting_faults(kind: str, answers: Mapping[str, Json]) -> dict[str, str]:
    """What is wrong with settings that can each be read: a sentence by the name of the field."""
    faults = {}
    if unknown := [one for one in lines_in(str(answers.get("among", ""))) if not places_meant(one)]:
        faults["among"] = (
            f"Vi kjenner ikke «{unknown[0][:60]}». Skriv navnet eller nummeret slik det står i lista."
        )
    for name in ("options", "columns"):
        if twice := _twice(rows_in(answers.get(name, []))):
            faults[name] = f"«{twice}» står to ganger. Gi dem ulike navn eller koder."
    for row in rows_in(answers.get("columns", [])):
        if row.get("sum") == "yes" and row.get("kind") not in SUMMED:
            faults["columns"] = f"«{row['nb']}» kan ikke summeres. Bare tall og kroner kan det."
        if row.get("kind") == "choice" and not row.get("options"):
            faults["columns"] = f"Skriv valgene i «{row['nb']}», med semikolon mellom dem."
    return faults | _bounds(answers)


def _twice(rows: list[Row]) -> str:
    for field in ("nb", "code"):
        given = [row[field].casefold() for row in rows if row.get(field)]
        twice = next((one for one in given if given.count(one) > 1), "")
        if twice:
            return twice
    return ""


def _bounds(answers: Mapping[str, Json]) -> dict[str, str]:
    """A lower bound above the upper one leaves no answer to give."""
    pairs = (("least", "most"), ("earliest", "latest"), ("least_rows", "most_rows"))
    faults = {}
    for low, high in pairs:
        if low in answers and high in answers and _key(answers[low]) > _key(answers[high]):
            faults[high] = "Den øvre grensen kan ikke være lavere enn den nedre."
    return faults


def _key(value: Json) -> Any:
    try:
        return (0, Decimal(str(value)), "")
    except InvalidOperation:
        return (1, Decimal(0), str(value))
