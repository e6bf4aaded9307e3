"""The way of a case: what is done, where it is now, and what comes, each with its date and where it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, date_text, moment_text, weekday_date_text
from runde.grants.casework.api import Stage
from runde.web.applicant.change_words import final_words
from runde.web.applicant.situation import Story, appeal_words
from runde.web.components.facts import TrackStep, When

BEFORE = {Stage.RECEIVED, Stage.BEING_APPROVED, Stage.WAITING_FOR_APPLICANT}
OVER = {Stage.REFUSED, Stage.DECLINED, Stage.LAPSED, Stage.WITHDRAWN}


@dataclass(frozen=True)
class Places:
    """Where the steps can be read; empty for none."""

    receipt: str = ""
    request: str = ""
    letter: str = ""
    reading: str = ""
    accepting: str = ""
    reporting: str = ""


def steps(story: Story, language: Language, places: Places, *, today: date) -> list[TrackStep]:
    return list(_steps(story, language, places, today))


def _steps(story: Story, language: Language, places: Places, today: date) -> Iterator[TrackStep]:
    yield _linked(
        TrackStep(_("Søknaden er sendt"), "done", date=_moment(story.submitted_at, language)),
        places.receipt,
        _("Les kvitteringen"),
    )
    if story.stage == Stage.WITHDRAWN:
        yield TrackStep(_("Søknaden er trukket"), "done")
        return
    yield _assessment(story, language, places)
    yield _decision(story, language, places, today)
    if story.stage == Stage.ANSWERED:
        yield _linked(TrackStep(_("Du leser svaret"), "now"), places.reading, _("Les svaret"))
        return
    yield from _acceptance(story, language, places)
    if story.stage not in OVER:
        yield _payment(story, language)
        yield from _report(story, language, places)


def _assessment(story: Story, language: Language, places: Places) -> TrackStep:
    if story.stage == Stage.WAITING_FOR_APPLICANT:
        day = weekday_date_text(min(story.asked, default=story.answer_by_date), language)
        step = TrackStep(
            _("Vi venter på svar fra deg"),
            "now",
            date=_("innen %(day)s") % {"day": day},
            note=_("Behandlingen står stille til vi har fått svar."),
        )
        return _linked(step, places.request, _("Les spørsmålet og svar"))
    if story.stage == Stage.BEING_APPROVED:
        note = _("Et forslag til vedtak venter på godkjenning av en annen person.")
        return TrackStep(_("Søknaden blir vurdert"), "now", note=note)
    if story.stage == Stage.RECEIVED:
        return TrackStep(
            _("Søknaden blir vurdert"), "now", note=_("En saksbehandler ser på tallene og kravene.")
        )
    return TrackStep(_("Søknaden er vurdert"), "done")


def _decision(story: Story, language: Language, places: Places, today: date) -> TrackStep:
    if story.stage in BEFORE or story.decided_at is None:
        expected = story.expected.date if story.expected else story.answer_by_date
        late = today > expected
        day = _("innen %(day)s") % {"day": weekday_date_text(expected, language)}
        return TrackStep(_("Vedtak"), "later", date="" if late else day)
    note = appeal_words(story, language, today) or final_words(story.change)
    note = note if story.stage != Stage.ANSWERED else ""
    step = TrackStep(_("Vedtaket er fattet"), "done", date=_moment(story.decided_at, language), note=note)
    return _linked(step, places.letter, _("Les vedtaksbrevet"))


def _acceptance(story: Story, language: Language, places: Places) -> Iterator[TrackStep]:
    if story.stage in (Stage.DECLINED, Stage.LAPSED):
        words = {Stage.DECLINED: _("Dere har takket nei"), Stage.LAPSED: _("Tilskuddet er falt bort")}
        yield TrackStep(
            words[story.stage],
            "done",
            date=_moment(story.accepted_at, language) if story.accepted_at else "",
        )
    elif story.accepted_at:
        yield TrackStep(_("Vilkårene er godtatt"), "done", date=_moment(story.accepted_at, language))
    elif story.accept_by_date:
        day = _("innen %(day)s") % {"day": weekday_date_text(story.accept_by_date, language)}
        step = TrackStep(_("Dere godtar vilkårene"), "now", date=day)
        yield _linked(step, places.accepting, _("Les vilkårene og svar"))


def _payment(story: Story, language: Language) -> TrackStep:
    if story.change.is_conditional:
        return TrackStep(_("Pengene blir vedtatt"), "now", note=_("Ingenting blir betalt før det."))
    money = story.money
    if story.stage == Stage.PAID and money and money.sent_at:
        return TrackStep(
            _("Pengene er sendt til banken"),
            "done",
            date=_moment(money.sent_at, language),
            note=_account(story),
        )
    planned = story.planned_date
    day = _("etter planen %(day)s") % {"day": date_text(planned, language)} if planned else ""
    if story.stage == Stage.PAYING:
        return TrackStep(
            _("Utbetalingen er godkjent og ligger i fil til banken"), "now", date=day, note=_account(story)
        )
    is_next: When = "now" if story.stage == Stage.GRANTED else "later"
    note = _("En annen person i kommunen må godkjenne utbetalingen.") if is_next == "now" else ""
    return TrackStep(_("Utbetaling"), is_next, date=day, note=note)


def _account(story: Story) -> str:
    return _("Til konto %(account)s") % {"account": story.money.account.masked} if story.money else ""


def _report(story: Story, language: Language, places: Places) -> Iterator[TrackStep]:
    report = story.report
    if report is None:
        return
    if report.sent_at:
        yield TrackStep(_("Rapporten er sendt"), "done", date=_moment(report.sent_at, language))
        return
    day = _("innen %(day)s") % {"day": weekday_date_text(report.due_date, language)}
    is_next: When = "now" if story.stage == Stage.PAID else "later"
    yield _linked(TrackStep(_("Rapport"), is_next, date=day), places.reporting, _("Skriv rapporten"))


def _linked(step: TrackStep, url: str, words: str) -> TrackStep:
    if not url:
        return step
    return TrackStep(step.what, step.when, step.date, step.note, url, words)


def _moment(moment: datetime, language: Language) -> str:
    return moment_text(timezone.localtime(moment), language)
