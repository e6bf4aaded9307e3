"""An appeal in the words and rows of its page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text
from runde.grants.casework.api import LATE_GROUNDS, AppealPage, AppealState, AppealStep
from runde.web.components.facts import Fact
from runde.web.officer.files import files_of
from runde.web.officer.proposed import OUTCOME_WORDS
from runde.web.staff import day_and_clock

TOLD = {
    "send": "Klagen kom i tide",
    "send_late": "Klagen kom etter fristen",
    "hear": "Behandles selv om den kom for sent",
    "dismiss": "Avvist",
    "reinstate": "Tatt opp igjen",
    "contest": "Søkeren vil ha avvisningen vurdert på nytt",
    "ask_correction": "Søkeren er bedt om å rette klagen",
    "correct": "Søkeren har rettet klagen",
    "go_on": "Behandles slik den er",
    "keep_going": "Klagen står for resten",
    "take": "Tatt til ny vurdering",
    "give_back": "Lagt tilbake",
    "uphold": "Nytt vedtak foreslått",
    "returned": "Forslaget er sendt tilbake",
    "decided": "Nytt vedtak er fattet",
    "decided_partly": "Nytt vedtak er fattet, delvis medhold",
    "content": "Søkeren er fornøyd",
    "maintain": "Søkeren lar klagen stå for resten",
    "forward": "Sendt til klageinstansen",
    "body_kept": "Klageinstansen har ikke endret vedtaket",
    "body_changed": "Klageinstansen har endret vedtaket",
    "body_annulled": "Klageinstansen har opphevet vedtaket",
    "body_dismissed": "Klageinstansen har avvist klagen",
    "propose": "Nytt vedtak foreslått etter klageinstansen",
    "withdraw": "Trukket av søkeren",
    "set_aside": "Penger satt av",
    "ask_wait": "Søkeren ber om å vente med vedtaket",
    "wait_granted": "Vedtaket venter på klagen",
    "wait_refused": "Vedtaket venter ikke på klagen",
    "told_waiting": "Klageren fikk beskjed om at svaret tar lengre tid",
}


def heading_of(page: AppealPage) -> str:
    """What the appeal waits for, or what came of it, in one sentence."""
    company, appeal, body = page.case.application.company_name, page.appeal, page.body
    if appeal.result:
        return f"Klagen fra {page.appeal.other_party or company}: {appeal.get_result_display().lower()}"
    due = date_text(appeal.due_date) if appeal.due_date else ""
    waits = {
        AppealState.LATE: "Klagen kom etter fristen. Skal den behandles?",
        AppealState.RECEIVED: "Klagen venter på noen som ikke var med på vedtaket",
        AppealState.DEFECT: f"Søkeren skal rette klagen innen {due}",
        AppealState.REASSESSING: f"{page.names.get(appeal.reassessor, 'Noen')} ser på saken på nytt"
        if appeal.reassessor
        else "Saken vurderes på nytt",
        AppealState.CHANGING: "Et nytt vedtak venter på godkjenning",
        AppealState.PARTLY: f"Søkeren svarer innen {due} om klagen skal stå for resten",
        AppealState.FORWARDED: f"Klagen ligger hos {body}",
        AppealState.TO_DECIDE: "Nytt vedtak må føres etter klageinstansen",
        AppealState.CARRYING_OUT: "Et nytt vedtak venter på godkjenning",
    }
    return waits[AppealState(appeal.state)]


def facts_of(page: AppealPage) -> list[Fact]:
    appeal, decision = page.appeal, page.decision
    came = day_and_clock(appeal.sent_at) if appeal.sent_at else ""
    last = f"Frist {date_text(appeal.last_date)}" if appeal.last_date else ""
    amount = f", {amount_text(decision.amount_nok)}" if decision.outcome == "granted" else ""
    made = f"{page.names.get(decision.prepared_by, '')} og {page.names.get(decision.decided_by, '')}"
    by_date = appeal.reassess_by_date if not appeal.settled_at else None
    facts = [
        Fact("Klagen kom", came, source=f"Etter fristen. {last}" if appeal.is_late else f"I tide. {last}"),
        Fact("Klager", appeal.other_party or page.case.application.company_name),
        Fact(
            "Vedtaket det er klaget på",
            f"{OUTCOME_WORDS[decision.outcome]}{amount}",
            source=f"{date_text(timezone.localdate(decision.decided_at))}. Kan ikke behandle klagen: {made}",
        ),
        Fact("Ser på saken på nytt", page.names.get(appeal.reassessor, "") if appeal.reassessor else ""),
        Fact("Kommunen svarer innen", date_text(by_date) if by_date else ""),
        Fact("Satt av til klagen", _held(page), source=_sources(page)),
        Fact("Vente med vedtaket", _waits(page)),
    ]
    return [one for one in facts if one.value]


def _held(page: AppealPage) -> str:
    if page.held:
        return amount_text(page.held_nok)
    return "" if page.appeal.settled_at else "Ingenting"


def _sources(page: AppealPage) -> str:
    return ", ".join(f"{one.source} {amount_text(one.amount_nok)}" for one in page.held)


def _waits(page: AppealPage) -> str:
    waits = page.suspension
    if waits is None:
        return ""
    if waits.answered_at is None:
        return "" if page.appeal.settled_at else "Søkeren ber om det. Svar på det."
    if not waits.is_granted:
        return "Nei, vedtaket gjennomføres"
    return (
        "Ja, ingenting betales før klagen er avgjort"
        if waits.ended_at is None
        else "Det ventet til klagen var avgjort"
    )


def steps_of(page: AppealPage, slug: str) -> list[dict[str, Any]]:
    return [_step(one, page, slug) for one in page.steps]


def _step(step: AppealStep, page: AppealPage, slug: str) -> dict[str, Any]:
    ground = step.facts.get("ground", "")
    return {
        "what": TOLD.get(step.event, step.event),
        "who": page.names.get(step.by, "Systemet") if step.by else "Systemet",
        "when": day_and_clock(step.at),
        "words": step.words,
        "more": _more(step, LATE_GROUNDS.get(ground, "")),
        "letters": [
            (one.document.title, reverse("case_document", args=[slug, page.case.id, one.id]))
            for one in (page.letters.get(step.id), page.statements.get(step.id))
            if one is not None
        ],
    }


def _more(step: AppealStep, ground: str) -> str:
    facts = step.facts
    if "too_little" in facts:
        return f"Ingenting er satt av. {facts['too_little']}"
    if facts.get("set_aside_nok"):
        return f"{amount_text(Decimal(facts['set_aside_nok']))} ble satt av."
    if "reference" in facts:
        return f"Sak {facts['reference']}"
    if step.due_date:
        return f"Frist {date_text(step.due_date)}"
    return ground


def files_shown(page: AppealPage, slug: str) -> list[dict[str, str]]:
    return files_of(page.files, slug)
