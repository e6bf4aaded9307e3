"""Where an appeal stands, in the party's words: who has it, and what the party must do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from runde.engine.reference.api import weekday_date_text
from runde.grants.casework.api import Appeal, AppealStep
from runde.web.components.tags.norwegian import page_language


def heading_of(appeal: Appeal, body: str) -> str:
    """One sentence, with the day where there is one."""
    day = weekday_date_text(appeal.due_date, page_language()) if appeal.due_date else ""
    if appeal.result:
        return result_words(appeal.result, body)
    waits = {
        "late": _("Vi vurderer om klagen kan behandles"),
        "received": _("Vi skal se på saken på nytt"),
        "defect": _("Rett klagen innen %(day)s") % {"day": day},
        "reassessing": _("Vi ser på saken på nytt"),
        "changing": _("Vi ser på saken på nytt"),
        "partly": _("Svar innen %(day)s om klagen skal stå") % {"day": day},
        "forwarded": _("Klagen ligger hos %(body)s") % {"body": body},
        "to_decide": _("Dere får snart et nytt vedtak"),
        "carrying_out": _("Dere får snart et nytt vedtak"),
    }
    return waits[appeal.state]


def result_words(result: str, body: str) -> str:
    words = {
        "upheld": _("Dere fikk medhold i klagen"),
        "partly": _("Dere fikk delvis medhold i klagen"),
        "kept": _("Klagen er avgjort. Vedtaket er ikke endret"),
        "changed": _("Klagen er avgjort. Vedtaket er endret"),
        "annulled": _("Klagen er avgjort. Vedtaket er opphevet"),
        "dismissed": _("Klagen ble ikke behandlet"),
        "withdrawn": _("Klagen er trukket"),
    }
    return words[result]


def must_words(appeal: Appeal, told: Sequence[AppealStep] = ()) -> str:
    """Who has it now, and what the party must do. `told` are the steps they got words of: the newest day counts."""
    if appeal.state == "defect":
        return _("Klagen mangler noe. Les hva, og rett den.")
    if appeal.state == "partly":
        return _("Vi har endret en del av vedtaket. Er dere fornøyde, eller skal klagen stå for resten?")
    if appeal.new_decision_id and appeal.result == "changed":
        return _("Les det nye vedtaket") + "."
    if appeal.new_decision_id and appeal.settled_at:
        return _("Les det nye vedtaket. Er dere uenige i det, kan dere klage på det også.")
    if appeal.settled_at:
        return _("Du trenger ikke gjøre noe nå.")
    if appeal.reassess_by_date and appeal.state in ("late", "received", "reassessing", "changing"):
        day = weekday_date_text(_answer_day(appeal.reassess_by_date, told), page_language())
        return _("Du trenger ikke gjøre noe nå. Dere hører fra oss innen %(day)s.") % {"day": day}
    return _("Du trenger ikke gjøre noe nå.")


def _answer_day(promised: date, told: Sequence[AppealStep]) -> date:
    """The day promised, or the newest that was told when it had passed."""
    later = [date.fromisoformat(one.facts["expected"]) for one in told if one.event == "told_waiting"]
    return max([promised, *later])


def told_words(step: AppealStep) -> str:
    words = {
        "send": _("Dere sendte klagen"),
        "send_late": _("Dere sendte klagen etter fristen"),
        "dismiss": _("Vi avviste klagen"),
        "contest": _("Dere ba oss vurdere klagen på nytt"),
        "ask_correction": _("Vi ba dere rette klagen"),
        "correct": _("Dere rettet klagen"),
        "forward": _("Vi sendte klagen videre med dette"),
        "body_kept": _("Klageinstansen endret ikke vedtaket"),
        "body_changed": _("Klageinstansen endret vedtaket"),
        "body_annulled": _("Klageinstansen opphevet vedtaket"),
        "body_dismissed": _("Klageinstansen avviste klagen"),
        "wait_granted": _("Vi venter med å gjennomføre vedtaket"),
        "wait_refused": _("Vi venter ikke med å gjennomføre vedtaket"),
        "told_waiting": _("Vi sa fra om at svaret tar lengre tid"),
    }
    return words[step.event]
