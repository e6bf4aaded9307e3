from __future__ import annotations

from collections.abc import Mapping

from runde.foundation.forms.api import Raw, questions_of

from ..models import Application


def suggest_answers(*, application: Application, suggestions: Mapping[str, tuple[Raw, str]]) -> Application:
    """Keep what we know of the applicant from elsewhere as suggestions: for each question what to write, and where
    it is from.

    A suggestion is shown in the empty field and counts for nothing until the applicant saves it. Questions the form
    does not have are left out. Drafts only.
    """
    own = {one.slug for one in questions_of(application.scheme_version.form)}
    prefill = {
        slug: {"value": raw, "source": source} for slug, (raw, source) in suggestions.items() if slug in own
    }
    if prefill != application.prefill and application.state == Application.State.DRAFT:
        Application.objects.filter(id=application.id, state=Application.State.DRAFT).update(prefill=prefill)
        application.prefill = prefill
    return application
