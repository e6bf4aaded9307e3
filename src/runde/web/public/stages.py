"""Where a call stands for the one who reads its page, and what to press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import moment_text, time_text
from runde.foundation.people.api import Actor
from runde.grants.applications.api import Application, list_for_actor
from runde.grants.schemes.api import Call, MoneyLeft, Phase, grace_ends_at
from runde.web.components.tags.norwegian import kroner, page_language
from runde.web.public.announcements import LAST_CHANCE


@dataclass(frozen=True)
class Note:
    """A box on the page: what is so, and what it means for the reader."""

    heading: str
    sentences: tuple[str, ...]
    color: str = "info"


@dataclass(frozen=True)
class Way:
    """A button: what it does and where it leads. The first on the page is the one to press."""

    text: str
    url: str


def notes_of(call: Call, phase: Phase, money: MoneyLeft, at: datetime) -> list[Note]:
    """What a reader must know of the time and the money before anything else."""
    if phase == Phase.WITHDRAWN:
        return [_withdrawn(call)]
    note = _of_time(call, phase, at)
    notes = [note] if note else []
    if money.is_used_up and phase in (Phase.NOT_OPEN, Phase.OPEN, Phase.GRACE):
        notes.append(_used_up(call, money))
    return notes


def ways_on(call: Call, phase: Phase, own: Application | None, tenant_slug: str) -> list[Way]:
    """What the reader can do now, the likeliest first. `own` is their application to this call, if any."""
    if own is not None and own.state == Application.State.SUBMITTED:
        return [Way(_("Se søknaden dere har sendt"), reverse("application", args=[tenant_slug, own.id]))]
    if own is not None and phase in (Phase.OPEN, Phase.GRACE):
        return [Way(_("Fortsett søknaden"), reverse("application", args=[tenant_slug, own.id]))]
    address = [tenant_slug, call.slug]
    if phase == Phase.OPEN:
        begin = _address_or_none("begin", address)
        ways = [Way(_("Søk"), reverse("apply", args=address))]
        return [*ways, Way(_("Begynn uten å logge inn"), begin)] if begin else ways
    if phase == Phase.GRACE:
        return [Way(_("Fortsett søknaden"), reverse("my_page"))]
    if phase == Phase.NOT_OPEN:
        url = f"{reverse('subscribe')}?utlysning={tenant_slug}/{call.slug}"
        return [Way(_("Si fra når den åpner"), url)]
    return []


def own_application(call: Call, actor: Actor | None) -> Application | None:
    """The reader's own application to the call: what is sent before what is begun. None for those not signed in."""
    if actor is None:
        return None
    theirs = [one for one in list_for_actor(actor) if one.call_id == call.id]
    by_state = {one.state: one for one in reversed(theirs)}
    return by_state.get(Application.State.SUBMITTED) or by_state.get(Application.State.DRAFT)


def deadline_text(call: Call) -> str:
    """The deadline with weekday and time, and whose time it is."""
    when = _moment(call.closes_at)
    if call.kind == Call.Kind.RUNNING:
        return _("Søk når som helst, senest %(when)s, norsk tid") % {"when": when}
    return _("%(when)s, norsk tid") % {"when": when}


def _of_time(call: Call, phase: Phase, at: datetime) -> Note | None:
    closes, until = {"when": _moment(call.closes_at)}, {"when": _moment(grace_ends_at(call))}
    match phase:
        case Phase.NOT_OPEN:
            opens = _("Ordningen åpner %(when)s.") % {"when": _moment(call.opens_at)}
            return Note(_("Du kan ikke søke ennå"), (opens,))
        case Phase.OPEN if call.closes_at - at < LAST_CHANCE:
            return Note(_("Fristen er snart ute"), (_("Send inn før %(when)s.") % closes,), "warning")
        case Phase.GRACE:
            begun = _("Har du begynt på en søknad, kan du sende den til %(when)s.") % until
            new = _("Du kan ikke begynne på en ny søknad nå.")
            return Note(_("Fristen er ute, men du kan sende det du har begynt på"), (begun, new), "warning")
        case Phase.CLOSED:
            was = _("Fristen var %(when)s.") % closes
            draft = _("Har du en kladd, er den lagret, men den kan ikke sendes inn.")
            return Note(_("Fristen er ute"), (was, draft), "warning")
    return None


def _withdrawn(call: Call) -> Note:
    why = (_("Kommunen skriver: «%(reason)s»") % {"reason": call.withdrawn_reason},)
    sent = _("Har du sendt inn en søknad, får du svar på den.")
    return Note(
        _("Kommunen har trukket utlysningen"), (*(why if call.withdrawn_reason else ()), sent), "warning"
    )


def _used_up(call: Call, money: MoneyLeft) -> Note:
    """The reserve list, and what more may come."""
    spent = _("Alle %(given)s som er satt av, er delt ut.") % {"given": kroner(money.decided_nok)}
    reserve = _(
        "Du kan søke, men da står søknaden på venteliste. Du får penger bare hvis noe blir til overs."
    )
    more = _("%(amount)s til venter på vedtak. De pengene kan gå til dem på ventelista.")
    waiting = (more % {"amount": kroner(money.waiting_nok)},) if money.waiting_nok > 0 else ()
    return Note(_("Pengene er brukt opp"), (spent, reserve, *waiting), "warning")


def lateness(call: Call) -> list[str]:
    """What happens to who is late, in sentences."""
    if call.grace_minutes:
        words = _("Har du begynt før fristen, kan du sende inn til %(time)s. Etter det er det stengt.")
        return [words % {"time": _time_of_end(call)}]
    return [_("Søknaden må være sendt før fristen. Det holder ikke å ha begynt på den.")]


def _time_of_end(call: Call) -> str:
    """Only the time when it is the same day."""
    ends, closes = timezone.localtime(grace_ends_at(call)), timezone.localtime(call.closes_at)
    if ends.date() == closes.date():
        return time_text(ends, page_language())
    return moment_text(ends, page_language())


def _moment(at: datetime) -> str:
    return moment_text(timezone.localtime(at), page_language())


def _address_or_none(name: str, args: list[str]) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
