"""Further versions of a scheme, as its manager would publish them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from runde.engine.rules import RuleSet
from runde.foundation.people.api import Role
from runde.grants.schemes.api import Call, SchemeVersion, create_scheme, publish_version
from tests.factories import an_actor


def a_version(call: Call, at: datetime, *, rules: RuleSet | None = None, **figures: str) -> SchemeVersion:
    """The call's own version with other figures, or with other rules."""
    before = call.scheme_version
    changed = rules or RuleSet.from_dict(before.rules)
    for name, value in figures.items():
        changed = changed.with_parameter(name, Decimal(value), source="Eksempel")
    return publish_version(
        scheme=before.scheme,
        texts=before.texts,
        rules=changed,
        form=before.form,
        legal_basis=before.legal_basis,
        by=an_actor(Role.SCHEME_MANAGER, at=at),
        at=at,
    )


def another_schemes_version(call: Call, at: datetime) -> SchemeVersion:
    """The same words and rules under another scheme's name."""
    own, by = call.scheme_version, an_actor(Role.SCHEME_MANAGER, at=at)
    return publish_version(
        scheme=create_scheme(slug="en-annen", by=by, at=at),
        texts=own.texts,
        rules=RuleSet.from_dict(own.rules),
        form=own.form,
        legal_basis=own.legal_basis,
        by=by,
        at=at,
    )


def with_fact(call: Call, **fact: Any) -> RuleSet:
    """The call's rules with one more thing asked of the applicant, and a criterion on it."""
    data = RuleSet.from_dict(call.scheme_version.rules).to_dict()
    texts = {"requirement": {"nb": "Det må være slik."}, "not_met": {"nb": "Det er ikke slik."}}
    data["facts"].append({"source": "answer", "label": {"nb": "Noe nytt"}, **fact})
    data["criteria"].append({"slug": "something_new", "expression": fact["name"], "texts": texts})
    return RuleSet.from_dict(data)
