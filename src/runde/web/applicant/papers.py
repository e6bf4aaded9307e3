"""The paper of an application: its form with its answers and what the register says."""

from __future__ import annotations

from django.urls import reverse

from runde.engine.reference.api import Language
from runde.grants.applications.api import Application, known_facts
from runde.web.applicant.paper import Paper


def paper_of(application: Application) -> Paper:
    """No SQL when the form has come along with the application."""
    return Paper(application.scheme_version.form, application.answers, known_facts(application.facts_seen))


def left_at(application: Application, paper: Paper, tenant: str, language: Language) -> str:
    """The address where the person goes on: the list of parts, or the first part that is not done."""
    if not paper.is_short:
        return reverse("tasks", args=[tenant, application.id])
    progress = paper.progress(application.unread, language)
    left = next((one.slug for one in paper.parts if progress[one.slug] in ("waiting", "started")), None)
    return (
        reverse("fill", args=[tenant, application.id, left])
        if left
        else reverse("review", args=[tenant, application.id])
    )
