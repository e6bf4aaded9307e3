"""What stands before anybody applies: a register of companies, the scheme, its money and the published call."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from runde.foundation.companies.api import (
    SynthesisOrder,
    import_register,
    register_date_in,
    register_extract,
    write_register,
)
from runde.foundation.people.api import Actor, Person, get_actor
from runde.foundation.trust.api import fence
from runde.grants.designs.api import copy_from_shelf, list_shelf, share_version
from runde.grants.payments.api import set_payer_account
from runde.grants.schemes.api import (
    Call,
    FundingSource,
    attach_funding,
    install_example_scheme,
    open_call,
    publish_call,
    register_budget_decision,
    register_source,
)

from .region import Municipality

OSLO = ZoneInfo("Europe/Oslo")
SCHEME = "smittevern"
MEAN_AWARD_NOK = Decimal(110_000)  # what the drawn answers give on average, to size the demo's money
DAYS_OPEN = 14


@dataclass(frozen=True, slots=True)
class Timeline:
    """The demo's own days, counted back from now, so that the round ends today."""

    now: datetime

    @property
    def published_at(self) -> datetime:
        return self.now - timedelta(days=DAYS_OPEN + 6)

    @property
    def applied_at(self) -> datetime:
        return self.now - timedelta(days=9)

    @property
    def closes_at(self) -> datetime:
        """A week from now at one minute to midnight, so that whoever opens the demo can still apply."""
        return (self.now.astimezone(OSLO) + timedelta(days=7)).replace(
            hour=23, minute=59, second=0, microsecond=0
        )

    @property
    def budget_decided_at(self) -> datetime:
        return self.now - timedelta(days=3)

    @property
    def answer_by_date(self) -> date:
        return (self.now + timedelta(days=25)).date()


@dataclass(frozen=True, slots=True)
class Setting:
    """One municipality's call with its two sources: one earmarked, one that waited for the council."""

    call: Call
    earmarked: FundingSource
    conditional: FundingSource


def fill_register(
    register: Path | None, *, count: int, seed: int, towns: dict[str, float], now: datetime
) -> None:
    """Read the given register, or a made-up one with `count` companies in the demo's municipalities.

    The extract that designs are asked of is made too, so that nobody waits for it on a page.
    """
    if register is not None:
        _read(register, now)
    else:
        with tempfile.TemporaryDirectory(prefix="runde-register-") as folder:
            made = Path(folder) / f"{now:%Y-%m-%d}-oppdiktet.csv"
            write_register(SynthesisOrder(count, seed, now.date(), "SN2025", towns), made)
            _read(made, now)
    register_extract()


def set_up_call(municipality: Municipality, applications: int, when: Timeline) -> Setting:
    """Scheme, sources and a published call; the second source still waits for the council."""
    with fence(municipality.tenant.id):
        manager = acting(municipality.staff.manager, when.published_at)
        version = install_example_scheme(
            slug=SCHEME, municipality_number=municipality.town.number, by=manager, at=when.published_at
        )
        share_version(version=version, by=manager, at=when.published_at)
        earmarked, conditional = _register_money(applications, manager, when)
        call = open_call(
            scheme_version=version,
            slug=SCHEME,
            opens_at=when.published_at,
            closes_at=when.closes_at,
            answer_by_date=when.answer_by_date,
            euro_rate=Decimal("11.72"),
            euro_rate_date=when.published_at.date(),
            euro_rate_source="Demodata",
            by=manager,
            at=when.published_at,
        )
        for rank, source in enumerate((earmarked, conditional), start=1):
            attach_funding(call=call, source=source, rank=rank, by=manager, at=when.published_at)
        call = publish_call(call=call, by=manager, at=when.published_at)
        set_payer_account(
            account_number="99999900018",
            bank_bic="TESTNOKKXXX",
            customer_id=municipality.town.organisation_number,
            valid_from=when.published_at.date(),
            by=acting(municipality.staff.finance, when.published_at),
            at=when.published_at,
        )
    return Setting(call, earmarked, conditional)


def copy_from_neighbours(municipalities: Sequence[Municipality], when: Timeline) -> None:
    """Each scheme manager begins on a draft of her own from a neighbouring town's scheme on the shelf."""
    shelf = {shared.tenant_id: shared for shared in list_shelf()}
    for place, municipality in enumerate(municipalities):
        neighbour = municipalities[place - 1]
        with fence(municipality.tenant.id):
            copy_from_shelf(
                shared_id=shelf[neighbour.tenant.id].id,
                by=acting(municipality.staff.manager, when.published_at),
                at=when.published_at,
            )


def decide_budget(municipality: Municipality, setting: Setting, when: Timeline) -> None:
    """The council has decided: from now on the second source can be awarded."""
    with fence(municipality.tenant.id):
        register_budget_decision(
            source=setting.conditional,
            document="Kommunestyret, sak 84/26 (demodata)",
            amount_nok=setting.conditional.amount_nok,
            by=acting(municipality.staff.manager, when.budget_decided_at),
            at=when.budget_decided_at,
        )


def acting(person: Person, at: datetime) -> Actor:
    """The person with the roles they hold in the open fence that day."""
    return get_actor(person, on=at.date())


def _register_money(applications: int, manager: Actor, when: Timeline) -> tuple[FundingSource, FundingSource]:
    expected = MEAN_AWARD_NOK * max(applications, 15)
    earmarked = register_source(
        name="Reiselivspotten",
        giver="Fylkeskommunen (demodata)",
        amount_nok=_millions(expected * Decimal("0.3")),
        earmark="nace_section = 'I'",
        earmark_text="overnatting og servering",
        decision_document="Tilskuddsbrev 12/26 (demodata)",
        use_by_date=date(when.now.year, 12, 31),
        by=manager,
        at=when.published_at,
    )
    conditional = register_source(
        name="Kommunens næringsfond",
        giver="Kommunen (demodata)",
        amount_nok=_millions(expected),
        decision_expected_date=when.budget_decided_at.date(),
        by=manager,
        at=when.published_at,
    )
    return earmarked, conditional


def _millions(amount: Decimal) -> Decimal:
    """Up to the next half million: sums a council would write."""
    half = Decimal(500_000)
    return (amount / half).to_integral_value(ROUND_CEILING) * half


def _read(path: Path, now: datetime, progress: Callable[[int, int, int], None] | None = None) -> None:
    told = register_date_in(path.name, today=now.date()) or now.date()
    import_register(path, register_date=told, at=now, progress=progress)
