"""What people type about money: a new source, and what happens to one that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from runde.grants.schemes.api import FundingSource
from runde.web.components.fields import Choice, Field
from runde.web.designer.typed import read_day
from runde.web.staff import read_amount

State = FundingSource.State
DAY = "Skriv slik: 31.12.2027"


@dataclass
class Typed:
    """The answers as typed, and what is wrong with them by field."""

    typed: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, if_empty: str = "", longest: int = 300) -> str:
        text = self.typed.get(name, "").strip()
        if not text and if_empty:
            self.errors.setdefault(name, if_empty)
        if len(text) > longest:
            self.errors.setdefault(name, f"Skriv høyst {longest} tegn. Nå er det {len(text)}.")
        return text

    def day(self, name: str, if_empty: str = "") -> date | None:
        text = self.text(name, if_empty)
        day, wrong = read_day(text) if text else (None, "")
        if wrong:
            self.errors.setdefault(name, wrong)
        return day

    def amount(self, name: str = "amount") -> Decimal:
        amount_nok, wrong = read_amount(self.typed.get(name, ""))
        if wrong or not amount_nok:
            self.errors.setdefault(name, wrong or "Skriv hvor mange kroner det er.")
        return amount_nok or Decimal(0)

    def field(self, name: str, label: str, description: str = "", **more: Any) -> Field:
        return Field(
            name,
            label,
            value=self.typed.get(name, ""),
            description=description,
            error=self.errors.get(name, ""),
            **more,
        )


class NewSource(Typed):
    """Money that is registered apart from any call."""

    def facts(self) -> dict[str, Any]:
        """Reads everything; fills `errors` with all that is wrong at once."""
        stands = self.typed.get("stands", "")
        if stands not in (State.APPLIED_FOR, State.SUBJECT_TO_DECISION, State.DECIDED):
            self.errors.setdefault("stands", "Velg om pengene er vedtatt.")
        waits = stands == State.SUBJECT_TO_DECISION
        return {
            "name": self.text("name", "Skriv hva pengene heter, for eksempel «Næringsfondet».", 200),
            "giver": self.text("giver", "Skriv hvem som gir pengene.", 200),
            "amount_nok": self.amount(),
            "legal_basis": self.text("legal_basis"),
            "decision_document": self.text("document", "Skriv hvilket vedtak pengene kommer fra.")
            if stands == State.DECIDED
            else "",
            "decision_expected_date": self.day("expected", f"Skriv når vedtaket ventes. {DAY}")
            if waits
            else None,
            "use_from_date": self.day("use_from"),
            "use_by_date": self.day("use_by"),
            "applied_for": stands == State.APPLIED_FOR,
        }

    def fields(self) -> list[Field]:
        return [
            self.field("name", "Hva heter pengene?", "For eksempel Næringsfondet 2027"),
            self.field("giver", "Hvem gir dem?", "For eksempel Kommunestyret eller Fylkeskommunen"),
            self.field("amount", "Beløp", kind="money"),
            self.field("legal_basis", "Hjemmel", "Loven, forskriften eller budsjettposten", optional=True),
            self.field("stands", "Hvor langt har pengene kommet?", kind="radios", choices=STANDS),
            self.field("document", "Hvilket vedtak?", "Når pengene er vedtatt", optional=True),
            self.field(
                "expected", "Når ventes vedtaket?", f"Når vedtaket ventes. {DAY}", kind="date", optional=True
            ),
            self.field("use_from", "Kan brukes fra", DAY, kind="date", optional=True),
            self.field("use_by", "Må brukes innen", DAY, kind="date", optional=True),
        ]


STANDS = (
    Choice(State.APPLIED_FOR.value, "Søkt om", "Ingen kan få penger eller løfter om dem ennå."),
    Choice(State.SUBJECT_TO_DECISION.value, "Vedtak ventes", "Vedtak kan fattes med forbehold."),
    Choice(State.DECIDED.value, "Vedtatt", "Pengene kan deles ut."),
)
