"""One comparison, chosen and typed: what it is about, how it is compared, with what."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from runde.engine.rules import shapes_for
from runde.grants.designs.api import ConditionName, Content, condition_from_typed, condition_names
from runde.web.components.fields import Choice, Field
from runde.web.designer.acts import Refusal
from runde.web.designer.acts.sent import refused_by_rules
from runde.web.designer.shape_words import FIELD_KINDS, HIDDEN

KIND_WORDS = {
    "one_of": "er en av",
    "none_of": "er ikke en av",
    "equals": "er nøyaktig",
    "starts_with": "begynner med",
    "at_least": "er minst",
    "more_than": "er mer enn",
    "at_most": "er høyst",
    "less_than": "er mindre enn",
    "between": "er mellom to verdier",
    "before": "er før",
    "on_or_before": "er senest",
    "after": "er etter",
    "on_or_after": "er tidligst",
    "is_true": "er ja",
    "is_false": "er nei",
}
LISTED = ("one_of", "none_of")
MOST_BOXES = 60
BETWEEN = "between"
WHOLE = ("is_true", "is_false")
CHECKED_BY_NAME = ("municipality",)


@dataclass(frozen=True, slots=True)
class Comparing:
    """`other` offers the other answers of the same kind, for checks; empty where there are none."""

    kinds: Field
    values: tuple[Field, ...]
    boxes: Field | None
    other: Field | None

    @property
    def fields(self) -> list[Field]:
        more = [one for one in (self.boxes, self.other) if one]
        return [self.kinds, *self.values, *more]


def kinds_for(name: str, one: ConditionName) -> tuple[str, ...]:
    """Those that can be chosen: a list is chosen from when the answers are codes, typed when they are not."""
    kinds = shapes_for(one.fact.type)
    has_codes = bool(one.fact.codes)
    if one.fact.type == "text":
        return ("one_of", "none_of") if has_codes else ("equals", "starts_with")
    return tuple(kind for kind in kinds if kind != "industry")


def comparing(
    content: Content, name: str, data: QueryDict, *, errors: dict[str, str], with_other: bool
) -> Comparing:
    names = condition_names(content["form"])
    one = names[name]
    kinds = kinds_for(name, one)
    kind = data.get("kind", kinds[0])
    return Comparing(
        Field(
            "kind",
            f"«{one.label}»",
            kind="radios" if len(kinds) < 4 else "select",
            value=kind,
            choices=tuple(Choice(code, KIND_WORDS[code]) for code in kinds),
            error=errors.get("kind", ""),
        ),
        _value_fields(one, kinds, data, errors),
        _boxes(one, kinds, data, errors),
        _other(names, name, data) if with_other else None,
    )


def _value_fields(
    one: ConditionName, kinds: tuple[str, ...], data: QueryDict, errors: dict[str, str]
) -> tuple[Field, ...]:
    if set(kinds) <= {*LISTED, *WHOLE}:
        return ()
    typed = data.getlist("value")
    count = 2 if BETWEEN in kinds else 1
    labels = ("Verdi", "Til og med (når det er mellom to verdier)")
    return tuple(
        Field(
            "value",
            labels[place],
            kind=FIELD_KINDS.get(one.fact.type, "text"),
            html_id=f"id_value_{place}",
            value=typed[place] if place < len(typed) else "",
            description="Skriv datoen slik: 15.11.2026" if one.fact.type == "date" and place == 0 else "",
            error=errors.get("value", "") if place == 0 else "",
            optional=place == 1,
        )
        for place in range(count)
    )


def _boxes(
    one: ConditionName, kinds: tuple[str, ...], data: QueryDict, errors: dict[str, str]
) -> Field | None:
    """The codes to choose among; a long list is chosen from by a list of its own."""
    if not set(kinds) & set(LISTED) or not one.fact.codes:
        return None
    choices = tuple(
        Choice(code, texts["nb"]) for code, texts in sorted(one.fact.codes.items(), key=_by_words)
    )
    if len(choices) <= MOST_BOXES:
        return Field(
            "value", "Verdier", kind="checkboxes", value=data.getlist("value"), choices=choices,
            error=errors.get("value", ""),
        )  # fmt: skip
    every = (Choice("", "Velg"), *choices)
    return Field(
        "value",
        "Verdi",
        kind="select",
        value=data.get("value", ""),
        choices=every,
        error=errors.get("value", ""),
    )


def _by_words(pair: tuple[str, object]) -> str:
    _, texts = pair
    return str(texts["nb"]).casefold() if isinstance(texts, dict) else ""


def _other(names: dict[str, ConditionName], name: str, data: QueryDict) -> Field | None:
    """Another answer to compare with, of a kind that can be held against this one."""
    wanted = names[name].fact.type
    fitting = [
        Choice(f"{{{other}}}", one.label)
        for other, one in names.items()
        if one.question and one.fact.type == wanted and other != name and one.question != names[name].question
    ]
    if wanted in ("boolean", "codes", "text") or not fitting:
        return None
    every = (Choice("", "Ingen: bruk verdien over"), *fitting)
    return Field(
        "other",
        "Eller sammenlign med et annet svar",
        kind="select",
        value=data.get("other", ""),
        choices=every,
    )


def compared(content: Content, name: str, data: QueryDict) -> str:
    """The expression of what was chosen and typed. Raises Refusal at the field that is wrong."""
    names = condition_names(content["form"])
    kind = data.get("kind", "")
    if kind not in kinds_for(name, names[name]):
        raise Refusal({"kind": ["Velg hvordan svaret skal sammenlignes."]})
    other = data.get("other", "")
    typed = [other] if other.strip("{}") in names else [one for one in data.getlist("value") if one.strip()]
    wanted = {BETWEEN: 2, **dict.fromkeys(WHOLE, 0)}.get(kind, 1)
    if kind not in LISTED:
        typed = typed[:wanted]
    if len(typed) < wanted:
        lacking = "Skriv begge verdiene." if wanted == 2 else "Skriv eller velg en verdi å sammenligne med."
        raise Refusal({"value": [lacking]})
    with refused_by_rules("value"):
        return condition_from_typed(content["form"], kind, name, typed)


def names_to_choose(content: Content, *, without: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """What a condition may be about, under headings: each name with what people call it."""
    names = condition_names(content["form"])
    own: dict[str, str] = {}
    for name, one in names.items():
        if one.question and one.question != without and one.label not in own.values():
            own[name] = one.label
    known = [(name, one.label) for name, one in names.items() if not one.question and name not in HIDDEN]
    return [("Svar i skjemaet", list(own.items())), ("Fra Enhetsregisteret", known)]
