"""References to acts, chosen by topic and day: a letter never carries a section number written in code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from runde.engine.reference.errors import UnknownFigure
from runde.engine.reference.languages import Language
from runde.engine.reference.package_data import load

_AND: dict[Language, str] = {"nb": "og", "nn": "og", "en": "and"}


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A topic's reference in one language.

    `text` is "forvaltningsloven §§ 28 og 29"; `version` names the stored row for the case file; `act` and
    `sections_text` are its parts, `topic` what it is about.
    """

    key: str
    version: str
    act: str
    sections_text: str
    topic: str
    source: str

    @property
    def text(self) -> str:
        return f"{self.act} {self.sections_text}".strip()


def legal_reference(key: str, on: date, language: Language) -> LegalReference:
    """The reference for a topic ("appeal", "access", "reasons", "suspension", "de_minimis", …) that day.

    Raises UnknownFigure when the topic is unknown or no act covering it was in force.
    """
    for row in load("legal_references.json")["references"]:
        act = _acts()[row["act"]]
        if row["key"] == key and _in_force(act, on):
            return LegalReference(
                key,
                row["version"],
                act["names"][language],
                _sections_text(row["sections"], language),
                row["topic"][language],
                act["source"],
            )
    raise UnknownFigure(f"Ingen lovhenvisning for «{key}» er lagt inn for {on.isoformat()}.")


def legal_topics(on: date) -> tuple[str, ...]:
    """Every topic that has a reference that day, in the order letters name them."""
    rows = load("legal_references.json")["references"]
    return tuple(dict.fromkeys(row["key"] for row in rows if _in_force(_acts()[row["act"]], on)))


def rules_text(keys: Sequence[str], on: date, language: Language) -> str:
    """One sentence per act: "Forvaltningsloven § 18 (innsyn), §§ 24 og 25 (begrunnelse)."."""
    by_act: dict[str, list[str]] = {}
    for key in keys:
        found = legal_reference(key, on, language)
        part = f"{found.sections_text} ({found.topic})".strip()
        by_act.setdefault(found.act, []).append(part)
    return " ".join(f"{act[0].upper()}{act[1:]} {', '.join(parts)}." for act, parts in by_act.items())


@cache
def _acts() -> dict[str, dict[str, Any]]:
    acts: dict[str, dict[str, Any]] = load("legal_references.json")["acts"]
    return acts


def _in_force(act: dict[str, Any], on: date) -> bool:
    first, last = act["valid_from"], act["valid_to"]
    return (
        bool(act["in_force"])
        and (first is None or date.fromisoformat(first) <= on)
        and (last is None or on <= date.fromisoformat(last))
    )


def _sections_text(sections: Sequence[str], language: Language) -> str:
    if not sections:
        return ""
    numbers = sections[0] if len(sections) == 1 else f"{sections[0]} {_AND[language]} {sections[-1]}"
    if language == "en":
        return f"section{'s' if len(sections) > 1 else ''} {numbers}"
    return f"{'§§' if len(sections) > 1 else '§'}\u00a0{numbers}"
