"""What is asked after the application: at acceptance, before payment, in the report. Saved and sealed as it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import transaction

from runde.engine.reference.api import Language
from runde.foundation.forms.api import Raw, Reading, Stage, questions_of, read_answers, written_answers
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, Refused

from ..domain.refusals import Incomplete
from ..domain.register import known_facts
from ..domain.saving import Differing, Turn
from ..domain.seal import STAGE_FORMAT, seal_over
from ..models import Application, StageAnswers
from ..queries.asking import register_of
from ..queries.stages import find_stage_answers, held_stage_answers, stage_content
from ..signals import stage_answers_submitted
from .files import strange_files
from .laying import Ground, Laid, Posted, lay
from .sheets import Keeping, count_turn, store

LATER = frozenset({Stage.ACCEPTANCE, Stage.PAYMENT, Stage.REPORT})


@dataclass(frozen=True, slots=True)
class SavedStage:
    """As `Saved`, for the answers of one stage."""

    sheet: StageAnswers
    reading: Reading
    theirs: tuple[Differing, ...] = ()
    conflicts: tuple[Differing, ...] = ()
    page_revision: int = 0
    is_late: bool = False


@transaction.atomic
def save_stage_answers(
    *,
    application: Application,
    stage: Stage,
    raw: Mapping[str, Raw],
    expected_revision: int,
    by: Actor,
    at: datetime,
    asked: Collection[str] | None = None,
    page: str = "",
    turn: int | None = None,
    mine: Collection[str] = (),
) -> SavedStage:
    """Store what was typed on a page of a later stage, exactly as `save_answers` does.

    Raises NotAllowed, Refused for a stage that belongs to the application itself or an application that is not sent,
    and Conflict when the stage is sent.
    """
    authorise(by, "applications.change", application)
    sheet = _sheet(application, stage, by, at)
    posted = Posted(
        raw=raw,
        asked=frozenset(raw if asked is None else asked) & _slugs(application, stage),
        expected_revision=expected_revision,
        turn=Turn(page, turn),
        chosen=frozenset(mine),
    )
    if posted.turn.is_late(sheet.turns):
        return SavedStage(sheet, Reading(), page_revision=expected_revision, is_late=True)
    laid = lay(sheet, posted, _ground(application, stage))
    if laid.merged.changed or laid.not_kept or laid.unread != sheet.unread:
        stored = store(sheet, _keeping(application, stage, posted, laid, by=by, at=at))
        if stored is None:
            raise Conflict("Svarene ble endret i samme øyeblikk. Prøv en gang til.")
        sheet = stored
    else:
        count_turn(sheet, posted.turn)
    revision = sheet.revision if laid.knows_all else expected_revision
    return SavedStage(sheet, laid.reading, laid.theirs, laid.conflicts, revision)


@transaction.atomic
def submit_stage_answers(
    *,
    application: Application,
    stage: Stage,
    by: Actor,
    at: datetime,
    expected_revision: int | None = None,
) -> StageAnswers:
    """Send what a later stage asks for: complete and sealed. Sending it again changes nothing.

    `expected_revision` is what the person has looked over. Raises NotAllowed, Incomplete, Refused, and Conflict when
    it has changed since.
    """
    authorise(by, "applications.submit", application)
    sheet = _sheet(application, stage, by, at, sent_too=True)
    if sheet.seal:
        return sheet
    if expected_revision is not None and sheet.revision != expected_revision:
        raise Conflict("Svarene er endret av noen andre siden du så på dem. Se over på nytt.")
    _require_complete(application, stage, sheet)
    sheet.submitted_at, sheet.submitted_by = at, by.person_id
    sheet.seal = seal_over(stage_content(application, sheet), STAGE_FORMAT)
    sheet.save(update_fields=["submitted_at", "submitted_by", "seal"])
    record(
        action="applications.stage_submitted",
        subject_kind="application",
        subject_id=application.id,
        by=by.person_id,
        at=at,
        stage=stage.value,
        seal=sheet.seal,
    )
    stage_answers_submitted.send(
        sender=StageAnswers, application=application, stage=stage, sheet=sheet, by=by, at=at
    )
    return sheet


def _sheet(
    application: Application, stage: Stage, by: Actor, at: datetime, *, sent_too: bool = False
) -> StageAnswers:
    """The stage's answers, held until the transaction ends, made when nobody has begun on them."""
    if stage not in LATER:
        raise Refused("Disse spørsmålene hører til selve søknaden.")
    if application.state != Application.State.SUBMITTED:
        raise Refused("Søknaden er ikke sendt, eller den er trukket.")
    if find_stage_answers(application, stage) is None:
        new = StageAnswers(application=application, stage=stage, saved_at=at, saved_by=by.person_id)
        StageAnswers.objects.bulk_create([new], ignore_conflicts=True)
    sheet = held_stage_answers(application, stage)
    if sheet.seal and not sent_too:
        raise Conflict("Svarene er allerede sendt og kan ikke endres.")
    return sheet


def _slugs(application: Application, stage: Stage) -> frozenset[str]:
    return frozenset(one.slug for one in questions_of(application.scheme_version.form, stage))


def _ground(application: Application, stage: Stage) -> Ground:
    return Ground(
        form=application.scheme_version.form,
        language=cast(Language, application.language),
        known=known_facts(register_of(application)),
        application_id=application.id,
        stage=stage,
        refuse_files=lambda named: strange_files(application, named),
        elsewhere=application.answers,
    )


def _keeping(
    application: Application, stage: Stage, posted: Posted, laid: Laid, *, by: Actor, at: datetime
) -> Keeping:
    return Keeping(
        application_id=application.id,
        stage=stage,
        answers=laid.merged.answers,
        unread=laid.unread,
        changed=laid.merged.changed,
        not_kept=laid.not_kept,
        turn=posted.turn,
        by=by.person_id,
        at=at,
    )


def _require_complete(application: Application, stage: Stage, sheet: StageAnswers) -> None:
    form = application.scheme_version.form
    reading = read_answers(
        form,
        written_answers(form, sheet.answers),
        require=stage,
        language=cast(Language, application.language),
        asked=_slugs(application, stage),
        known=known_facts(register_of(application)),
        stored=application.answers,
    )
    unread = {slug: reading.errors.get(slug, "Rett svaret, vi kan ikke lese det.") for slug in sheet.unread}
    errors = {slug: text for slug, text in (reading.errors | unread).items() if slug not in reading.hidden}
    if errors:
        raise Incomplete(errors, application.id)
