"""State aid beside the ceilings: block exemption articles, the duty to register, instruments and public bodies."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from runde.engine.reference.errors import UnknownFigure, UnverifiedFigure
from runde.engine.reference.package_data import load


@dataclass(frozen=True, slots=True)
class AidArticle:
    """An article of the block exemption. Shares are of the eligible costs; None when the article gives no share."""

    article: str
    aid: str
    sizes: dict[str, Decimal]
    base: Decimal | None
    additions: dict[str, Decimal]
    most: Decimal | None
    is_verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class RegistrationDuty:
    """When aid must be entered in the national register: from `least_eur` in one award, by the named deadline."""

    group: str
    least_eur: Decimal
    deadline: str
    valid_from: date
    source: str


@cache
def list_aid_articles() -> tuple[AidArticle, ...]:
    return tuple(
        AidArticle(
            article=row["article"],
            aid=row["aid"],
            sizes={size: Decimal(share) for size, share in row["sizes"].items()},
            base=Decimal(row["base"]) if row["base"] else None,
            additions={key: Decimal(share) for key, share in row["additions"].items()},
            most=Decimal(row["most"]) if row["most"] else None,
            is_verified=row["is_verified"],
            source=row["source"],
        )
        for row in load("aid_rules.json")["articles"]
    )


def highest_share(article: str, *grounds: str, accept_unverified: bool = False) -> Decimal:
    """The highest share of the eligible costs: `grounds` are "small" or "medium", and what adds points.

    Raises UnknownFigure when the article gives no share for them, UnverifiedFigure when it is not confirmed and
    `accept_unverified` is not set.
    """
    for found in list_aid_articles():
        if found.article == article:
            share = _share(found, grounds)
            if share is None:
                break
            if not found.is_verified and not accept_unverified:
                raise UnverifiedFigure(
                    f"Andelen etter artikkel {article} ({found.aid}) er ikke bekreftet. Sjekk kilden før bruk."
                )
            return share
    raise UnknownFigure(f"Ingen høyeste andel er lagt inn for artikkel {article} og denne virksomheten.")


def _share(found: AidArticle, grounds: tuple[str, ...]) -> Decimal | None:
    if found.base is None:
        return next((found.sizes[one] for one in grounds if one in found.sizes), None)
    total = found.base + sum((found.additions.get(one, Decimal(0)) for one in set(grounds)), Decimal(0))
    return total if found.most is None else min(total, found.most)


def registration_duty(group: str, on: date) -> RegistrationDuty | None:
    """The duty for aid of the group ("de_minimis" or "other") given that day; None when there was none yet."""
    for row in load("aid_rules.json")["duties"]:
        since = date.fromisoformat(row["valid_from"])
        if row["group"] == group and since <= on:
            return RegistrationDuty(group, Decimal(row["least_eur"]), row["deadline"], since, row["source"])
    return None


@cache
def aid_instruments() -> dict[str, str]:
    """The register's words for the kinds of aid, by key."""
    return {row["key"]: row["label"] for row in load("aid_rules.json")["instruments"]}


@cache
def public_body_forms() -> frozenset[str]:
    """Legal forms of public bodies: what hangs together through one of these alone is not one undertaking."""
    return frozenset(load("aid_rules.json")["public_bodies"]["legal_forms"])
