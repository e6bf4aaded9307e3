from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from runde.foundation.forms.api import hidden_questions, questions_of

from ..domain.register import known_facts
from ..models import Application
from ..queries.attachments import own_files

STRANGE: Mapping[str, str] = {
    "nb": "Vi finner ikke fila blant vedleggene i denne søknaden. Last den opp på nytt.",
    "nn": "Vi finn ikkje fila blant vedlegga i denne søknaden. Last ho opp på nytt.",
    "en": "We cannot find the file among this application's attachments. Upload it again.",
}


def strange_files(application: Application, named: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each file answer that names a file which does not lie with this very application."""
    return strange_among(application, named, own_files(application.id)) if named else {}


def strange_among(application: Application, named: Mapping[str, Any], own: Collection[str]) -> dict[str, str]:
    sentence = STRANGE[application.language]
    return {slug: sentence for slug, ids in named.items() if not set(ids) <= set(own)}


def file_answers(application: Application) -> dict[str, Any]:
    """The answers that name files, those of hidden questions left out."""
    form, answers = application.scheme_version.form, application.answers
    slugs = [one.slug for one in questions_of(form) if one.type == "file" and answers.get(one.slug)]
    if not slugs:
        return {}
    hidden = hidden_questions(form, answers, known_facts(application.facts_seen))
    return {slug: answers[slug] for slug in slugs if slug not in hidden}
