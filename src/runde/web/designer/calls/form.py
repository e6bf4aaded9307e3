"""What a call is made from, as fields people fill in and as what the room of schemes takes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from runde.engine.rules import typed_date
from runde.foundation.trust.api import Conflict, Refused
from runde.grants.schemes.api import LANGUAGE_LABELS, Call, CallRefused, CallTerms, SchemeVersion
from runde.web.designer.calls.reading import (
    MOST_DAYS,
    MOST_MINUTES,
    moment_of,
    read_clock,
    read_count,
    read_needed_day,
    read_rate,
)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 50
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", "ö": "o", "ä": "a"})
PLACES = {"opens_at": "opens_date", "closes_at": "closes_date", "late_rule": "late_rule_nb"}
"""Where the room's words for a part are shown on the page."""


@dataclass
class CallForm:
    """What was typed, and what is wrong with it by field. `facts` is what the operations take, once nothing is."""

    typed: Mapping[str, str]
    versions: Sequence[SchemeVersion]
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.typed.get(name, "").strip()

    def facts(self) -> dict[str, Any]:
        """Reads everything; fill `errors` with all that is wrong at once."""
        return {
            "scheme_version": self._version(),
            "slug": self._slug(),
            "opens_at": self._moment("opens", "datoen utlysningen åpner"),
            "closes_at": self._moment("closes", "datoen fristen går ut"),
            "answer_by_date": self._day("answer_by_date", "datoen søkerne får svar senest"),
            "euro_rate": self._rate(),
            "euro_rate_date": self._day("euro_rate_date", "datoen kursen gjaldt"),
            "euro_rate_source": self._needed("euro_rate_source", "Skriv hvor kursen er hentet.", 100),
            "terms": self._terms(),
        }

    def take(self, refusal: Refused) -> None:
        """Put what the room refused at the field it is about."""
        if isinstance(refusal, CallRefused):
            place = str(refusal.facts.get("place", ""))
            self.errors[PLACES.get(place, place)] = refusal.sentence
        elif isinstance(refusal, Conflict) and "adressen" in refusal.sentence:
            self.errors["slug"] = refusal.sentence
        else:
            self.errors[""] = refusal.sentence

    def _told(self, name: str, wrong: str) -> None:
        if wrong and name not in self.errors:
            self.errors[name] = wrong

    def _version(self) -> SchemeVersion | None:
        found = next((one for one in self.versions if str(one.id) == self.text("version")), None)
        if found is None:
            self._told("version", "Velg hvilken ordning utlysningen gjelder.")
        return found

    def _slug(self) -> str:
        slug = self.text("slug").lower()
        if not slug:
            self._told("slug", "Skriv en adresse for utlysningen, for eksempel sommer-2027.")
        elif not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
            self._told("slug", "Bruk bare små bokstaver fra a til z, tall og bindestrek, høyst 50 tegn.")
        return slug

    def _day(self, name: str, what: str) -> date | None:
        day, wrong = read_needed_day(self.text(name), what)
        self._told(name, wrong)
        return day

    def _moment(self, name: str, what: str) -> datetime | None:
        day = self._day(f"{name}_date", what)
        clock, wrong = read_clock(self.text(f"{name}_clock"))
        self._told(f"{name}_clock", wrong)
        if day is None or clock is None:
            return None
        moment, wrong = moment_of(day, clock)
        self._told(f"{name}_clock", wrong)
        return moment

    def _rate(self) -> Decimal | None:
        rate, wrong = read_rate(self.text("euro_rate"))
        self._told("euro_rate", wrong)
        return rate

    def _needed(self, name: str, if_empty: str, longest: int) -> str:
        self._told(name, "" if self.text(name) else if_empty)
        return self._words(name, longest)

    def _words(self, name: str, longest: int) -> str:
        if len(self.text(name)) > longest:
            self._told(name, f"Skriv høyst {longest} tegn.")
        return self.text(name)

    def _count(self, name: str, most: int, if_empty: int | None) -> int | None:
        count, wrong = read_count(self.text(name), most=most, if_empty=if_empty)
        self._told(name, wrong)
        return count

    def _terms(self) -> CallTerms:
        accepts = self.text("needs_acceptance") == "yes"
        standard = CallTerms()
        if self.text("kind") not in Call.Kind.values:
            self._told("kind", "Velg om utlysningen har frist eller er løpende.")
        return CallTerms(
            kind="running" if self.text("kind") == Call.Kind.RUNNING else "deadline",
            grace_minutes=self._count("grace_minutes", MOST_MINUTES, 0) or 0,
            late_rule=self._late_rule(),
            contact_name=self._words("contact_name", 200),
            contact_email=self._email(),
            contact_phone=self._words("contact_phone", 20),
            needs_acceptance=accepts,
            acceptance_days=self._count("acceptance_days", MOST_DAYS, None) if accepts else None,
            keep_drafts_days=self._count("keep_drafts_days", MOST_DAYS, standard.keep_drafts_days) or 0,
            report_due_days=self._count("report_due_days", MOST_DAYS, None) or None,
        )

    def _late_rule(self) -> dict[str, str]:
        texts = {one: self._words(f"late_rule_{one}", 600) for one in LANGUAGE_LABELS}
        return texts if any(texts.values()) else {}

    def _email(self) -> str:
        email = self._words("contact_email", 254)
        if email:
            try:
                validate_email(email)
            except ValidationError:
                self._told("contact_email", "Skriv e-postadressen slik: post@kommunen.no.")
        return email


def typed_of(call: Call) -> dict[str, str]:
    """A call as it would have been typed."""
    opens, closes = timezone.localtime(call.opens_at), timezone.localtime(call.closes_at)
    return {
        "version": str(call.scheme_version_id),
        "slug": call.slug,
        "kind": call.kind,
        "opens_date": typed_date(opens.date()),
        "opens_clock": f"{opens:%H.%M}",
        "closes_date": typed_date(closes.date()),
        "closes_clock": f"{closes:%H.%M}",
        "grace_minutes": str(call.grace_minutes or ""),
        **{f"late_rule_{one}": call.late_rule.get(one, "") for one in LANGUAGE_LABELS},
        "answer_by_date": typed_date(call.answer_by_date),
        "euro_rate": str(call.euro_rate).replace(".", ","),
        "euro_rate_date": typed_date(call.euro_rate_date),
        "euro_rate_source": call.euro_rate_source,
        "contact_name": call.contact_name,
        "contact_email": call.contact_email,
        "contact_phone": call.contact_phone,
        "needs_acceptance": "yes" if call.needs_acceptance else "no",
        "acceptance_days": str(call.acceptance_days or ""),
        "report_due_days": str(call.report_due_days or ""),
        "keep_drafts_days": str(call.keep_drafts_days),
    }


def first_typed(versions: Sequence[SchemeVersion], wanted: str) -> dict[str, str]:
    """What stands in an empty form."""
    chosen = next(
        (one for one in versions if str(one.id) == wanted), versions[0] if len(versions) == 1 else None
    )
    standard = CallTerms()
    return {
        "version": str(chosen.id) if chosen else "",
        "slug": "",
        "kind": standard.kind,
        "opens_clock": "09.00",
        "closes_clock": "23.59",
        "needs_acceptance": "no",
        "keep_drafts_days": str(standard.keep_drafts_days),
    }


def slug_of(text: str) -> str:
    """ "Tilskudd til kaféer" -> "tilskudd-til-kafeer" """
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower().translate(_PLAIN)).strip("-")
    return plain[:LONGEST_SLUG].rstrip("-")
