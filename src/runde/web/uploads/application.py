"""Files with an application: added and removed while it is a draft, and later at the questions asked later."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.documents.api import Attachment
from runde.foundation.forms.api import Question, Stage, chosen, questions_of
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, NotFound
from runde.grants.applications.api import Application, get_application
from runde.web.components.tags.norwegian import page_language

from .subjects import EVERY_KIND, Room

USUAL_MOST = 1
BEFORE = (Stage.DRAFT, Stage.SUBMIT)


class ApplicationFiles:
    """The applicant and those who fill in with them hand in; staff read when it has been sent."""

    def room(self, actor: Actor, subject_id: UUID, question: str) -> Room:
        application = _changeable(actor, subject_id)
        asked = _file_question(application, question)
        _refuse_too_late(application, asked)
        kinds = asked.settings.get("kinds")
        most = int(asked.settings.get("most", USUAL_MOST))
        return Room(most, tuple(kinds or EVERY_KIND), chosen(asked.label, page_language()))

    def check_reader(self, actor: Actor, subject_id: UUID) -> None:
        get_application(subject_id, actor)

    def check_remover(self, actor: Actor, attachment: Attachment) -> None:
        _changeable(actor, attachment.subject_id)


def _changeable(actor: Actor, application_id: UUID) -> Application:
    """Raises NotFound, NotAllowed."""
    application = get_application(application_id, actor)
    authorise(actor, "applications.change", application)
    return application


def _file_question(application: Application, slug: str) -> Question:
    """Raises NotFound."""
    for one in questions_of(application.scheme_version.form):
        if one.slug == slug and one.type == "file":
            return one
    raise NotFound("Vi finner ikke spørsmålet. Gå tilbake til søknaden.")


def _refuse_too_late(application: Application, asked: Question) -> None:
    """What is asked for in the application itself is handed in before it is sent; the rest after."""
    if application.state == Application.State.DRAFT:
        return
    if application.state != Application.State.SUBMITTED or asked.required_from in BEFORE:
        raise Conflict("Søknaden er sendt inn. Vedleggene i den kan ikke endres.")
