from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import LANGUAGES, municipality
from runde.engine.rules import RuleSet
from runde.engine.whatif import load_example_plan
from runde.engine.whatif.examples import EXAMPLES as PLANS
from runde.foundation.forms.api import publish_form
from runde.foundation.people.api import Actor

from ..domain.register_facts import register_types
from ..examples import load_scheme, load_scheme_rules
from ..models import SchemeVersion
from .create_scheme import create_scheme
from .publish_version import publish_version


@transaction.atomic
def install_example_scheme(*, slug: str, municipality_number: str, by: Actor, at: datetime) -> SchemeVersion:
    """Make a ready-made scheme for a municipality: its form, its rules and its first version.

    When the newest version already says exactly this, it is given back.
    Raises KeyError for a slug that is not an example, UnknownMunicipality for a number not in use.
    """
    example = load_scheme(slug)
    place = municipality(municipality_number, timezone.localdate(at)).name
    rules = _own(load_scheme_rules(slug), municipality_number, place)
    form = publish_form(slug=slug, definition=example["form"], by=by, at=at, known_types=register_types())
    scheme = create_scheme(slug=slug, by=by, at=at)
    texts, legal_basis = _placed(example["texts"], place), _placed(example["legal_basis"], place)
    newest = SchemeVersion.objects.filter(scheme=scheme).order_by("-number").first()
    if newest is not None and _content(newest) == (rules.digest, form.id, texts, legal_basis):
        return newest
    return publish_version(
        scheme=scheme,
        texts=texts,
        rules=rules,
        form=form,
        legal_basis=legal_basis,
        **_plan(slug, example),
        by=by,
        at=at,
    )


def _own(rules: RuleSet, number: str, place: str) -> RuleSet:
    """The rules with the municipality filled in, where they have a place for it."""
    if not any(parameter.name == "scheme_municipality" for parameter in rules.parameters):
        return rules
    return rules.with_parameter("scheme_municipality", number, label=dict.fromkeys(LANGUAGES, place))


def _plan(slug: str, example: Mapping[str, Any]) -> dict[str, Any]:
    """What is assumed of the example's applicants; nothing for one without a plan."""
    plan = load_example_plan(slug) if slug in PLANS else example
    return {"assumptions": plan.get("assumptions", []), "take_up": plan.get("take_up", {})}


def _content(version: SchemeVersion) -> tuple[str, UUID, Any, Any]:
    return version.rules_digest, version.form_id, version.texts, version.legal_basis


def _placed(data: Any, place: str) -> Any:
    """The data with the municipality's name where it belongs."""
    if isinstance(data, str):
        return data.replace("{municipality}", place)
    if isinstance(data, list):
        return [_placed(item, place) for item in data]
    if isinstance(data, dict):
        return {key: _placed(value, place) for key, value in data.items()}
    return data
