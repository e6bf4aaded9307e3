"""Money that is registered from a call's page: fields, and what the room of schemes takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from runde.web.components.fields import Choice, Field
from runde.web.designer.acts.money import earmark_of
from runde.web.designer.trees import industry_names
from runde.web.designer.typed import read_day
from runde.web.staff import read_amount

LONGEST = {"name": 200, "giver": 200, "document": 300, "earmark_text": 300}


@dataclass
class SourceForm:
    """`sections` are the industries the money is for; none means everybody."""

    typed: Mapping[str, str]
    sections: Sequence[str]
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        text = self.typed.get(name, "").strip()
        if len(text) > LONGEST.get(name, 300):
            self._told(name, f"Skriv høyst {LONGEST.get(name, 300)} tegn.")
        return text

    def facts(self) -> dict[str, Any]:
        """Reads everything; fills `errors` with all that is wrong at once."""
        is_decided = self.typed.get("decided") == "yes"
        if self.typed.get("decided") not in ("yes", "no"):
            self._told("decided", "Velg om pengene er vedtatt.")
        return {
            "name": self._needed("name", "Skriv hva pengene heter, for eksempel «Næringsfondet»."),
            "giver": self._needed("giver", "Skriv hvem som gir pengene."),
            "amount_nok": self._amount(),
            "decision_document": self._document() if is_decided else "",
            "decision_expected_date": None if is_decided else self._expected(),
            **self._earmark(),
        }

    def _told(self, name: str, wrong: str) -> None:
        if wrong:
            self.errors.setdefault(name, wrong)

    def _needed(self, name: str, if_empty: str) -> str:
        text = self.text(name)
        self._told(name, "" if text else if_empty)
        return text

    def _amount(self) -> Decimal | None:
        amount_nok, wrong = read_amount(self.typed.get("amount", ""))
        self._told("amount", wrong or ("" if amount_nok else "Skriv hvor mange kroner det er."))
        return amount_nok

    def _document(self) -> str:
        return self._needed("document", "Skriv hvilket vedtak pengene kommer fra.")

    def _expected(self) -> Any:
        if not self.text("expected"):
            self._told("expected", "Skriv når vedtaket ventes, for eksempel 15.11.2026.")
            return None
        day, wrong = read_day(self.text("expected"))
        self._told("expected", wrong)
        return day

    def _earmark(self) -> dict[str, str]:
        """In the register's industries; in words for people, ours unless they wrote their own."""
        names = industry_names()
        chosen = [code for code in self.sections if code in names and len(code) == 1]
        words = self.text("earmark_text") or ", ".join(names[code].lower() for code in chosen)
        return {"earmark": earmark_of(chosen, ""), "earmark_text": words[:300] if chosen else ""}

    def fields(self) -> list[Field]:
        return [*self._what(), *self._decision()]

    @property
    def is_earmarked(self) -> bool:
        return bool(self.sections or self.typed.get("earmark_text", "").strip())

    def _what(self) -> tuple[Field, ...]:
        return (
            self._field("name", "Hva heter pengene?", "For eksempel Næringsfondet 2027"),
            self._field("giver", "Hvem gir dem?", "For eksempel Kommunestyret eller Fylkeskommunen"),
            self._field("amount", "Beløp", kind="money"),
        )

    def _decision(self) -> tuple[Field, ...]:
        waits = "Utlysningen blir publisert under forutsetning av vedtak. Ingen får penger før vedtaket er fattet."
        return (
            self._field(
                "decided",
                "Er pengene vedtatt?",
                kind="radios",
                choices=(Choice("yes", "Ja"), Choice("no", "Nei, vedtaket ventes", waits)),
            ),
            self._field(
                "document",
                "Hvilket vedtak?",
                "Når pengene er vedtatt, for eksempel Kommunestyret sak 42/26",
                optional=True,
            ),
            self._field(
                "expected",
                "Når ventes vedtaket?",
                "Når pengene ikke er vedtatt. Skriv slik: 15.11.2026",
                kind="date",
                optional=True,
            ),
        )

    def whom(self) -> tuple[Field, ...]:
        letters = [
            (code, name) for code, name in industry_names().items() if len(code) == 1 and code.isalpha()
        ]
        return (
            Field(
                "sections",
                "Bare for disse næringene",
                kind="checkboxes",
                value=list(self.sections),
                description="Ingen valgt betyr at pengene kan brukes til alle.",
                choices=tuple(Choice(code, name) for code, name in letters),
                optional=True,
                error=self.errors.get("sections", ""),
            ),
            self._field(
                "earmark_text",
                "Næringene med deres egne ord",
                "For eksempel overnatting og servering. Står på nettsiden.",
                optional=True,
                audience="applicant",
            ),
        )

    def _field(self, name: str, label: str, description: str = "", **more: Any) -> Field:
        return Field(
            name,
            label,
            value=self.typed.get(name, ""),
            description=description,
            error=self.errors.get(name, ""),
            **more,
        )
