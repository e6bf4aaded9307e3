"""Where a case's tasks and steps lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from runde.foundation.documents.api import Attachment
from runde.grants.applications.api import Application
from runde.grants.casework.api import Appeal, ApplicantView, Task, reversals_to_comment
from runde.web.applicant.after.appeal_words import heading_of, must_words
from runde.web.applicant.after.errand import Errand
from runde.web.applicant.after.writing import usable
from runde.web.applicant.track import Places
from runde.web.entrance import Request


@dataclass(frozen=True)
class TaskWay:
    """A task with its button. `sentence` is what the mail says too."""

    words: str
    url: str
    sentence: str = ""


def ways_of(errand: Errand, asks_before_payment: bool) -> list[TaskWay]:
    """What the reader must do, the most pressing first."""
    return [*_ways(errand, asks_before_payment)]


def main_task(tasks: Sequence[TaskWay]) -> TaskWay | None:
    return tasks[0] if tasks else None


def _ways(errand: Errand, asks_before_payment: bool) -> Iterator[TaskWay]:
    slug, application_id = errand.request.tenant.slug, errand.application.id
    for task in errand.view.tasks:
        yield TaskWay(words_of(task), _task_url(slug, application_id, task), task.sentence)
    yield from _appeal_ways(errand)
    if asks_before_payment:
        sentence = _("Vi trenger noen svar før vi kan betale.")
        yield TaskWay(_("Svar før utbetaling"), errand.address("before_payment"), sentence)


def _appeal_ways(errand: Errand) -> Iterator[TaskWay]:
    """What an appeal or a change without one waits for the party to say. One statement after a decision, else none."""
    words = {"defect": _("Rett klagen"), "partly": _("Svar om klagen skal stå")}
    for one in errand.view.appeals:
        if one.appeal.state in words and not one.appeal.other_party:
            url = errand.address("appeal_followed", one.appeal.id)
            yield TaskWay(words[one.appeal.state], url, must_words(one.appeal))
    if errand.view.decision is None:
        return
    for reversal in reversals_to_comment(errand.case.id):
        sentence = _("Vi vurderer å endre vedtaket.")
        yield TaskWay(_("Si hva dere mener"), errand.address("comment_reversal", reversal.id), sentence)


def may_appeal(view: ApplicantView) -> bool:
    """Whether the way to an appeal is shown: the decision is read, and no appeal of theirs waits already."""
    waits = any(one.appeal.sent_at and not one.appeal.settled_at for one in view.appeals)
    decision = view.decision
    may = bool(decision and decision.outcome and not decision.appeal_period.is_final)
    return may and view.may_commit and not waits


def appeals_of(errand: Errand) -> list[tuple[Appeal, str, list[Attachment]]]:
    """The appeals that are sent, with where each stands and its files."""
    sent = [one for one in errand.view.appeals if one.appeal.sent_at]
    body = _("klageinstansen")
    return [(one.appeal, heading_of(one.appeal, body), usable(one.attachments)) for one in sent]


def words_of(task: Task) -> str:
    words = {
        "answer_request": _("Svar på spørsmålet"),
        "read_decision": _("Les svaret"),
        "accept_award": _("Les vilkårene og svar"),
        "report": _("Skriv rapporten"),
    }
    return words[task.purpose]


def _task_url(slug: str, application_id: UUID, task: Task) -> str:
    more = [] if task.purpose == "report" else [task.subject_id]
    return reverse(task.purpose, args=[slug, application_id, *more])


def places_of(request: Request, application: Application, view: ApplicantView | None) -> Places:
    slug = request.tenant.slug
    receipt = reverse("receipt_file", args=[slug, application.id]) if application.submitted_at else ""
    if view is None:
        return Places(receipt)
    letter = view.decision.letter if view.decision else None
    urls = {task.purpose: _task_url(slug, application.id, task) for task in reversed(view.tasks)}
    return Places(
        receipt=receipt,
        request=urls.get("answer_request", ""),
        letter=reverse("application_document", args=[slug, application.id, letter.id]) if letter else "",
        reading=urls.get("read_decision", ""),
        accepting=urls.get("accept_award", ""),
        reporting=urls.get("report", ""),
    )
