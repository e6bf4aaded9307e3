from __future__ import annotations

from typing import Any

from runde.foundation.forms.api import Stage

from ..domain.seal import STAGE_FORMAT, moment, seal_over
from ..models import Application, StageAnswers


def find_stage_answers(application: Application, stage: Stage) -> StageAnswers | None:
    """What has been answered at a later stage so far, sent or not."""
    return StageAnswers.objects.filter(application=application, stage=stage).first()


def list_stage_answers(*applications: Application) -> list[StageAnswers]:
    """Of one application, or several: the oldest first."""
    return list(StageAnswers.objects.filter(application__in=applications).order_by("saved_at", "id"))


def held_stage_answers(application: Application, stage: Stage) -> StageAnswers:
    """Held until the transaction ends."""
    return StageAnswers.objects.select_for_update().get(application=application, stage=stage)


def stage_content(application: Application, sheet: StageAnswers) -> dict[str, Any]:
    """Everything the seal of a stage is over."""
    if sheet.submitted_at is None:
        raise ValueError("Answers that have not been sent have no seal")
    return {
        "tenant": str(application.tenant_id),
        "application": str(application.id),
        "application_seal": application.seal,
        "stage": sheet.stage,
        "revision": sheet.revision,
        "submitted_at": moment(sheet.submitted_at),
        "submitted_by": str(sheet.submitted_by),
        "form_digest": application.scheme_version.form.digest,
        "answers": sheet.answers,
    }


def is_stage_seal_whole(application: Application, sheet: StageAnswers) -> bool:
    """Whether what is stored is what was sealed. False for what was never sent."""
    return bool(sheet.seal) and seal_over(stage_content(application, sheet), STAGE_FORMAT) == sheet.seal
