"""Why personal data may be kept, and the years the law sets: what pages about privacy say is read from here."""

from dataclasses import dataclass
from datetime import date

from runde.engine.reference.errors import UnknownFigure
from runde.engine.reference.languages import Language
from runde.engine.reference.package_data import load


@dataclass(frozen=True, slots=True)
class KeepingGround:
    """Why data are kept, as a sentence in one language. `years` is None where the law itself sets no time."""

    key: str
    text: str
    years: int | None
    source: str


def keeping_ground(key: str, on: date, language: Language) -> KeepingGround:
    """The ground ("task", "consent", "archive", "accounts" or "aid") as the law read that day.

    Raises UnknownFigure when there is none, or none in force yet.
    """
    for row in load("personal_data.json")["grounds"]:
        if row["key"] == key and date.fromisoformat(row["valid_from"]) <= on:
            return KeepingGround(key, row["texts"][language], row["years"], row["source"])
    raise UnknownFigure(f"Ingen grunn til å lagre «{key}» er lagt inn for {on.isoformat()}.")
