from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from runde.engine.reference.api import Language
from runde.foundation.forms.api import Raw, Reading, Stage
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..domain.register import known_facts
from ..domain.saving import Differing, Turn
from ..domain.states import Act, state_after
from ..models import Application
from ..queries.finding import locked
from .files import strange_files
from .laying import Ground, Laid, Posted, lay
from .sheets import Keeping, count_turn, store


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save. Everything that could be read is stored, except where it stands in `conflicts`.

    `reading.errors` has a sentence for each answer that could not be read: what stood there stands, and what was
    typed is kept in `application.unread`. `theirs` are questions somebody else has answered and this page had not
    touched: theirs stands. `conflicts` are those both have answered, each their own way: theirs stands until the
    person has chosen, and only their own questions wait. `gone` are questions a new form no longer has: what was
    typed is in `application.set_aside`. `is_late`: a newer save of the same page was taken in before this one, so
    nothing was stored.

    `page_revision` is what this page sends as `expected_revision` next time: the new revision when the page shows
    what is stored, else the one it sent, so that what it has not seen is never written over.
    """

    application: Application
    reading: Reading
    theirs: tuple[Differing, ...] = ()
    conflicts: tuple[Differing, ...] = ()
    gone: tuple[str, ...] = ()
    page_revision: int = 0
    is_late: bool = False


def save_answers(
    *,
    application: Application,
    raw: Mapping[str, Raw],
    expected_revision: int,
    by: Actor,
    at: datetime,
    asked: Collection[str] | None = None,
    page: str = "",
    turn: int | None = None,
    mine: Collection[str] = (),
) -> Saved:
    """Store what was typed on a page, question by question beside what others write. One or two SQL statements.

    `asked` names the page's questions; without it, those in `raw`. One that was asked, shown and left empty is
    emptied. `expected_revision` is the revision the page was made from (see `Saved.page_revision`). `page` is a token
    of one rendered page (at most 40 characters): its own earlier saves are never in conflict with it. The same person
    on a telephone and a computer has two pages. `turn` rises with each save of the page (milliseconds will do), so
    that one that was delayed on the way cannot undo a newer one. `mine` are questions where the person has seen both
    answers and chosen their own.

    Raises NotAllowed, and Conflict when the application is sent or withdrawn.
    """
    authorise(by, "applications.change", application)
    posted = Posted(
        raw=raw,
        asked=frozenset(raw if asked is None else asked),
        expected_revision=expected_revision,
        turn=Turn(page, turn),
        chosen=frozenset(mine),
    )
    # Whoever saves alone needs no lock: the statement itself refuses when somebody was quicker.
    saved = _save(application, posted, by=by, at=at) or _save(locked(application.id), posted, by=by, at=at)
    if saved is None:
        raise Conflict("Søknaden ble endret i samme øyeblikk. Prøv en gang til.")
    return saved


def _save(application: Application, posted: Posted, *, by: Actor, at: datetime) -> Saved | None:
    state_after(application.state, Act.SAVE)
    if posted.turn.is_late(application.turns):
        return Saved(application, Reading(), page_revision=posted.expected_revision, is_late=True)
    laid = lay(application, posted, ground_of(application))
    extra = _extra(application, posted, laid)
    is_news = laid.merged.changed or laid.not_kept or laid.unread != application.unread or extra
    if not is_news:
        count_turn(application, posted.turn)
        return _told(application, posted, laid)
    stored = store(application, _keeping(application, posted, laid, extra, by=by, at=at))
    return _told(stored, posted, laid) if stored else None


def ground_of(application: Application) -> Ground:
    """What the application's own questions are read against: its form, its language, what the register says."""
    return Ground(
        form=application.scheme_version.form,
        language=cast(Language, application.language),
        known=known_facts(application.facts_seen),
        application_id=application.id,
        stage=Stage.SUBMIT,
        refuse_files=lambda named: strange_files(application, named),
    )


def _keeping(
    application: Application, posted: Posted, laid: Laid, extra: dict[str, Any], *, by: Actor, at: datetime
) -> Keeping:
    return Keeping(
        application_id=application.id,
        stage=Stage.SUBMIT,
        answers=laid.merged.answers,
        unread=laid.unread,
        changed=laid.merged.changed,
        not_kept=laid.not_kept,
        turn=posted.turn,
        by=by.person_id,
        at=at,
        extra=extra,
    )


def _extra(application: Application, posted: Posted, laid: Laid) -> dict[str, Any]:
    """Columns that change beside the answers: what has been seen again, and what has lost its question."""
    extra: dict[str, Any] = {}
    to_see = [slug for slug in application.to_see if slug not in posted.asked]
    if to_see != application.to_see:
        extra["to_see"] = to_see
    aside = _with_gone(application.set_aside, laid.gone)
    if aside != application.set_aside:
        extra["set_aside"] = aside
    return extra


def _with_gone(set_aside: Mapping[str, Any], gone: Mapping[str, Raw]) -> dict[str, Any]:
    """With what was typed for questions that a new form has taken away while the page was open."""
    aside = dict(set_aside)
    for slug, raw in sorted(gone.items()):
        known = aside.get(slug, {"label": slug, "text": "", "type": "", "value": None})
        aside[slug] = {**known, "typed": raw}
    return aside


def _told(application: Application, posted: Posted, laid: Laid) -> Saved:
    return Saved(
        application,
        laid.reading,
        laid.theirs,
        laid.conflicts,
        tuple(sorted(laid.gone)),
        application.revision if laid.knows_all else posted.expected_revision,
    )
