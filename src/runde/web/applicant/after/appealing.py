"""An appeal against the decision: in time or late, it is received all the same."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from runde.engine.reference.api import weekday_date_text
from runde.grants.casework.api import ShownDecision, Unsaid, draft_appeal, save_appeal, send_appeal
from runde.web.applicant.after.errand import Errand, open_errand
from runde.web.applicant.after.writing import LONGEST, Box, Draft, box_of, takes_files, typed_in
from runde.web.components.fields import Choice, Field
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance

KIND = "appeal"


@entrance(SIGNED_IN)
def appeal(request: Request, application: UUID) -> HttpResponse:
    errand = open_errand(request, application)
    found = errand.view.decision
    if found is None or not found.outcome:
        return errand.elsewhere(_("Det er ikke noe vedtak å klage på ennå."))
    if found.appeal_period.is_final:
        return errand.elsewhere(_("Klagen er avgjort av klageinstansen. Dere kan ikke klage en gang til."))
    if request.method != "POST":
        return _page(errand, found, _box(errand, _draft(errand)))
    draft = _kept(errand, found)
    if takes_files(errand, draft):
        return redirect(request.path)
    try:
        sent = send_appeal(
            appeal_id=draft.id,
            text=draft.text,
            late_words=late_words(errand),
            wants_wait="yes" in request.POST.getlist("wants_wait"),
            by=request.actor,
            at=request.at,
        )
    except Unsaid as refusal:
        return _page(errand, found, _box(errand, draft, refusal.sentence), status=422)
    if sent.is_late:
        return errand.done(
            _("Vi har fått klagen. Den kom etter fristen, så vi vurderer om den likevel kan behandles.")
        )
    return errand.done(_("Vi har fått klagen. Den kom i tide."))


def _draft(errand: Errand) -> Draft | None:
    own = errand.request.actor.person_id
    for one in errand.view.appeals:
        if one.appeal.sent_at is None and one.appeal.written_by == own:
            return Draft(KIND, one.appeal.id, one.appeal.text)
    return None


def _kept(errand: Errand, found: ShownDecision) -> Draft:
    request, text = errand.request, typed_in(errand)
    made = draft_appeal(decision_id=found.id, by=request.actor, at=request.at)
    save_appeal(appeal_id=made.id, text=text, late_words=late_words(errand), by=request.actor, at=request.at)
    return Draft(KIND, made.id, text)


def _box(errand: Errand, draft: Draft | None, error: str = "") -> Box:
    return box_of(
        errand,
        draft,
        _("Hva er dere uenige i, og hva vil dere ha endret?"),
        description=_("Skriv gjerne hvorfor, og legg ved det dere mener vi bør se."),
        error=error,
    )


def late_words(errand: Errand) -> str:
    return str(errand.request.POST.get("late_words", ""))[:LONGEST]


def _more(errand: Errand, found: ShownDecision, *, is_late: bool) -> list[Field]:
    """Why it comes late, when it does; and of a grant, whether the municipality should wait."""
    posted = errand.request.POST
    kept = [one.appeal.late_words for one in errand.view.appeals if one.appeal.sent_at is None]
    late = Field(
        "late_words",
        _("Hvorfor kommer klagen etter fristen?"),
        kind="textarea",
        rows=3,
        value=posted.get("late_words", kept[0] if kept else ""),
        optional=True,
    )
    wait = Field(
        "wants_wait",
        _("Skal vi vente med å gjennomføre vedtaket?"),
        kind="checkboxes",
        choices=(Choice("yes", _("Ja, vi ber dere vente til klagen er avgjort")),),
        value=posted.getlist("wants_wait"),
        optional=True,
    )
    return [*([late] if is_late else []), *([wait] if found.outcome == "granted" else [])]


def _page(errand: Errand, found: ShownDecision, box: Box, *, status: int = 200) -> HttpResponse:
    period = found.appeal_period
    return errand.page(
        "applicant/after/appeal.html",
        _("Klag på vedtaket"),
        last_day=weekday_date_text(period.last_date, page_language()),
        is_late=period.is_late(errand.today),
        waits_for_reasons=period.waits_for_reasons,
        more_fields=_more(errand, found, is_late=period.is_late(errand.today)),
        reasons_url=""
        if period.waits_for_reasons or period.is_late(errand.today)
        else errand.address("demand_reasons", found.id),
        may_commit=errand.view.may_commit,
        box=box,
        errors=box.errors,
        has_errors=bool(box.errors),
        status=status,
    )
