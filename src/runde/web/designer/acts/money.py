"""Money, take-up and what is assumed where no register knows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from runde.engine.rules import ValueType
from runde.engine.whatif import Assumption, AssumptionLine, Band, PlannedSource, TakeUp
from runde.grants.designs.api import (
    Content,
    compiled_of,
    remove_assumption,
    set_assumption,
    set_sources,
    set_take_up,
)
from runde.web.designer.acts.sent import Refusal, Sent, refused_by_rules
from runde.web.designer.typed import read_day, read_percent, read_value, read_whole
from runde.web.staff import read_amount

ESTIMATES = ("low", "middle", "high")
HUNDRED = Decimal(100)
MOST_ROWS = 40
LONGEST_NAME = 200


def change_take_up(sent: Sent) -> Content:
    shares, problems = dict[str, Decimal](), dict[str, list[str]]()
    for name in ESTIMATES:
        share, wrong = read_percent(sent.text(name))
        if wrong or share is None:
            problems[name] = [wrong or "Skriv hvor mange prosent som søker."]
        else:
            shares[name] = share
    if problems:
        raise Refusal(problems)
    if not shares["low"] <= shares["middle"] <= shares["high"]:
        raise Refusal({"low": ["Det lave anslaget må være lavest, og det høye høyest."]})
    with refused_by_rules("low"):
        return set_take_up(sent.content, TakeUp(**shares))


def change_sources(sent: Sent) -> Content:
    """Rows name-0, amount-0, earmark-0 …; a row without name and amount is left out."""
    problems: dict[str, list[str]] = {}
    sources = [one for row in range(MOST_ROWS) if (one := _source(sent, row, problems))]
    if problems:
        raise Refusal(problems)
    with refused_by_rules("sources"):
        return set_sources(sent.content, sources)


def _source(sent: Sent, row: int, problems: dict[str, list[str]]) -> PlannedSource | None:
    name, typed = sent.text(f"name-{row}"), sent.text(f"amount-{row}")
    if not name and not typed:
        return None
    amount_nok, wrong = read_amount(typed)
    if not name:
        problems[f"name-{row}"] = ["Skriv hvor pengene kommer fra."]
    elif len(name) > LONGEST_NAME:
        problems[f"name-{row}"] = [f"Skriv høyst {LONGEST_NAME} tegn. Nå er det {len(name)}."]
    if wrong or not amount_nok:
        problems[f"amount-{row}"] = [wrong or "Skriv hvor mye penger som er satt av."]
    sections = sent.form.getlist(f"earmark-{row}")
    return PlannedSource(name, amount_nok or Decimal(0), earmark_of(sections, sent.text(f"kept-{row}")))


def earmark_of(sections: list[str], kept: str) -> str:
    """Money for some industries only. An earmark that says something else is kept as it is."""
    codes = [code for code in sections if len(code) == 1 and code.isalpha()]
    if not codes:
        return kept
    return f"nace_section IN ({', '.join(repr(code) for code in codes)})"


def change_assumption(sent: Sent) -> Content:
    """Lines i-0, from-0, to-0 with bands share-0-0, value-0-0 …; and where the figures come from."""
    problems: dict[str, list[str]] = {}
    lines = [one for row in range(MOST_ROWS) if (one := _line(sent, row, problems))]
    source = sent.text("source")
    if not source:
        problems["source"] = ["Skriv hvor tallene kommer fra."]
    as_of, wrong = read_day(sent.text("as_of"))
    if wrong:
        problems["as_of"] = [wrong]
    if not lines and not problems:
        problems["share-0-0"] = ["Skriv hvor stor andel av virksomhetene verdien gjelder."]
    if problems:
        raise Refusal(problems)
    with refused_by_rules("source"):
        return set_assumption(sent.content, Assumption(sent.part, tuple(lines), source, as_of))


def _line(sent: Sent, row: int, problems: dict[str, list[str]]) -> AssumptionLine | None:
    bands = tuple(_bands(sent, row, problems))
    if not bands:
        return None
    total = sum((band.share for band in bands), Decimal(0))
    if total != 1:
        shown = f"{(total * HUNDRED).normalize():f}".replace(".", ",")
        problems.setdefault(f"share-{row}-0", []).append(
            f"Andelene i linja må til sammen bli 100 prosent. Nå er de {shown}."
        )
    low, wrong_low = read_whole(sent.text(f"from-{row}"))
    high, wrong_high = read_whole(sent.text(f"to-{row}"))
    for name, wrong in ((f"from-{row}", wrong_low), (f"to-{row}", wrong_high)):
        if wrong:
            problems[name] = [wrong]
    sections = tuple(code for code in sent.form.getlist(f"i-{row}") if len(code) == 1)
    return AssumptionLine(bands, sections, low, high)


def _bands(sent: Sent, row: int, problems: dict[str, list[str]]) -> Iterator[Band]:
    for place in range(MOST_ROWS):
        share_name, value_name = f"share-{row}-{place}", f"value-{row}-{place}"
        typed_share, typed_value = sent.text(share_name), sent.text(value_name)
        if not typed_share and not typed_value:
            continue
        share, wrong = read_percent(typed_share)
        if wrong or share is None:
            problems[share_name] = [wrong or "Skriv hvor stor andel av virksomhetene verdien gjelder."]
        value, wrong = read_value(typed_value, type_of(sent.content, sent.part))
        if wrong:
            problems[value_name] = [wrong]
        yield Band(share or Decimal(0), value)


def type_of(content: Content, name: str) -> ValueType:
    """The type of the fact or worked-out value that is assumed. Raises Refusal for another name."""
    types = compiled_of(content).rules.types
    if name not in types:
        raise Refusal({"source": ["Opplysningen er ikke i reglene lenger."]})
    return types[name]


def drop_assumption(sent: Sent) -> Content:
    with refused_by_rules("assumption"):
        return remove_assumption(sent.content, sent.part)
