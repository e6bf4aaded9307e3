"""Who applies in the demo, and what they answer. The same seed gives the same applicants and answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from runde.engine.reference.api import Language, synthetic_account
from runde.foundation.companies.api import CompanyFacts, list_companies_in
from runde.grants.applications.api import NewApplication

# The industries the scheme is for. Most who apply belong to them; some try from outside, as in life.
SUPPORTED = ("55", "56", "79", "90", "91", "93", "94", "95", "96")
SHARE_FROM_OUTSIDE = 0.06


@dataclass(frozen=True, slots=True)
class Wave:
    """How far the revenue of a group of applicants fell, and how many of a hundred belong to it."""

    weight: int
    least_fall: float
    most_fall: float


WAVES = (Wave(70, 0.31, 0.95), Wave(14, 0.20, 0.2999), Wave(16, 0.0, 0.1999))


def choose_applicants(municipality_number: str, count: int, chance: Random) -> list[CompanyFacts]:
    """Companies of the municipality, most of them in the supported industries, in a drawn order."""
    fitting = list_companies_in(municipality_number, industry_prefixes=SUPPORTED, limit=20 * count)
    chance.shuffle(fitting)
    chosen = fitting[: round(count * (1 - SHARE_FROM_OUTSIDE))]
    taken = {company.orgnr for company in chosen}
    others = [c for c in list_companies_in(municipality_number, limit=20 * count) if c.orgnr not in taken]
    chance.shuffle(others)
    return chosen + others[: count - len(chosen)]


def answer(company: CompanyFacts, serial: int, chance: Random) -> NewApplication:
    """An application with answers as an owner would type them: spaces, dots and all."""
    wave = chance.choices(WAVES, weights=[wave.weight for wave in WAVES])[0]
    before = chance.randrange(150, 1_500) * 1000
    after = int(before * (1 - chance.uniform(wave.least_fall, wave.most_fall)))
    fixed_costs = max(20_000, int(before * chance.uniform(0.10, 0.35)))
    special = wave.least_fall == 0.20 and chance.random() < 0.5
    raw = {
        "revenue_period": _typed(after),
        "revenue_comparison": _typed(before),
        "fixed_costs": _typed(fixed_costs),
        "de_minimis_three_years": _typed(chance.choice([0, 0, 0, 25_000, 60_000])),
        "exceptional_circumstances": "yes" if special else "no",
        "exceptional_text": "Lokalet var stengt i to uker etter pålegg fra kommunen." if special else "",
        "account_number": synthetic_account(serial),
        "declaration": "yes",
    }
    return NewApplication(company.orgnr, raw, _language(company))


def _typed(amount: int | Decimal) -> str:
    return f"{amount:,}".replace(",", " ")


def _language(company: CompanyFacts) -> Language:
    return "nn" if company.language_form == "Nynorsk" else "nb"
