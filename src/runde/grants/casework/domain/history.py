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
    "casework.appeal_settled": lambda payload: "Klagen er besvart",
    "payments.account_change_asked": lambda payload: f"Nytt kontonummer {payload['account']} venter",
    "payments.account_change_cancelled": lambda payload: "Endringen av kontonummer er stoppet",
    "casework.decided": lambda payload: f"Vedtak: {_outcome(payload)}",
}
