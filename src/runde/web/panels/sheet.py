"""A score sheet as fields, and as somebody typed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from runde.foundation.forms.api import ShownSection, questions_of, shown_answers
from runde.grants.applications.api import Application
from runde.grants.panels.api import Criterion, Score, SheetPage
from runde.web.components.fields import Choice, Field

HIDDEN_TYPES = ("account_number",)
"""Of no use for judging an application, so an assessor is not shown it."""


def typed_scores(posted: Mapping[str, str], criteria: Sequence[Criterion]) -> list[Score]:
    return [
        Score(one.key, _points(posted.get(f"points_{one.key}", "")), posted.get(f"words_{one.key}", ""))
        for one in criteria
    ]


def _points(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 3 else None


def sheet_fields(page: SheetPage, posted: Mapping[str, str] | None, errors: Mapping[str, str]) -> list[Field]:
    """Points and words for each criterion: as just typed, else the draft, else what was handed in."""
    given = {one.key: one for one in _shown(page, posted)}
    fields = []
    for criterion in page.criteria:
        score = given.get(criterion.key, Score(criterion.key, None))
        fields += _criterion_fields(page, criterion, score, errors)
    if page.panel.opened_at is not None:
        fields.append(_why_field(posted, errors))
    return fields


def _shown(page: SheetPage, posted: Mapping[str, str] | None) -> Sequence[Score]:
    if posted is not None:
        return typed_scores(posted, page.criteria)
    return page.draft or (page.mine.scores if page.mine else ())


def _criterion_fields(
    page: SheetPage, criterion: Criterion, score: Score, errors: Mapping[str, str]
) -> list[Field]:
    points, words = f"points_{criterion.key}", f"words_{criterion.key}"
    return [
        Field(
            points,
            f"{criterion.label}, teller {criterion.weight} prosent",
            kind="yesno",
            choices=tuple(Choice(str(point), str(point)) for point in page.scale.points),
            value="" if score.points is None else str(score.points),
            description=criterion.help,
            error=errors.get(points, ""),
        ),
        Field(
            words,
            f"Hvorfor gir du disse poengene for {criterion.label.lower()}?",
            kind="textarea",
            rows=3,
            value=score.words,
            audience="internal",
            error=errors.get(words, ""),
        ),
    ]


def _why_field(posted: Mapping[str, str] | None, errors: Mapping[str, str]) -> Field:
    return Field(
        "changed_why",
        "Hvorfor endrer du poengene?",
        kind="textarea",
        rows=2,
        value=(posted or {}).get("changed_why", ""),
        description="Panelet har sett de første poengene dine. Begge blir stående.",
        audience="internal",
        error=errors.get("changed_why", ""),
    )


def answers_for_assessor(application: Application) -> list[ShownSection]:
    """What the applicant answered, in their words, without the account number."""
    form = application.scheme_version.form
    hidden = {question.slug for question in questions_of(form) if question.type in HIDDEN_TYPES}
    shown = shown_answers(form, application.answers, "nb")
    kept = [
        replace(part, answers=tuple(one for one in part.answers if one.slug not in hidden)) for part in shown
    ]
    return [part for part in kept if part.answers]
