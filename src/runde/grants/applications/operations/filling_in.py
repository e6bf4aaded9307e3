"""Answers brought into a draft from somewhere else: they fill what is empty, and never replace what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, cast

from runde.engine.reference.api import Language
from runde.foundation.forms.api import FormVersion, Raw, SetAside, Stage, questions_of, shown_answers
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Conflict

from ..domain.saving import Turn
from ..models import Application
from .sheets import Keeping, store


@dataclass(frozen=True, slots=True)
class Brought:
    """Readable answers to the draft's own form, what has no place in it, and what was typed and not readable."""

    answers: Mapping[str, Any]
    set_aside: Mapping[str, SetAside] = field(default_factory=dict)
    to_see: tuple[str, ...] = ()
    unread: Mapping[str, Raw] = field(default_factory=dict)


def fill_in(application: Application, brought: Brought, *, by: Actor, at: datetime) -> Application:
    """The draft with what was brought. What it has answered otherwise stands; the other answer is set aside.

    The caller's transaction must hold the draft. Raises Conflict when somebody saved in between.
    """
    form, language = application.scheme_version.form, cast(Language, application.language)
    own = {one.slug for one in questions_of(form)}
    new = {slug: value for slug, value in brought.answers.items() if slug not in application.answers}
    other = {
        slug: aside_of(form, slug, value, language)
        for slug, value in brought.answers.items()
        if slug not in new and application.answers[slug] != value
    }
    aside = {slug: asdict(one) for slug, one in {**brought.set_aside, **other}.items()}
    unread = {
        slug: raw for slug, raw in brought.unread.items() if slug in own and slug not in application.answers
    }
    if not (new or aside or unread):
        return application
    to_see = dict.fromkeys([*application.to_see, *(slug for slug in brought.to_see if slug in own)])
    extra: dict[str, Any] = {"set_aside": {**aside, **application.set_aside}, "to_see": list(to_see)}
    keeping = Keeping(
        application_id=application.id,
        stage=Stage.SUBMIT,
        answers={**application.answers, **new},
        unread={**unread, **application.unread},
        changed={slug: (None, value) for slug, value in new.items()},
        not_kept={},
        turn=Turn(),
        by=by.person_id,
        at=at,
        extra=extra,
    )
    stored = store(application, keeping)
    if stored is None:
        raise Conflict("Søknaden ble endret i samme øyeblikk. Prøv en gang til.")
    return stored


def aside_of(form: FormVersion, slug: str, value: Any, language: Language) -> SetAside:
    """An answer to a question of the form, as it is shown when it is set aside."""
    question = next(one for one in questions_of(form) if one.slug == slug)
    shown = shown_answers(form, {slug: value}, language, stage=None)
    line = next((one for section in shown for one in section.answers if one.slug == slug), None)
    label, text = (line.label, line.text) if line else (slug, str(value))
    return SetAside(label, text, question.type, value)
