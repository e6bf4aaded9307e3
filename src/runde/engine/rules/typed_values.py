"""Values as people in Norway type them: "30 %", "kr 5.000,-", "1. mars 2026"; and as fields show them.

Reading never guesses: what could mean two things is refused, with the likeliest one as suggestion.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from runde.engine.rules.arithmetic import EXACT
from runde.engine.rules.errors import Problem, RuleError, closest
from runde.engine.rules.value_types import COUNTED, NOK, SHARE, Kind, ValueType
from runde.engine.rules.wording import code_name, counted_word, trimmed

FieldKind = Literal["share", "money", "integer", "decimal", "date", "text", "codes", "boolean"]

LONGEST_TYPED = 2000
_LONGEST_NUMBER = 30

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_GROUPED = re.compile(r"-?\d{1,3}(?:[ .]\d{3})+(?:,\d+)?", re.ASCII)
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)
_ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_TRAILING = re.compile(r"(?:kroner|kr\.?|nok|,-|prosentpoeng|prosent|per cent|%)$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:kr\.?|nok)\s*", re.IGNORECASE)
_LARGE = re.compile(r"(tusen|mill\.?|million(?:er|ar)?|mrd\.?|milliard(?:er|ar)?)$", re.IGNORECASE)
_TIMES = {"t": 3, "mi": 6, "mr": 9}
_DAY_FIRST = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4}|\d{2})", re.ASCII)
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})\.? ([a-zæøå]{3,9})\.? ([0-9]{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_YES_NO = {"ja": True, "nei": False, "yes": True, "no": False, "true": True, "false": False}

EXPECTED: Mapping[FieldKind, str] = {
    "share": "en prosent, som 30 eller 30,5",
    "money": "et beløp i kroner, som 5 000",
    "integer": "et helt tall, som 5",
    "decimal": "et tall, som 2,5",
    "date": "en dato, som 01.03.2026",
    "text": "en tekst",
    "codes": "en liste med komma mellom",
    "boolean": "ja eller nei",
}


def field_kind(value_type: ValueType) -> FieldKind:
    """The kind of field a value of the type is typed in."""
    if value_type.kind is Kind.NUMBER:
        number: FieldKind = "decimal" if value_type.scale else "integer"
        return {NOK: "money", SHARE: "share"}.get(value_type.unit, number)  # type: ignore[return-value]
    if value_type.kind is Kind.TEXT:
        return "codes" if value_type.codes else "text"
    return {Kind.DATE: "date", Kind.CODES: "codes", Kind.BOOLEAN: "boolean"}[value_type.kind]  # type: ignore[return-value]


def read_typed(kind: FieldKind, text: str, where: str = "") -> Any:
    """The value somebody typed: Decimal (a share as 0.30), date, bool or text.

    Raises RuleError saying what was wrong, what was expected and, where there is one, what was likely
    meant.
    """
    cleaned = _SPACES.sub(" ", text).strip()
    if not cleaned:
        raise _refused(kind, "Feltet er tomt.", where, text)
    if kind == "date":
        return _read_date(cleaned, where)
    if kind == "boolean":
        return _read_yes_no(cleaned, where)
    if kind in ("text", "codes"):
        return _read_text(kind, cleaned, where)
    return _read_number(kind, cleaned, where)


def _refused(kind: FieldKind, message: str, where: str, found: str, suggestion: str = "") -> RuleError:
    problem = Problem(
        "typed", message, where, expected=EXPECTED[kind], found=found[:40], suggestion=suggestion or None
    )
    return RuleError(problem)


def _read_text(kind: FieldKind, text: str, where: str) -> str:
    if len(text) > LONGEST_TYPED or not text.isprintable():
        raise _refused(kind, "Teksten er for lang eller har tegn vi ikke kan lese.", where, text)
    return text


def _read_yes_no(text: str, where: str) -> bool:
    answer = _YES_NO.get(text.lower())
    if answer is None:
        raise _refused("boolean", f"«{text[:40]}» er ikke ja eller nei.", where, text)
    return answer


# -- numbers --------------------------------------------------------------------------------------


def _read_number(kind: FieldKind, text: str, where: str) -> Decimal:
    bare, zeros = _without_words(text.replace("\u2212", "-").replace("\u2013", "-"))
    if len(bare) > _LONGEST_NUMBER:
        raise _refused(kind, "Tallet er for langt.", where, text)
    _refuse_two_meanings(kind, bare, where)
    if not (_GROUPED.fullmatch(bare) or _PLAIN.fullmatch(bare)):
        raise _refused(kind, f"«{text[:40]}» er ikke et tall vi kan lese.", where, text)
    value = _decimal(bare).scaleb(zeros - (2 if kind == "share" else 0), EXACT)
    return _within_decimals(kind, value, text, where)


def _without_words(text: str) -> tuple[str, int]:
    """The figure alone, and how many zeros a word such as "mill." adds."""
    zeros, bare = 0, _LEADING.sub("", text)
    for _ in range(3):
        bare = _TRAILING.sub("", _without_unit(bare).rstrip()).rstrip()
        large = _LARGE.search(bare)
        if large and not zeros:
            word = large[1].lower()
            zeros = _TIMES["t" if word.startswith("t") else word[:2]]
            bare = bare[: large.start()].rstrip()
    return bare.replace("- ", "-"), zeros


def _without_unit(text: str) -> str:
    last = text.rpartition(" ")[2].lower()
    units = {word for languages in COUNTED.values() for words in languages.values() for word in words}
    return text.rpartition(" ")[0] if last in units else text


def _refuse_two_meanings(kind: FieldKind, bare: str, where: str) -> None:
    """ "5,000" is five to a Norwegian and five thousand to many others; "30.000" per cent is neither."""
    dotted_share = kind == "share" and re.fullmatch(r"-?\d{1,3}\.\d{3}", bare)
    english = kind in ("money", "integer") and _ENGLISH.fullmatch(bare)
    if not dotted_share and not english:
        return
    figure = bare.partition(".")[0] if dotted_share else bare.replace(",", " ").replace(".", ",")
    raise _refused(kind, f"«{bare}» kan bety to ting.", where, bare, figure)


def _decimal(bare: str) -> Decimal:
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(" ", "").replace(".", "")
    return Decimal(bare.replace(",", "."))


def _within_decimals(kind: FieldKind, value: Decimal, text: str, where: str) -> Decimal:
    settled = trimmed(value) if value else Decimal(0)
    most = {"integer": 0, "money": 2}.get(kind, 8)
    if -int(settled.as_tuple().exponent) > most:
        message = "Skriv et helt tall." if not most else f"Skriv høyst {most} desimaler."
        raise _refused(kind, message, where, text)
    return settled


# -- dates ----------------------------------------------------------------------------------------


def _read_date(text: str, where: str) -> date:
    try:
        return _date_in(text, where)
    except ValueError as error:
        if isinstance(error, RuleError):
            raise
        raise _refused("date", f"«{text[:40]}» er ikke en dato.", where, text) from error


def _date_in(text: str, where: str) -> date:
    if numbers := _DAY_FIRST.fullmatch(text):
        if len(numbers[3]) == 2:
            likely = date(2000 + int(numbers[3]), int(numbers[2]), int(numbers[1]))
            raise _refused("date", "Skriv årstallet med fire siffer.", where, text, typed_date(likely))
        return date(int(numbers[3]), int(numbers[2]), int(numbers[1]))
    if words := _DAY_AND_MONTH.fullmatch(text):
        return date(int(words[3]), _MONTHS.index(words[2].lower()[:3]) + 1, int(words[1]))
    return date.fromisoformat(text if len(text) == 10 else "")


def typed_date(day: date) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


# -- codes ----------------------------------------------------------------------------------------

Choices = Mapping[str, Mapping[str, str]]
"""Code to what people call it, by language."""


def read_codes(
    text: str | Sequence[str], choices: Choices, where: str = "", free: re.Pattern[str] | None = None
) -> tuple[str, ...]:
    """The codes in a typed list, each once. A code's name may be typed in its place, in any language.

    Raises RuleError for an empty list and, where there is a code list, for a code that is neither in it
    nor of the `free` form, such as the beginning of an industry code.
    """
    whole = [text] if isinstance(text, str) else list(text)
    found = [code for item in whole for code in _codes_in(item, choices, where, free)]
    if not found:
        raise _refused("codes", "Lista er tom. Velg minst én verdi.", where, "")
    return tuple(dict.fromkeys(found))


def read_one_code(text: str, choices: Choices, where: str = "") -> str:
    """The one code typed. Raises RuleError for several, which one field cannot hold."""
    codes = read_codes(text, choices, where)
    if len(codes) > 1:
        raise _refused("text", "Her er det plass til én verdi.", where, text, codes[0])
    return codes[0]


def _codes_in(text: str, choices: Choices, where: str, free: re.Pattern[str] | None) -> list[str]:
    names = {name.lower(): code for code, texts in choices.items() for name in texts.values()}
    names |= {code.lower(): code for code in choices}
    cleaned = _SPACES.sub(" ", text).strip()
    if cleaned.lower() in names:
        return [names[cleaned.lower()]]
    parts = [part.strip() for part in re.split(r"[,;]", cleaned) if part.strip()]
    known = [part if free and free.fullmatch(part) else None for part in parts]
    if not choices and free is None:
        return parts
    return [one or _one_code(part, names, where) for one, part in zip(known, parts, strict=True)]


def _one_code(text: str, names: Mapping[str, str], where: str) -> str:
    code = names.get(text.lower())
    if code is None:
        message = f"«{text[:40]}» finnes ikke i kodelista."
        raise _refused("codes", message, where, text, closest(text, names) or "")
    return code


# -- the other way --------------------------------------------------------------------------------


def typed_text(value: Any, kind: FieldKind) -> str:
    """The value as a Norwegian field holds it: "30", "5 000", "2,5", "01.03.2026", "I, S"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, date):
        return typed_date(value)
    if isinstance(value, Decimal):
        return _typed_number(value.scaleb(2, EXACT) if kind == "share" else value)
    return str(value) if isinstance(value, str) else ", ".join(value)


def _typed_number(value: Decimal) -> str:
    return f"{trimmed(value):,f}".replace(",", " ").replace(".", ",")


_UNITS = {
    "share": {"nb": "prosent", "nn": "prosent", "en": "per cent"},
    "money": {"nb": "kroner", "nn": "kroner", "en": "NOK"},
}


def unit_word(value: Any, value_type: ValueType, language: str) -> str:
    """The word that stands after the field: "prosent", "kroner", "ansatte"; empty where there is none."""
    kind = field_kind(value_type)
    if kind in _UNITS:
        return _UNITS[kind][language]
    if not isinstance(value, Decimal):
        return ""
    return counted_word(value, value_type.unit, language)


def choices_of(value_type: ValueType, language: str) -> tuple[tuple[str, str], ...]:
    """The codes to choose among, each with its name."""
    return tuple((code, code_name(code, value_type, language)) for code in value_type.codes)
