"""An appeal after it is sent: where it stands, what has been said, and what the party may do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from runde.engine.reference.api import weekday_date_text
from runde.grants.casework.api import (
    AppealEvent,
    PartysAppeal,
    Unsaid,
    answer_rest,
    ask_suspension,
    comment_reversal,
    contest_dismissal,
    correct_appeal,
    demand_reasons,
    partys_appeal,
    reversals_to_comment,
    withdraw_appeal,
)
from runde.web.applicant.after.appeal_words import heading_of, must_words, told_words
from runde.web.applicant.after.errand import Errand, open_errand
from runde.web.applicant.after.writing import LONGEST
from runde.web.components.fields import Field
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance

E = AppealEvent
STEPS = {
    "rett": E.CORRECT,
    "la-sta": E.MAINTAIN,
    "avslutt": E.CONTENT,
    "trekk": E.WITHDRAW,
    "ny-vurdering": E.CONTEST,
    "vent": None,
}


BESIDE = ("trekk", "vent")
"""What may be done at any time, and nobody waits for."""


@dataclass(frozen=True)
class Way:
    """One thing the party may do: its button, its page's heading, what happens, and what it asks to be written."""

    words: str
    h1: str
    lines: tuple[str, ...]
    undo: str
    done: str
    label: str = ""


@entrance(SIGNED_IN)
def show(request: Request, application: UUID, appeal: UUID) -> HttpResponse:
    errand = open_errand(request, application)
    found = _found(errand, appeal)
    ways = ways_of(found)
    return errand.page(
        "applicant/after/appeal_followed.html",
        heading_of(found.appeal, found.body),
        must=must_words(found.appeal, found.told),
        appeal=found.appeal,
        told=[(told_words(one), one, _letter_url(errand, found, one.id)) for one in found.told],
        decision_url=errand.address("read_decision", found.appeal.new_decision_id)
        if found.appeal.new_decision_id
        else "",
        ways=[_link(errand, found, slug, way) for slug, way in ways.items() if slug not in BESIDE],
        beside=[_link(errand, found, slug, way) for slug, way in ways.items() if slug in BESIDE],
    )


@entrance(SIGNED_IN)
def act(request: Request, application: UUID, appeal: UUID, step: str) -> HttpResponse:
    errand = open_errand(request, application)
    found = _found(errand, appeal)
    way = ways_of(found).get(step)
    if way is None:
        return errand.elsewhere(_("Klagen har kommet videre. Det er ikke noe å gjøre her nå."))
    text = str(request.POST.get("text", ""))[:LONGEST]
    if request.method != "POST":
        return _act_page(errand, found, way)
    errand.recheck()
    try:
        _press(step, found.appeal.id, text, request)
    except Unsaid as refusal:
        return _act_page(errand, found, way, text, refusal.sentence)
    return errand.done(way.done)


@entrance(SIGNED_IN)
def reasons(request: Request, application: UUID, decision: UUID) -> HttpResponse:
    errand = open_errand(request, application)
    found = errand.view.decision
    if found is None or found.id != decision or not found.outcome:
        return errand.elsewhere(_("Det er ikke noe vedtak å be om begrunnelse for her."))
    if found.appeal_period.is_final:
        return errand.elsewhere(_("Klagen er avgjort av klageinstansen. Brevet sier hvorfor."))
    if found.appeal_period.waits_for_reasons or found.appeal_period.is_late(errand.today):
        return errand.elsewhere(
            _("Dere har bedt om begrunnelse, eller fristen er ute. Send gjerne en melding.")
        )
    way = Way(
        _("Be om begrunnelse"),
        _("Be om en begrunnelse for vedtaket"),
        (
            _("Kommunen skriver hvorfor vedtaket ble som det ble."),
            _("Klagefristen stanser, og begynner på nytt når dere har fått begrunnelsen."),
        ),
        _("Dere kan be om det én gang."),
        _("Vi har fått spørsmålet og skriver til dere."),
    )
    if request.method == "POST":
        errand.recheck()
        demand_reasons(decision_id=decision, by=request.actor, at=request.at)
        return errand.done(way.done)
    return _form(errand, way, "", "", errand.case_url, _("Saken"))


@entrance(SIGNED_IN)
def comment(request: Request, application: UUID, reversal: UUID) -> HttpResponse:
    errand = open_errand(request, application)
    found = next((one for one in reversals_to_comment(errand.case.id) if one.id == reversal), None)
    if found is None:
        return errand.elsewhere(_("Dere har svart, eller kommunen har bestemt seg."))
    day = weekday_date_text(found.comment_by_date, page_language()) if found.comment_by_date else ""
    way = Way(
        _("Send svaret"),
        _("Vi vurderer å endre vedtaket. Skriv innen %(day)s hva dere mener") % {"day": day},
        (_("Kommunen leser det dere skriver, før den bestemmer seg."),),
        _("Svaret kan ikke endres når det er sendt."),
        _("Vi har fått svaret deres."),
        _("Hva mener dere?"),
    )
    text = str(request.POST.get("text", ""))[:LONGEST]
    if request.method != "POST":
        return _form(errand, way, "", "", errand.case_url, _("Saken"), said=found.notice)
    errand.recheck()
    try:
        comment_reversal(reversal_id=reversal, text=text, by=request.actor, at=request.at)
    except Unsaid as refusal:
        return _form(errand, way, text, refusal.sentence, errand.case_url, _("Saken"), said=found.notice)
    return errand.done(way.done)


