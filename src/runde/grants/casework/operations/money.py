"""Sharing awards out over the money that is decided, and saying so when there is too little."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from runde.engine.reference.api import amount_text
from runde.engine.rules import Value
from runde.foundation.ledger.api import Standing as Place
from runde.foundation.ledger.api import balances, of_cases_by_source
from runde.foundation.trust.api import hold
from runde.grants.schemes.api import Call, FundingSource, sources_of

from ..domain.change import NOTHING, BelowPaid, Standing, above, joined, lowered
from ..domain.split import MoneyShort, Part, Pot, Want, split_awards
from ..errors import GrantStands, TooLittleMoney, counted_cases
from ..models import Acceptance, Award, Decision
from .promised import fitting, promised

Shares = dict[UUID, tuple[Part, ...]]
NO_GRANT = Standing()


@dataclass(frozen=True, slots=True)
class Wish:
    """A grant that needs money: its case, what was known of the company when it applied, and what stands already."""

    case_id: UUID
    amount_nok: Decimal
    known: Mapping[str, Value]
    standing: Standing = NO_GRANT


def decided_sources(call: Call) -> list[FundingSource]:
    """The call's sources whose money is decided; the others cannot be awarded from."""
    return [source for source in sources_of(call) if source.state == FundingSource.State.DECIDED]


def hold_decided_sources(call: Call, also: Collection[UUID] = ()) -> list[FundingSource]:
    """The same, held until the transaction ends: neither their money nor their state can change meanwhile.

    `also` are sources that carry grants which stand, held with them.
    """
    ranked = [source.id for source in sources_of(call)]
    hold("ledger_source", [str(source_id) for source_id in {*ranked, *also}])
    held = FundingSource.objects.select_for_update().filter(id__in=ranked).order_by("id")
    decided = [source for source in held if source.state == FundingSource.State.DECIDED]
    return sorted(decided, key=lambda source: ranked.index(source.id))


def pots_of(sources: Sequence[FundingSource], *, settling: bool = False) -> list[Pot]:
    """What is left of each source and not promised to conditional grants, in the order given.

    When it is those grants that are settled, all that is left is theirs.
    """
    standing = balances([source.id for source in sources])
    kept = {} if settling else promised([source.id for source in sources])
    return [
        Pot(
            source.id,
            rank,
            max(standing[source.id].available - kept.get(source.id, NOTHING), NOTHING),
            bool(source.earmark),
        )
        for rank, source in enumerate(sources)
    ]


def share_out(
    wishes: Sequence[Wish], sources: Sequence[FundingSource], on: date, *, settling: bool = False
) -> Shares:
    """Each case's parts, all of its amount. Where a grant stands, only the difference moves: what is taken from one
    goes back to its source before the others are carried.

    The sources must be held by the caller. Raises TooLittleMoney, GrantStands.
    """
    order = {source.id: place for place, source in enumerate(_as_used(sources))}
    kept = {wish.case_id: kept_parts(_ordered(wish.standing, order), wish.amount_nok) for wish in wishes}
    freed = _freed(wishes, kept)
    wants = [
        Want(wish.case_id, wish.amount_nok - _sum(kept[wish.case_id]), fitting(wish.known, sources, on))
        for wish in wishes
    ]
    found = pots_of(sources, settling=settling)
    pots = [replace(pot, left_nok=pot.left_nok + freed.get(pot.source_id, NOTHING)) for pot in found]
    try:
        more = split_awards([want for want in wants if want.amount_nok], pots)
    except MoneyShort as short:
        raise _too_little(short) from short
    return {case_id: joined(parts, more.get(case_id, ())) for case_id, parts in kept.items()}


def _as_used(sources: Sequence[FundingSource]) -> list[FundingSource]:
    return sorted(sources, key=lambda source: not source.earmark)


def _ordered(standing: Standing, order: Mapping[UUID, int]) -> Standing:
    """Those used first first; a source the call no longer has counts as used last."""
    last = len(order)
    parts = sorted(standing.parts, key=lambda part: (order.get(part.source_id, last), part.source_id))
    return replace(standing, parts=tuple(parts))


def kept_parts(standing: Standing, amount_nok: Decimal) -> tuple[Part, ...]:
    """What stands of a grant whose amount becomes this. Raises GrantStands below what has left for the bank."""
    if amount_nok >= standing.amount_nok:
        return standing.parts
    try:
        return lowered(standing, amount_nok)
    except BelowPaid as below:
        raise GrantStands(
            f"{amount_text(below.least_nok)} er allerede betalt eller ligger i en bankfil. Vedtaket kan ikke "
            "settes lavere enn det. Skal virksomheten ha mindre, må pengene kreves tilbake.",
            least_nok=below.least_nok,
        ) from below


def carrying(replaced: Collection[Decision]) -> frozenset[UUID]:
    """The sources that carry these decisions."""
    awards = Award.objects.filter(decision__in=list(replaced))
    return frozenset(awards.values_list("source_id", flat=True))


def standings(replaced: Collection[Decision]) -> dict[UUID, Standing]:
    """By case, what the decisions to be replaced carry now; nothing where the money has gone back.

    Read after the sources are held: what has left for the bank cannot grow meanwhile.
    """
    back = Acceptance.objects.filter(decision__in=replaced).exclude(answer=Acceptance.Answer.ACCEPTED)
    given_back = set(back.values_list("decision_id", flat=True))
    cases = {one.id: one.case_id for one in replaced if one.id not in given_back}
    places = of_cases_by_source(cases.values())
    parts: dict[UUID, list[Part]] = {case_id: [] for case_id in cases.values()}
    for award in Award.objects.filter(decision_id__in=cases).order_by("id"):
        case_id = cases[award.decision_id]
        held = min(award.amount_nok, _carried(places[case_id].get(award.source_id)))
        if held:
            parts[case_id].append(Part(award.source_id, held))
    return {case_id: Standing(tuple(found), _gone(places[case_id])) for case_id, found in parts.items()}


def _carried(place: Place | None) -> Decimal:
    """What a source carries of a case now: less than was awarded when the rest has been let go."""
    return place.committed + place.in_bank_file + place.paid if place else NOTHING


def _gone(places: Mapping[UUID, Place]) -> dict[UUID, Decimal]:
    gone = {source_id: place.in_bank_file + place.paid for source_id, place in places.items()}
    return {source_id: amount for source_id, amount in gone.items() if amount}


def _freed(wishes: Sequence[Wish], kept: Shares) -> dict[UUID, Decimal]:
    freed: dict[UUID, Decimal] = {}
    for wish in wishes:
        for part in above(wish.standing.parts, kept[wish.case_id]):
            freed[part.source_id] = freed.get(part.source_id, NOTHING) + part.amount_nok
    return freed


def _sum(parts: Sequence[Part]) -> Decimal:
    return sum((part.amount_nok for part in parts), NOTHING)


def _too_little(short: MoneyShort) -> TooLittleMoney:
    cases = counted_cases(len(short.cases))
    return TooLittleMoney(
        f"Det er ikke nok vedtatte penger. Det mangler {amount_text(short.short_nok)} til {cases}. "
        "Ta ut saker, eller vent til flere penger er vedtatt.",
        short_nok=short.short_nok,
        cases=[str(case_id) for case_id in short.cases],
    )
