"""What the journal says of a case, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from runde.engine.reference.api import amount_text, date_text

Payload = Mapping[str, Any]


class Told(Protocol):
    @property
    def action(self) -> str: ...
    @property
    def payload(self) -> Payload: ...


def words_for(event: Told) -> str:
    """One line; empty for what a reader of the case has no use for."""
    write = _WORDS.get(event.action)
    return write(event.payload) if write else ""


def _outcome(payload: Payload) -> str:
    if payload.get("outcome") != "granted":
        return "avslag"
    return f"tilskudd på {amount_text(Decimal(str(payload['amount_nok'])))}"


def _day(written: Any) -> str:
    return date_text(date.fromisoformat(str(written)))


def _declared(payload: Payload) -> str:
    return "Kan behandle saken" if payload.get("is_impartial") else "Kan ikke behandle saken"


def _returned(payload: Payload) -> str:
    return f"Forslaget sendt tilbake: {payload.get('reason', '')}"


def _moved(payload: Payload) -> str:
    return f"Vurdert etter versjon {payload['version_number']} av ordningen: {payload['reason']}"


def _overridden(payload: Payload) -> str:
    return f"{payload['label']} satt til {payload['now']}, reglene gir {payload['was']}. {payload['reason']}"


def _marked(payload: Payload) -> str:
    return f"{payload['subject']}: {payload['words']}"


def _passed_on(payload: Payload) -> str:
    return "Gitt videre til en annen saksbehandler" if payload.get("to") else "Gitt videre til lederens kø"


def _nok(payload: Payload) -> str:
    return amount_text(Decimal(str(payload["amount_nok"])))


def _always(told: str) -> Callable[[Payload], str]:
    return lambda payload: told


APPEALS_TOLD: Mapping[str, str] = {
    "appeal_hear": "Klagen kom etter fristen og behandles likevel",
    "appeal_dismiss": "Klagen er avvist",
    "appeal_reinstate": "Klagen er tatt opp igjen",
    "appeal_contest": "Søkeren vil ha avvisningen vurdert på nytt",
    "appeal_ask_correction": "Søkeren er bedt om å rette klagen",
    "appeal_correct": "Søkeren har rettet klagen",
    "appeal_go_on": "Klagen behandles slik den er",
    "appeal_keep_going": "Klagen står for resten",
    "appeal_take": "Saken vurderes på nytt",
    "appeal_give_back": "Klagen venter på en annen saksbehandler",
    "appeal_uphold": "Nytt vedtak foreslått etter klagen",
    "appeal_returned": "Forslaget etter klagen er sendt tilbake",
    "appeal_decided": "Klagen er avgjort med nytt vedtak",
    "appeal_decided_partly": "Søkeren har fått delvis medhold",
    "appeal_content": "Søkeren er fornøyd med det nye vedtaket",
    "appeal_maintain": "Søkeren lar klagen stå for resten",
    "appeal_forward": "Klagen er sendt til klageinstansen",
    "appeal_body_kept": "Klageinstansen har ikke endret vedtaket",
    "appeal_body_changed": "Klageinstansen har endret vedtaket",
    "appeal_body_annulled": "Klageinstansen har opphevet vedtaket",
    "appeal_body_dismissed": "Klageinstansen har avvist klagen",
    "appeal_propose": "Nytt vedtak foreslått etter klageinstansen",
    "appeal_withdraw": "Klagen er trukket",
    "appeal_set_aside": "Penger satt av til klagen er endret",
    "appeal_wait_asked": "Søkeren ber om å vente med vedtaket",
    "appeal_wait_granted": "Vedtaket venter til klagen er avgjort",
    "appeal_wait_refused": "Vedtaket venter ikke på klagen",
    "reasons_asked": "Søkeren ber om begrunnelse",
    "reasons_given": "Begrunnelsen er sendt",
    "reversal_open": "Vurderer å endre vedtaket",
    "reversal_open_harmful": "Vurderer å endre vedtaket",
    "reversal_notify": "Søkeren er varslet om at vedtaket kan bli endret",
    "reversal_comment": "Søkeren har uttalt seg om endringen",
    "reversal_go_on": "Fristen for å uttale seg er ute",
    "reversal_propose": "Nytt vedtak foreslått",
    "reversal_returned": "Forslaget om å endre vedtaket er sendt tilbake",
    "reversal_decided": "Vedtaket er endret",
    "reversal_drop": "Vedtaket blir stående",
}
"""The journal's words for what happens to appeals, demands for reasons and reversals."""


