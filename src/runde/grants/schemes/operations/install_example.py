from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import municipality
from runde.engine.rules import load_example
from runde.foundation.forms.api import publish_form
from runde.foundation.people.api import Actor

from ..examples import load_scheme
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
    rules = load_example(
        slug, municipality=municipality_number, label={"nb": place, "nn": place, "en": place}
    )
    form = publish_form(slug=slug, definition=example["form"], by=by, at=at)
    scheme = create_scheme(slug=slug, by=by, at=at)
    texts, legal_basis = _placed(example["texts"], place), _placed(example["legal_basis"], place)
    newest = SchemeVersion.objects.filter(scheme=scheme).order_by("-number").first()
    if newest is not None and _content(newest) == (rules.digest, form.id, texts, legal_basis):
        return newest
    return publish_version(
        scheme=scheme, texts=texts, rules=rules, form=form, legal_basis=legal_basis, by=by, at=at
    )


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
