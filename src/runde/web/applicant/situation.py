"""Where a case is, as one sentence with who, when and what the reader must do.

Pure: the page gathers what has happened, this decides what to say about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, amount_text, date_text, moment_text, weekday_date_text
from runde.web.components.facts import TrackStep, When

Outcome = Literal["granted", "refused"]


@dataclass(frozen=True)
class Story:
    """What has happened so far. Dates that have not come are None; `planned_date` is when the bank should pay."""

    tenant_name: str
    answer_by_date: date
    submitted_at: datetime
    is_withdrawn: bool = False
    is_proposed: bool = False
    decided_at: datetime | None = None
    outcome: Outcome | None = None
    amount_nok: Decimal | None = None
    appeal_by_date: date | None = None
    planned_date: date | None = None
    is_in_bank_file: bool = False
    sent_to_bank_at: datetime | None = None
    letter_url: str = ""


@dataclass(frozen=True)
class Situation:
    """The page's heading, two sentences under it, and the status word's code."""

    heading: str
    who: str
    must: str
    status: str


def situation(story: Story, language: Language, *, today: date) -> Situation:
    if story.is_withdrawn:
        return Situation(
            _("Søknaden er trukket"),
            _("%(tenant)s behandler den ikke.") % {"tenant": story.tenant_name},
            _("Du kan sende en ny søknad så lenge ordningen er åpen."),
            "withdrawn",
        )
    if story.outcome == "granted":
        return _granted(story, language)
    if story.outcome == "refused":
        return Situation(
            _("Dere får ikke tilskudd"),
            _("%(tenant)s har fattet vedtak. Brevet sier hvorfor.") % {"tenant": story.tenant_name},
            _appeal(story, language),
            "refused",
        )
    return _waiting(story, language, today)


def _granted(story: Story, language: Language) -> Situation:
    amount = amount_text(story.amount_nok or Decimal(0), language)
    if story.sent_to_bank_at:
        heading = _("%(amount)s er på vei til kontoen") % {"amount": amount}
        who = _("Pengene er sendt til banken %(day)s.") % {"day": _day(story.sent_to_bank_at, language)}
        return Situation(heading, who, _("Du trenger ikke gjøre noe nå."), "paying")
    heading = _("Dere får %(amount)s") % {"amount": amount}
    if story.planned_date:
        who = _("Pengene kommer etter planen %(day)s.") % {
            "day": weekday_date_text(story.planned_date, language)
        }
    else:
        who = _("%(tenant)s gjør utbetalingen klar.") % {"tenant": story.tenant_name}
    return Situation(heading, who, _("Du trenger ikke gjøre noe nå."), "granted")


def _waiting(story: Story, language: Language, today: date) -> Situation:
    day = weekday_date_text(story.answer_by_date, language)
    if today > story.answer_by_date:
        heading = _("Dette tar lengre tid enn vi sa")
        who = _("%(tenant)s skulle ha svart innen %(day)s.") % {"tenant": story.tenant_name, "day": day}
        return Situation(heading, who, _("Ta kontakt hvis du vil vite hvorfor."), "in_progress")
    heading = _("Du får svar innen %(day)s") % {"day": day}
    who = _("%(tenant)s vurderer søknaden.") % {"tenant": story.tenant_name}
    return Situation(
        heading, who, _("Du trenger ikke gjøre noe nå."), "in_progress" if story.is_proposed else "submitted"
    )


def _appeal(story: Story, language: Language) -> str:
    if story.appeal_by_date is None:
        return ""
    return _("Er dere uenige, kan dere klage innen %(day)s.") % {
        "day": weekday_date_text(story.appeal_by_date, language)
    }


def steps(story: Story, language: Language) -> list[TrackStep]:
    """The track: what is done with its date, where it is now, what comes."""
    track = [TrackStep(_("Søknaden er sendt"), "done", date=_moment(story.submitted_at, language))]
    if story.is_withdrawn:
        return [*track, TrackStep(_("Søknaden er trukket"), "done")]
    track.append(_assessment_step(story, language))
    track.append(_decision_step(story, language))
    if story.outcome != "refused":
        track.append(_payment_step(story, language))
    return track


def _assessment_step(story: Story, language: Language) -> TrackStep:
    if story.decided_at:
        return TrackStep(_("Søknaden er vurdert"), "done")
    if story.is_proposed:
        note = _("Et forslag til vedtak venter på godkjenning av en annen person.")
        return TrackStep(_("Søknaden blir vurdert"), "now", note=note)
    return TrackStep(_("Søknaden blir vurdert"), "now", note=_("En saksbehandler ser på tallene og kravene."))


def _decision_step(story: Story, language: Language) -> TrackStep:
    if not story.decided_at:
        day = weekday_date_text(story.answer_by_date, language)
        return TrackStep(_("Vedtak"), "later", date=_("innen %(day)s") % {"day": day})
    note = _appeal(story, language)
    return TrackStep(
        _("Vedtaket er fattet"),
        "done",
        date=_moment(story.decided_at, language),
        note=note,
        url=story.letter_url,
        link_text=_("Les vedtaksbrevet") if story.letter_url else "",
    )


def _payment_step(story: Story, language: Language) -> TrackStep:
    if story.sent_to_bank_at:
        return TrackStep(
            _("Pengene er sendt til banken"), "done", date=_moment(story.sent_to_bank_at, language)
        )
    when: When = "now" if story.decided_at else "later"
    if story.is_in_bank_file:
        return TrackStep(_("Utbetalingen er godkjent og ligger i fil til banken"), when)
    day = date_text(story.planned_date, language) if story.planned_date else ""
    planned = _("etter planen %(day)s") % {"day": day} if day else ""
    note = _("En annen person i kommunen må godkjenne utbetalingen.") if story.decided_at else ""
    return TrackStep(_("Utbetaling"), when, date=planned, note=note)


def _day(moment: datetime, language: Language) -> str:
    return date_text(timezone.localdate(moment), language)


def _moment(moment: datetime, language: Language) -> str:
    return moment_text(timezone.localtime(moment), language)
