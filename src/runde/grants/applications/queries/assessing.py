from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, cast

from django.utils import timezone

from runde.engine.reference.api import Language
from runde.engine.rules import Verdict
from runde.foundation.companies.api import facts_of_many
from runde.foundation.forms.api import Raw, Reading, read_answers, typed
from runde.grants.schemes.api import compiled_rules

from ..domain.register import known_facts
from ..domain.values import Values, answer_values, from_plain, register_values
from ..models import Application
from .versions import load_versions


class Assessment(NamedTuple):
    """What is known, by the names the rules use, and what the rules say of it."""

    values: Values
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Preview:
    """What the page could read, and what the rules would say with it. `amount_nok` None: not to be told yet."""

    reading: Reading
    verdict: Verdict
    amount_nok: Decimal | None


def assess(application: Application, at: datetime) -> Assessment:
    """Judge one application by the rules of its call on the day of `at`.

    A draft is judged by the register as it is now, a sent one by the facts under its seal.
    """
    return assess_many([application], at)[0]


def assess_many(
    applications: Sequence[Application], at: datetime, *, with_register_now: bool = False
) -> list[Assessment]:
    """Judge several, in the same order, with one look in the register for all that need it.

    `with_register_now` judges sent ones too by the register as it is now: has anything happened since?
    """
    known = values_of_many(applications, with_register_now=with_register_now)
    return [_judge(one, values, at) for one, values in zip(applications, known, strict=True)]


def values_of_many(applications: Sequence[Application], *, with_register_now: bool = False) -> list[Values]:
    """What each is judged by, without judging it: register and answers, as `assess_many` sees them."""
    load_versions(applications)
    looked_up = [one for one in applications if with_register_now or not one.seal]
    now = _register_now(looked_up)
    return [_values(one, _register(one, now), one.answers) for one in applications]


def preview(
    application: Application, raw: Mapping[str, Raw], at: datetime, *, asked: Collection[str] | None = None
) -> Preview:
    """What the rules would say if the page were saved now. Stores nothing.

    An answer that cannot be read is left out, also when an older one is stored: it is about to be replaced.
    """
    page = set(raw) if asked is None else set(asked)
    form, language = application.scheme_version.form, cast(Language, application.language)
    known, stored = known_facts(application.facts_seen), application.answers
    reading = read_answers(form, raw, require=None, language=language, asked=page, known=known, stored=stored)
    elsewhere = {slug: value for slug, value in stored.items() if slug not in page or slug in reading.hidden}
    register = _register(application, _register_now([application]))
    values = _values(application, register, elsewhere | reading.values)
    verdict = _judge(application, values, at).verdict
    return Preview(reading, verdict, verdict.amount_nok)


def _register_now(applications: Sequence[Application]) -> dict[str, Values]:
    numbers = {one.organisation_number for one in applications}
    found = facts_of_many(numbers) if numbers else {}
    return {number: register_values(found.get(number)) for number in numbers}


def _register(application: Application, now: Mapping[str, Values]) -> Values:
    if application.organisation_number in now:
        return now[application.organisation_number]
    return from_plain(application.facts["register"])


def _values(application: Application, register: Values, answers: Mapping[str, Any]) -> Values:
    """What the register knows goes before what was answered; an answer fills in where it does not."""
    known = {name: one.value for name, one in register.items() if one.value is not None}
    answered = answer_values(
        typed(application.scheme_version.form, answers, known), timezone.localdate(application.saved_at)
    )
    return register | {name: value for name, value in answered.items() if name not in known}


def _judge(application: Application, values: Values, at: datetime) -> Assessment:
    rules = compiled_rules(application.scheme_version)
    return Assessment(values, rules.check(values, timezone.localdate(at)))
