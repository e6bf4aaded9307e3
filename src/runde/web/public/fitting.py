"""Which open calls a company fits, and what it may get: judged from the register and what is written on the page.

The same rules and the same program as a case is judged by later. What nobody has said stays unknown, and is said to
be. Private facts are never handed in: what we know of a company beside the open register is not the public's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import Language
from runde.engine.rules import Value, Verdict
from runde.foundation.companies.api import CompanyFacts
from runde.grants.applications.api import register_values
from runde.grants.schemes.api import (
    Announcement,
    FundingSource,
    PublicBasis,
    basis_of_announced,
    earmark_fits,
    list_announcements,
)
from runde.web.components.facts import Criterion
from runde.web.components.fields import Field
from runde.web.public.announcements import Card, open_cards
from runde.web.public.asking import Answers, questionnaire_of
from runde.web.public.likely import Likely, likely_amount
from runde.web.verdicts import criteria_of


@dataclass(frozen=True)
class Fit:
    """One call with how the company stands against each rule, what it may get, and what is asked.

    `asked_above` names questions whose field stands at an earlier call.
    """

    card: Card
    criteria: list[Criterion]
    likely: Likely
    fields: list[Field]
    asked_above: list[str] = field(default_factory=list)
    is_referred: bool = False

    @cached_property
    def unmet(self) -> list[Criterion]:
        return [one for one in self.criteria if one.verdict == "unmet"]

    @cached_property
    def rest(self) -> list[Criterion]:
        return [one for one in self.criteria if one.verdict != "unmet"]

    @property
    def counted(self) -> str:
        """ "Kravene: 5 er oppfylt, 3 mangler svar" """
        verdicts = [one.verdict for one in self.criteria]
        met, unknown = verdicts.count("met"), verdicts.count("unknown")
        if not unknown:
            return _("Kravene: %(met)s er oppfylt") % {"met": met}
        return _("Kravene: %(met)s er oppfylt, %(unknown)s mangler svar") % {"met": met, "unknown": unknown}

    @property
    def is_open(self) -> bool:
        """Whether it may be worth applying."""
        return self.is_referred or not self.unmet

    @property
    def has_errors(self) -> bool:
        return any(one.error for one in self.fields)


@dataclass(frozen=True)
class Groups:
    likely: list[Fit]
    open_questions: list[Fit]
    unmet: list[Fit]

    @property
    def total(self) -> int:
        return len(self.all)

    @property
    def all(self) -> list[Fit]:
        return [*self.likely, *self.open_questions, *self.unmet]

    @property
    def fields(self) -> list[Field]:
        return [one for fit in self.all for one in fit.fields]


@dataclass(frozen=True)
class _Judged:
    card: Card
    basis: PublicBasis
    verdict: Verdict
    values: Mapping[str, Value]
    answers: Answers
    shut_out: Criterion | None

    @property
    def group(self) -> str:
        if self.shut_out or self.verdict.not_met:
            return "unmet"
        return "likely" if self.verdict.lane == "green" else "open"

    @property
    def is_refused(self) -> bool:
        return bool(self.shut_out) or self.verdict.lane == "red"


def fit(
    company: CompanyFacts,
    *,
    at: datetime,
    language: Language,
    posted: QueryDict | None = None,
    announced: Sequence[Announcement] | None = None,
) -> Groups:
    """Sort the open calls of the region by how the company stands.

    `announced` are those already fetched, to spare a statement. At most two statements for any number of calls.
    """
    cards = open_cards(list_announcements(at) if announced is None else announced, at=at)
    bases = basis_of_announced(card.announcement for card in cards)
    return fit_cards(cards, bases, company, on=timezone.localdate(at), language=language, posted=posted)


def fit_cards(
    cards: Sequence[Card],
    bases: Mapping[UUID, PublicBasis],
    company: CompanyFacts,
    *,
    on: date,
    language: Language,
    posted: QueryDict | None = None,
) -> Groups:
    """The same without the database."""
    known = {name: one for name, one in register_values(company).items() if one.value is not None}
    judged = [_judge(card, bases[card.announcement.id], known, on, language, posted) for card in cards]
    judged.sort(key=lambda one: one.is_refused)  # those worth an application first; by deadline within
    seen: set[str] = set()
    groups = {
        name: [_fit(one, company, language, seen) for one in judged if one.group == name]
        for name in ("likely", "open", "unmet")
    }
    return Groups(groups["likely"], groups["open"], groups["unmet"])


def _judge(
    card: Card,
    basis: PublicBasis,
    known: Mapping[str, Value],
    on: date,
    language: Language,
    posted: QueryDict | None,
) -> _Judged:
    questionnaire = questionnaire_of(basis)
    answers = questionnaire.read(posted, language) if posted else Answers()
    public = {name: one for name, one in known.items() if name not in questionnaire.private}
    values = {**answers.values, **public} if answers.values else public
    shut_out = _shut_out(card.announcement, known, on)
    return _Judged(card, basis, basis.rules.check(values, on), values, answers, shut_out)


def _shut_out(announced: Announcement, known: Mapping[str, Value], on: date) -> Criterion | None:
    """Money for others only: every source is for some companies, and this is none of them."""
    marked = [one for one in announced.funding if one["earmark"]]
    if not marked or len(marked) < len(announced.funding):
        return None
    sources = [FundingSource(tenant_id=announced.tenant_id, earmark=one["earmark"]) for one in marked]
    if any(earmark_fits(source, known, on) for source in sources):
        return None
    purposes = " " + _("eller") + " "
    words = _("Pengene kan bare brukes til %(purpose)s.")
    return Criterion(words % {"purpose": purposes.join(one["earmark_text"] for one in marked)}, "unmet")


def _fit(one: _Judged, company: CompanyFacts, language: Language, seen: set[str]) -> Fit:
    criteria = criteria_of(one.verdict, language)
    asked = questionnaire_of(one.basis)
    missing = () if one.is_refused else [lacking.name for lacking in one.verdict.missing]
    names = asked.shown(missing, one.answers)
    own = [name for name in names if asked.asked[name].field_name not in seen]
    seen.update(asked.asked[name].field_name for name in own)
    return Fit(
        one.card,
        [one.shut_out, *criteria] if one.shut_out else criteria,
        _likely(one, company, language),
        [asked.field_of(name, one.answers, language) for name in own],
        [asked.asked[name].label(language) for name in names if name not in own],
        is_referred=one.group == "unmet" and not one.is_refused,
    )


def _likely(one: _Judged, company: CompanyFacts, language: Language) -> Likely:
    if one.is_refused:
        return Likely()
    estimated = None
    if one.verdict.amount_nok is None:
        estimated = one.basis.assumed.estimate(
            one.verdict,
            one.values,
            section=company.nace_section,
            employees=company.employees_range[0] if company.employees_range else 0,
            remember=not one.answers.values,
        )
    return likely_amount(one.verdict, estimated, one.basis.rules, language)
