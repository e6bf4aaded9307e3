"""The list of calls: what was asked for in the address, and the calls that fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runde.engine.reference.api import amount_text
from runde.foundation.organisations.api import Organisation
from runde.grants.schemes.api import Announcement, Phase, search_announcements
from runde.web.components.fields import Choice, Field
from runde.web.components.navigation import FilterChip
from runde.web.components.tags.norwegian import page_language

LONGEST = 200
_AROUND = re.compile(r"[\s.]|kr(?:oner)?|,-")
_WHOLE = re.compile(r"[0-9]{1,13}")
STATES: Mapping[str, tuple[Phase, ...]] = {
    "apen": (Phase.OPEN,),
    "snart": (Phase.NOT_OPEN,),
    "stengt": (Phase.GRACE, Phase.CLOSED),
}
STATE_WORDS: Mapping[str, str | Promise] = {
    "apen": gettext_lazy("Åpen nå"),
    "snart": gettext_lazy("Åpner senere"),
    "stengt": gettext_lazy("Fristen er ute"),
}
UNLESS_ASKED = ("apen", "snart")
KINDS: Mapping[str, str] = {"frist": "deadline", "lopende": "running"}
KIND_WORDS: Mapping[str, str | Promise] = {
    "frist": gettext_lazy("Med frist"),
    "lopende": gettext_lazy("Løpende"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. What cannot be read is kept as typed, explained at its field, and not used."""

    text: str = ""
    municipality: str = ""
    states: tuple[str, ...] = ()
    kind: str = ""
    amount: str = ""
    least_nok: Decimal | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        amount = query.get("belop", "").strip()[:LONGEST]
        least, error = read_least(amount)
        return cls(
            text=" ".join(query.get("q", "")[:LONGEST].replace("\x00", "").split()),
            municipality=query.get("kommune", "")[:LONGEST].replace("\x00", ""),
            states=tuple(one for one in STATES if one in query.getlist("status")),
            kind=query.get("type", "") if query.get("type", "") in KINDS else "",
            amount=amount,
            least_nok=least,
            errors={"belop": error} if error else {},
        )

    @property
    def is_narrowed(self) -> bool:
        return any((self.text, self.municipality, self.states, self.kind, self.amount))

    @property
    def query(self) -> str:
        """The same asked again, as the last part of an address; empty when nothing is asked."""
        pairs = [("q", self.text), ("kommune", self.municipality), *(("status", one) for one in self.states)]
        pairs += [("type", self.kind), ("belop", self.amount)]
        text = urlencode([(name, value) for name, value in pairs if value])
        return f"?{text}" if text else ""

    def find(self, *, at: datetime) -> list[Announcement]:
        """The calls that fit: those one can apply to first, by deadline, then those to come, then the closed."""
        phases = [phase for one in self.states or UNLESS_ASKED for phase in STATES[one]]
        found = search_announcements(
            text=self.text,
            municipality=self.municipality,
            states=phases,
            kind=KINDS.get(self.kind, ""),
            at=at,
        )
        kept = [one for one in found if self._pays_enough(one)]
        return sorted(kept, key=lambda one: _place(one, at))

    def _pays_enough(self, one: Announcement) -> bool:
        """A scheme without a ceiling of its own may pay any amount."""
        highest = one.highest_amount_nok
        return self.least_nok is None or highest is None or highest >= self.least_nok


def _place(one: Announcement, at: datetime) -> tuple[int, float]:
    if one.opens_at > at:
        return 1, one.opens_at.timestamp()
    if one.closes_at > at:
        return 0, one.closes_at.timestamp()
    return 2, -one.closes_at.timestamp()


def read_least(text: str) -> tuple[Decimal | None, str]:
    """An amount, or the sentence that says why it is none."""
    if not text:
        return None, ""
    digits = _AROUND.sub("", text.lower())
    if not _WHOLE.fullmatch(digits):
        return None, _("Skriv beløpet med tall, for eksempel 100 000.")
    return Decimal(digits), ""


def fields_of(asked: Asked, tenants: list[Organisation]) -> list[Field]:
    """The filters beside the search itself."""
    places = [Choice("", _("Hele regionen")), *(Choice(place_of(one), one.name) for one in tenants)]
    kinds = [Choice("", _("Alle")), *(Choice(code, word) for code, word in KIND_WORDS.items())]
    states = tuple(Choice(code, word) for code, word in STATE_WORDS.items())
    return [
        Field("kommune", _("Kommune"), "select", value=asked.municipality, choices=tuple(places)),
        Field(
            "status",
            _("Kan jeg søke nå?"),
            "checkboxes",
            value=list(asked.states or UNLESS_ASKED),
            choices=states,
        ),
        Field("type", _("Frist"), "select", value=asked.kind, choices=tuple(kinds)),
        Field(
            "belop",
            _("Kan gi minst"),
            "money",
            value=asked.amount,
            error=asked.errors.get("belop", ""),
        ),
    ]


def place_of(tenant: Organisation) -> str:
    """How a municipality is named in addresses and wishes: its number, or its address when it has none."""
    return tenant.municipality_number or tenant.slug


def chips_of(asked: Asked, tenants: list[Organisation], url: str) -> list[FilterChip]:
    """Each filter in use, as a link to the same list without it."""
    names = {place_of(one): one.name for one in tenants}
    chips = []
    if asked.text:
        chips.append((f"«{asked.text}»", replace(asked, text="")))
    if asked.municipality:
        name = names.get(asked.municipality, asked.municipality)
        chips.append((name, replace(asked, municipality="")))
    chips += [
        (str(STATE_WORDS[one]), replace(asked, states=tuple(other for other in asked.states if other != one)))
        for one in asked.states
    ]
    if asked.kind:
        chips.append((str(KIND_WORDS[asked.kind]), replace(asked, kind="")))
    if asked.least_nok is not None:
        words = _("Minst %(amount)s") % {"amount": amount_text(asked.least_nok, page_language())}
        chips.append((words, replace(asked, amount="", least_nok=None)))
    return [FilterChip(text, url + without.query) for text, without in chips]
