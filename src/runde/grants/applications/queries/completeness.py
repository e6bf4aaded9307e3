from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from runde.engine.reference.api import Language
from runde.foundation.forms.api import Stage, hidden_questions, questions_of, read_answers, written_answers

from ..domain.register import known_facts, still_asked
from ..models import Application


def find_missing(application: Application) -> dict[str, str]:
    """A sentence for each question that keeps the application from being sent, in its own language; {} when none."""
    return missing_with(application, known_facts(application.facts_seen))


def missing_with(application: Application, known: Mapping[str, Any]) -> dict[str, str]:
    """As `find_missing`, with what the register knows now.

    What was typed and could not be read counts as missing: the answer that stands is no longer what the person
    meant.
    """
    form, language = application.scheme_version.form, cast(Language, application.language)
    asked = {one.slug for one in still_asked(questions_of(form, Stage.SUBMIT), known)}
    raw = written_answers(form, application.answers)
    reading = read_answers(
        form,
        raw,
        require=Stage.SUBMIT,
        language=language,
        asked=asked,
        known=known,
        stored=application.answers,
    )
    shown = asked - hidden_questions(form, application.answers, known)
    unread = {slug: typed for slug, typed in application.unread.items() if slug in shown}
    if not unread:
        return reading.errors
    unreadable = read_answers(form, unread, require=None, language=language, asked=set(unread), known=known)
    found = reading.errors | unreadable.errors
    return {slug: found[slug] for slug in (one.slug for one in questions_of(form)) if slug in found}