_WORDS: Mapping[str, Callable[[Payload], str]] = {
    "applications.submitted": lambda payload: "Søknaden er sendt inn",
    "applications.withdrawn": lambda payload: "Søknaden er trukket",
    "casework.opened": lambda payload: "Kontrollert mot kravene",
    "casework.checked": lambda payload: "Kontrollert på nytt",
    "casework.overridden": _overridden,
    "casework.override_withdrawn": lambda payload: (
        f"{payload['label']}: reglenes eget tall gjelder igjen. {payload['reason']}"
    ),
    "casework.note_written": lambda payload: "Internt notat",
    "aid.written_down": lambda payload: f"Støtte fra andre ført opp: {_nok(payload)}",
    "aid.withdrawn": lambda payload: f"Støtte fra andre tatt bort: {payload['why']}",
    "aid.undertaking_ruled": lambda payload: (
        f"Ført opp at virksomhetene {'hører sammen' if payload['is_linked'] else 'ikke hører sammen'}: "
        f"{payload['why']}"
    ),
    "casework.openness_marked": _marked,
    "casework.passed_on": _passed_on,
    "casework.moved": _moved,
    "casework.assigned": lambda payload: (
        "Tildelt saksbehandler" if payload.get("to") else "Lagt tilbake i køen"
    ),
    "casework.held": lambda payload: f"Lagt på vent til {_day(payload['until'])}: {payload['reason']}",
    "casework.resumed": lambda payload: "Tatt opp igjen",
    "casework.answer_by_moved": lambda payload: f"Svarfristen er flyttet til {_day(payload['now'])}",
    "casework.declared": _declared,
    "casework.proposed": lambda payload: f"Forslag til vedtak: {_outcome(payload)}",
    "casework.returned": _returned,
    "casework.message_sent": lambda payload: (
        "Melding fra søkeren" if payload.get("from_applicant") else "Melding til søkeren"
    ),
    "casework.asked": lambda payload: "Spurt søkeren om opplysninger",
    "casework.answered": lambda payload: "Søkeren har svart",
    "casework.request_closed": lambda payload: "Venter ikke lenger på svar",
    "casework.told_provisionally": lambda payload: (
        "Foreløpig svar sendt" if payload.get("number") == 1 else "Sagt fra om at svaret tar lengre tid"
    ),
    "casework.delayed": lambda payload: "Ny forventet dag for svaret",
    "casework.told_again": lambda payload: "Sagt fra en gang til om at vedtaket ikke er lest",
    "casework.decision_read": lambda payload: "Søkeren har lest vedtaket",
    "casework.grant_accepted": lambda payload: "Søkeren har godtatt vilkårene",
    "casework.grant_declined": lambda payload: "Søkeren har takket nei",
    "casework.grant_lapsed": lambda payload: "Tilskuddet er falt bort",
    "casework.appealed": lambda payload: (
        "Klage mottatt, etter fristen" if payload.get("is_late") else "Klage mottatt"
    ),
    **{f"casework.{action}": _always(told) for action, told in APPEALS_TOLD.items()},
    "payments.account_change_asked": lambda payload: f"Nytt kontonummer {payload['account']} venter",
    "payments.account_change_cancelled": lambda payload: "Endringen av kontonummer er stoppet",
    "casework.decided": lambda payload: f"Vedtak: {_outcome(payload)}",
}