def ways_of(found: PartysAppeal) -> dict[str, Way]:
    """What the party may do now, the likeliest first."""
    known = _ways()
    able = {slug: known[slug] for slug, event in STEPS.items() if event in found.events}
    if found.appeal.is_contested:
        able.pop("ny-vurdering", None)
    waits = found.appeal.decision.outcome == "granted" and found.suspension is None
    if found.events and waits and found.appeal.settled_at is None:
        able["vent"] = known["vent"]
    return able


def _ways() -> dict[str, Way]:
    return {
        "rett": Way(
            _("Rett klagen"),
            _("Rett klagen"),
            (_("Kommunen får det du skriver, og behandler klagen videre."),),
            "",
            _("Klagen er rettet."),
            _("Skriv det som manglet"),
        ),
        "la-sta": Way(
            _("La klagen stå for resten"),
            _("Skal klagen stå for resten?"),
            (_("Kommunen behandler resten av klagen videre."), _("Det nye vedtaket gjelder imens.")),
            _("Du kan trekke klagen til den er avgjort."),
            _("Klagen står for resten."),
        ),
        "avslutt": Way(
            _("Avslutt klagen"),
            _("Er dere fornøyde med det nye vedtaket?"),
            (_("Klagen blir avsluttet. Det nye vedtaket gjelder."),),
            _("Dere kan klage på det nye vedtaket til fristen er ute."),
            _("Klagen er avsluttet."),
        ),
        "trekk": Way(
            _("Trekk klagen"),
            _("Vil dere trekke klagen?"),
            (_("Klagen blir ikke behandlet. Vedtaket står."),),
            _("Dere kan klage på nytt så lenge fristen ikke er ute."),
            _("Klagen er trukket."),
        ),
        "ny-vurdering": Way(
            _("Be om ny vurdering"),
            _("Be om at klagen tas opp igjen"),
            (_("Kommunen vurderer på nytt om klagen kan behandles."),),
            _("Dere kan be om det én gang."),
            _("Kommunen vurderer på nytt om klagen kan behandles."),
            _("Hvorfor bør klagen behandles?"),
        ),
        "vent": Way(
            _("Be oss vente med vedtaket"),
            _("Be oss vente med å gjennomføre vedtaket"),
            (
                _("Kommunen svarer på om den venter til klagen er avgjort."),
                _("Venter den, blir ingenting betalt på vedtaket før det."),
            ),
            _("Dere kan be om det én gang."),
            _("Vi har fått spørsmålet og svarer dere."),
        ),
    }


def _press(step: str, appeal_id: UUID, text: str, request: Request) -> None:
    by, at = request.actor, request.at
    presses: dict[str, Callable[[], object]] = {
        "rett": lambda: correct_appeal(appeal_id=appeal_id, text=text, by=by, at=at),
        "la-sta": lambda: answer_rest(appeal_id=appeal_id, maintains=True, by=by, at=at),
        "avslutt": lambda: answer_rest(appeal_id=appeal_id, maintains=False, by=by, at=at),
        "trekk": lambda: withdraw_appeal(appeal_id=appeal_id, by=by, at=at),
        "ny-vurdering": lambda: contest_dismissal(appeal_id=appeal_id, text=text, by=by, at=at),
        "vent": lambda: ask_suspension(appeal_id=appeal_id, by=by, at=at),
    }
    presses[step]()


def _found(errand: Errand, appeal_id: UUID) -> PartysAppeal:
    return partys_appeal(appeal_id, of_case=errand.case.id, by=errand.request.actor)


def _link(errand: Errand, found: PartysAppeal, slug: str, way: Way) -> tuple[str, str]:
    return way.words, errand.address("appeal_step", found.appeal.id, slug)


def _letter_url(errand: Errand, found: PartysAppeal, step_id: UUID) -> str:
    letter = found.letters.get(step_id)
    return errand.address("application_document", letter.id) if letter else ""


def _act_page(errand: Errand, found: PartysAppeal, way: Way, text: str = "", error: str = "") -> HttpResponse:
    back = errand.address("appeal_followed", found.appeal.id)
    asked = [one.words for one in found.told if one.event == "ask_correction"]
    said = asked[-1] if asked and found.appeal.state == "defect" else ""
    return _form(errand, way, text, error, back, _("Klagen"), said=said)


def _form(
    errand: Errand, way: Way, text: str, error: str, back_url: str, back_text: str, *, said: str = ""
) -> HttpResponse:
    box = Field("text", way.label, kind="textarea", value=text, error=error, rows=6) if way.label else None
    return errand.page(
        "applicant/after/appeal_act.html",
        way.h1,
        way=way,
        box=box,
        said=said,
        may_commit=errand.view.may_commit,
        errors=[box] if box and error else [],
        has_errors=bool(error),
        status=422 if error else 200,
        back_url=back_url,
        back_text=back_text,
    )
