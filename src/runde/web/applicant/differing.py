"""Where two have written in one application: who did what, when, and what stands there now."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, time_text
from runde.foundation.forms.api import shown_answers
from runde.foundation.people.api import names_of
from runde.grants.applications.api import Differing, Saved, SavedStage
from runde.web.applicant.paper import Paper
from runde.web.applicant.sheet import Theirs


def theirs_of(saved: Saved | SavedStage, language: Language, paper: Paper) -> dict[str, Theirs]:
    """By question. One SQL statement when there is anything to tell, else none."""
    differing = [*((one, True) for one in saved.theirs), *((one, False) for one in saved.conflicts)]
    if not differing:
        return {}
    names = names_of({one.by for one, _taken in differing if one.by})
    texts = _texts(paper, (one for one, _taken in differing), language)
    return {
        one.slug: Theirs(
            name=(names.get(one.by) if one.by else None) or _("Noen andre"),
            clock=time_text(timezone.localtime(one.at), language) if one.at else "",
            answer=texts.get(one.slug, ""),
            is_taken=is_taken,
        )
        for one, is_taken in differing
    }


def _texts(paper: Paper, differing: Iterable[Differing], language: Language) -> dict[str, str]:
    answers = {one.slug: one.theirs for one in differing if one.theirs is not None}
    shown = shown_answers(paper.form, {**paper.answers, **answers}, language, known=paper.known, stage=None)
    return {one.slug: one.text for part in shown for one in part.answers if one.slug in answers}
