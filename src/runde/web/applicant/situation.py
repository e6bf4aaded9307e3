"""Where a case is, as one sentence with who, when and what the reader must do.

Pure: the page gathers what has happened, this decides what to say about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runde.engine.reference.api import Language, amount_text, date_text, weekday_date_text
from runde.grants.casework.api import (
    Expected,
    Later,
    MoneyState,
    ShownReport,
    Stage,
    ToldChange,
    why_later,
)
from runde.web.applicant.change_words import change_words, final_words, line_words, waiting_words


@dataclass(frozen=True)
class Story:
    """What has happened so far, as the applicant may know it. What has not come is None.

    `asked` are the days of what we have asked and not been answered; `expected` is None after the decision; `later` is
    what we have said ourselves of how long it takes.
    """

    tenant_name: str
    stage: Stage
    submitted_at: datetime
    answer_by_date: date
    expected: Expected | None = None
    later: Later | None = None
    asked: tuple[date, ...] = ()
    decided_at: datetime | None = None
    amount_nok: Decimal | None = None
    appeal_by_date: date | None = None
    accept_by_date: date | None = None
    accepted_at: datetime | None = None
    report: ShownReport | None = None
    money: MoneyState | None = None
    change: ToldChange = ToldChange()

    @property
    def coming_nok(self) -> Decimal:
        """What the newest payment carries: all of the grant, but for one that has been raised since."""
        return (self.money.amount_nok if self.money else self.amount_nok) or Decimal(0)

    @property
    def planned_date(self) -> date | None:
        """When the money should be paid. A new account number holds it until its day."""
        if self.money is None:
            return None
        planned = self.money.execution_date or self.money.due_date
        change = self.money.account.effective_date if self.money.account.change_id else None
        return max(planned, change) if change else planned


@dataclass(frozen=True)
class Situation:
    """The page's heading, two sentences under it, the status word's code, and what the date rests on."""

    heading: str
    who: str
    must: str
    status: str
    note: str = ""


Teller = Callable[[Story, Language, date], Situation]


def situation(story: Story, language: Language, *, today: date) -> Situation:
    told = TELLERS[story.stage](story, language, today)
    if story.stage not in DECIDED:
        return told
    more = (told.note, change_words(story.change, story.amount_nok, language), final_words(story.change))
    return replace(told, note=" ".join(one for one in more if one))


def _withdrawn(story: Story, language: Language, today: date) -> Situation:
    return Situation(
        _("Søknaden er trukket"),
        _("%(tenant)s behandler den ikke.") % {"tenant": story.tenant_name},
        _("Du kan sende en ny søknad så lenge ordningen er åpen."),
        "withdrawn",
    )


def _assessed(story: Story, language: Language, today: date) -> Situation:
    status = "in_progress" if story.stage == Stage.BEING_APPROVED else "submitted"
    expected, later = story.expected, story.later
    if later and today <= later.expected_date:
        return _told(story, later, language, is_late=_is_late(story, today))
    if _is_late(story, today):
        return _late(story, language, today)
    if expected is None or expected.basis == "deadline":
        day = weekday_date_text(expected.date if expected else story.answer_by_date, language)
        heading = _("Du får svar innen %(day)s") % {"day": day}
        rests_on = _("Det er datoen kommunen har satt i utlysningen.")
    else:
        heading = _("Du får trolig svar innen %(day)s") % {"day": weekday_date_text(expected.date, language)}
        rests_on = _throughput(expected, language)
    who = _("%(tenant)s vurderer søknaden.") % {"tenant": story.tenant_name}
    note = f"{rests_on} {_moved(expected)}".strip()
    return Situation(heading, who, _nothing(), status, note)


def _told(story: Story, later: Later, language: Language, *, is_late: bool) -> Situation:
    """The day and the reason of the provisional reply: the same as the mail says."""
    facts = {"day": weekday_date_text(later.expected_date, language), "tenant": story.tenant_name}
    why = why_later(later.reason_code, later.reason_text, language)
    if is_late:
        who = _("Ny forventet dato er %(day)s.") % facts
        return Situation(_("Dette tar lengre tid enn vi sa"), f"{who} {why}", _nothing(), "in_progress")
    heading = _("Du får trolig svar innen %(day)s") % facts
    who = _("%(tenant)s vurderer søknaden.") % facts
    return Situation(heading, f"{who} {why}", _nothing(), "in_progress", _moved(story.expected))


def _is_late(story: Story, today: date) -> bool:
    return story.expected.is_overdue if story.expected else today > story.answer_by_date


def _late(story: Story, language: Language, today: date) -> Situation:
    """With the new date while there is one: what the call promised, when cases usually take less."""
    promised = story.expected.answer_by_date if story.expected else story.answer_by_date
    day, heading = weekday_date_text(promised, language), _("Dette tar lengre tid enn vi sa")
    if today <= promised:
        who = _("Ny forventet dato er %(day)s. Det er siste dag etter utlysningen.") % {"day": day}
        return Situation(heading, who, _nothing(), "in_progress", _moved(story.expected))
    who = _("%(tenant)s skulle ha svart innen %(day)s.") % {"tenant": story.tenant_name, "day": day}
    must = _("Ta kontakt hvis du vil vite hvorfor.")
    return Situation(heading, who, must, "in_progress", _moved(story.expected))


def _throughput(expected: Expected, language: Language) -> str:
    facts = {"day": date_text(expected.date, language), "count": expected.of_how_many}
    return _("Åtte av ti får svar innen %(day)s. Vi har regnet med de siste %(count)s sakene.") % facts


def _moved(expected: Expected | None) -> str:
    days = expected.paused_days if expected else 0
    if not days:
        return ""
    return ngettext(
        "Datoen er flyttet %(count)s dag fordi vi ventet på svar fra deg.",
        "Datoen er flyttet %(count)s dager fordi vi ventet på svar fra deg.",
        days,
    ) % {"count": days}


def _waiting(story: Story, language: Language, today: date) -> Situation:
    count, first = len(story.asked), min(story.asked, default=story.answer_by_date)
    facts = {"count": count, "day": weekday_date_text(first, language)}
    who = _("Søknaden ligger hos deg. %(tenant)s venter.") % {"tenant": story.tenant_name}
    if today > first:
        heading = _("Vi venter fortsatt på svar fra deg")
        must = _("Fristen var %(day)s. Svar så snart du kan.") % facts
        return Situation(heading, who, must, "question")
    heading = ngettext(
        "Vi trenger et svar fra deg innen %(day)s",
        "Vi trenger %(count)s svar fra deg. Det første innen %(day)s",
        count,
    )
    must = _("Når du har svart, behandler vi søknaden videre.")
    return Situation(heading % facts, who, must, "question")


def _answered(story: Story, language: Language, today: date) -> Situation:
    heading = _("Svaret på søknaden er klart")
    if story.decided_at:
        day = weekday_date_text(timezone.localdate(story.decided_at), language)
        heading = _("Svaret på søknaden kom %(day)s") % {"day": day}
    who = _("%(tenant)s har fattet vedtak.") % {"tenant": story.tenant_name}
    return Situation(heading, who, _("Les svaret, og bekreft at du har lest det."), "decided")


def _to_accept(story: Story, language: Language, today: date) -> Situation:
    facts = {
        "amount": amount_text(story.amount_nok or Decimal(0), language),
        "day": weekday_date_text(story.accept_by_date or today, language),
    }
    if story.accept_by_date and today > story.accept_by_date:
        heading = _("Du har ikke godtatt vilkårene ennå")
        who = _("Fristen var %(day)s. Kommunen kan la tilskuddet på %(amount)s falle bort.") % facts
        return Situation(heading, who, _("Godta vilkårene nå hvis dere vil ha pengene."), "granted")
    heading = _("Dere får %(amount)s. Godta vilkårene innen %(day)s") % facts
    who = _("Pengene venter på at dere godtar vilkårene.")
    return Situation(heading, who, _("Les vilkårene, og godta dem eller takk nei."), "granted")


def _granted(story: Story, language: Language, today: date) -> Situation:
    if story.change.is_conditional:
        return _conditional(story, language, today)
    amount = _amounts(story, language)
    planned, must = story.planned_date, _report_or_nothing(story, language)
    if planned is None:
        heading = _("Dere får %(amount)s") % {"amount": amount_text(story.amount_nok or Decimal(0), language)}
        who = _("%(tenant)s gjør utbetalingen klar.") % {"tenant": story.tenant_name}
        return Situation(heading, who, must, "granted")
    day = weekday_date_text(planned, language)
    if today > planned:
        who = _("Dere får %(amount)s. Pengene skulle ha kommet %(day)s, men er ikke sendt ennå.")
        contact = _("Ta kontakt hvis du vil vite hvorfor.")
        return Situation(
            _("Utbetalingen er forsinket"), who % {"amount": amount, "day": day}, contact, "granted"
        )
    heading = _("Pengene kommer etter planen %(day)s") % {"day": day}
    who = _("Dere får %(amount)s. %(tenant)s gjør utbetalingen klar.") % {
        "amount": amount,
        "tenant": story.tenant_name,
    }
    return Situation(heading, who, must, "granted", _new_account(story, language))


def _amounts(story: Story, language: Language) -> str:
    """What comes now; of a grant that was raised after a payment, out of how much."""
    coming = amount_text(story.coming_nok, language)
    if not (story.money and story.money.earlier_nok):
        return amount_text(story.amount_nok or Decimal(0), language)
    total = amount_text(story.amount_nok or Decimal(0), language)
    return _("%(coming)s nå, og %(total)s til sammen") % {"coming": coming, "total": total}


def _conditional(story: Story, language: Language, today: date) -> Situation:
    """Nothing is owed yet: no payday, and no promise."""
    amount = amount_text(story.amount_nok or Decimal(0), language)
    heading = _("Dere kan få %(amount)s, hvis pengene blir vedtatt") % {"amount": amount}
    who = waiting_words(story.change, language, today)
    must = _("Ikke regn med pengene før dere får et nytt brev.")
    return Situation(heading, who, must, "decided", _("Beløpet kan bli satt ned eller falle bort."))


def _new_account(story: Story, language: Language) -> str:
    change = story.money.account if story.money and story.money.account.change_id else None
    if change is None or change.effective_date is None:
        return ""
    day = weekday_date_text(change.effective_date, language)
    return _("Av sikkerhetshensyn bruker vi det nye kontonummeret fra %(day)s.") % {"day": day}


def _paying(story: Story, language: Language, today: date) -> Situation:
    planned = story.planned_date
    amount = amount_text(story.coming_nok, language)
    heading = _("Utbetalingen av %(amount)s er godkjent") % {"amount": amount}
    if planned and planned >= today:
        day = weekday_date_text(planned, language)
        heading = _("Pengene kommer etter planen %(day)s") % {"day": day}
    who = _("%(amount)s er godkjent og ligger klar til å sendes til banken.") % {"amount": amount}
    return Situation(heading, who, _report_or_nothing(story, language), "paying")


def _paid(story: Story, language: Language, today: date) -> Situation:
    amount = amount_text(story.coming_nok, language)
    money = story.money
    planned = money.execution_date if money else None
    if planned and today > planned:
        heading = _("%(amount)s skal være på kontoen") % {"amount": amount}
        who = _("Vi ba banken betale %(day)s. Ser du ikke pengene, så ta kontakt.") % {
            "day": weekday_date_text(planned, language)
        }
        return Situation(heading, who, _report_or_nothing(story, language), "paid")
    heading = _("%(amount)s er på vei til kontoen") % {"amount": amount}
    who = _("Pengene er sendt til banken.")
    if money and money.sent_at:
        day = date_text(timezone.localdate(money.sent_at), language)
        who = _("Pengene er sendt til banken %(day)s.") % {"day": day}
    if planned:
        who += " " + _("Banken betaler %(day)s.") % {"day": weekday_date_text(planned, language)}
    return Situation(heading, who, _report_or_nothing(story, language), "paying")


def _refused(story: Story, language: Language, today: date) -> Situation:
    who = _("%(tenant)s har fattet vedtak. Brevet sier hvorfor.") % {"tenant": story.tenant_name}
    must = appeal_words(story, language, today) or _nothing()
    if story.change.in_line:
        heading = _("Dere står på reservelista")
        return Situation(heading, f"{who} {line_words(story.change, language)}", must, "refused")
    return Situation(_("Dere får ikke tilskudd"), who, must, "refused")


def _declined(story: Story, language: Language, today: date) -> Situation:
    who = _("%(tenant)s betaler ikke noe i denne saken.") % {"tenant": story.tenant_name}
    return Situation(_("Dere har takket nei til tilskuddet"), who, _nothing(), "closed")


def _lapsed(story: Story, language: Language, today: date) -> Situation:
    who = _("Vilkårene ble ikke godtatt i tide.")
    must = _("Ta kontakt hvis dere mener det er feil.")
    return Situation(_("Tilskuddet er falt bort"), who, must, "closed")


def appeal_words(story: Story, language: Language, today: date) -> str:
    """The last day to appeal, while it has not passed."""
    if story.appeal_by_date is None or today > story.appeal_by_date:
        return ""
    return _("Er dere uenige, kan dere klage innen %(day)s.") % {
        "day": weekday_date_text(story.appeal_by_date, language)
    }


def _nothing() -> str:
    return _("Du trenger ikke gjøre noe nå.")


def _report_or_nothing(story: Story, language: Language) -> str:
    report = story.report
    if report is None or report.sent_at:
        return _nothing()
    day = weekday_date_text(report.due_date, language)
    if report.is_overdue:
        return _("Rapporten skulle ha kommet %(day)s. Send den så snart du kan.") % {"day": day}
    return _("Send rapporten innen %(day)s.") % {"day": day}


DECIDED = {Stage.REFUSED, Stage.TO_ACCEPT, Stage.GRANTED, Stage.PAYING, Stage.PAID}
TELLERS: dict[Stage, Teller] = {
    Stage.RECEIVED: _assessed,
    Stage.BEING_APPROVED: _assessed,
    Stage.WAITING_FOR_APPLICANT: _waiting,
    Stage.WITHDRAWN: _withdrawn,
    Stage.ANSWERED: _answered,
    Stage.REFUSED: _refused,
    Stage.TO_ACCEPT: _to_accept,
    Stage.DECLINED: _declined,
    Stage.LAPSED: _lapsed,
    Stage.GRANTED: _granted,
    Stage.PAYING: _paying,
    Stage.PAID: _paid,
}
