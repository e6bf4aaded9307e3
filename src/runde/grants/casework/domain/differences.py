"""What two verdicts say differently, in words an auditor can follow. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Plain = Mapping[str, Any]
NOTHING = "ingenting"
WORDS = {
    "lane": "Kontrollen",
    "amount_nok": "Beregnet tilskudd",
    "digest": "Reglene",
    "on": "Dagen det er vurdert etter",
}
SLUGS = {"criteria": "slug", "rows": "name"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that comes out another way: what it is, what was frozen, and what it is now."""

    what: str
    was: str
    now: str

    def sentence(self) -> str:
        return f"{self.what}: {self.was} da det ble fattet, {self.now} nå."


def differences(was: Plain, now: Plain) -> tuple[Difference, ...]:
    """Of two verdicts as plain data: the whole first, then each criterion and each row, down to the sentences."""
    return (*_whole(was, now), *_parts("criteria", "Kravet", was, now), *_parts("rows", "Raden", was, now))


def _whole(was: Plain, now: Plain) -> Iterator[Difference]:
    for key in dict.fromkeys((*was, *now)):
        if key not in SLUGS and was.get(key) != now.get(key):
            yield Difference(WORDS.get(key, key), _said(was.get(key)), _said(now.get(key)))


def _parts(key: str, word: str, was: Plain, now: Plain) -> Iterator[Difference]:
    name = SLUGS[key]
    before, after = (_by_name(one.get(key, ()), name) for one in (was, now))
    if list(before) != list(after) and set(before) == set(after):
        yield Difference(f"{word}e i rekkefølge", ", ".join(before), ", ".join(after))
    for slug in dict.fromkeys((*before, *after)):
        yield from _fields(f"{word} «{slug}»", before.get(slug), after.get(slug))


def _fields(what: str, was: Any, now: Any) -> Iterator[Difference]:
    """Down through mappings and lists, to the values that differ."""
    if was == now:
        return
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys((*was, *now)):
            yield from _fields(f"{what}, {key}", was.get(key), now.get(key))
    elif _are_rows(was, now):
        for place, (one, other) in enumerate(zip(was, now, strict=True), start=1):
            yield from _fields(f"{what} {place}", one, other)
    else:
        yield Difference(what, _said(was), _said(now))


def _are_rows(was: Any, now: Any) -> bool:
    return isinstance(was, list) and isinstance(now, list) and len(was) == len(now)


def _by_name(rows: Sequence[Plain], name: str) -> dict[str, Plain]:
    return {str(row[name]): row for row in rows}


def _said(value: Any) -> str:
    if value is None:
        return NOTHING
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
