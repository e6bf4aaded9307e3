"""What the journal says of a case, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from runde.engine.reference.api import amount_text

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


def _declared(payload: Payload) -> str:
    return "Kan behandle saken" if payload.get("is_impartial") else "Kan ikke behandle saken"


def _returned(payload: Payload) -> str:
    return f"Forslaget sendt tilbake: {payload.get('reason', '')}"


def _moved(payload: Payload) -> str:
    return f"Vurdert etter versjon {payload['version_number']} av ordningen: {payload['reason']}"


_WORDS: Mapping[str, Callable[[Payload], str]] = {
    "applications.submitted": lambda payload: "Søknaden er sendt inn",
    "applications.withdrawn": lambda payload: "Søknaden er trukket",
    "casework.opened": lambda payload: "Kontrollert mot kravene",
    "casework.checked": lambda payload: "Kontrollert på nytt",
    "casework.moved": _moved,
    "casework.assigned": lambda payload: (
        "Tildelt saksbehandler" if payload.get("to") else "Lagt tilbake i køen"
    ),
    "casework.declared": _declared,
    "casework.proposed": lambda payload: f"Forslag til vedtak: {_outcome(payload)}",
    "casework.returned": _returned,
    "casework.message_sent": lambda payload: (
        "Melding fra søkeren" if payload.get("from_applicant") else "Melding til søkeren"
    ),
    "casework.asked": lambda payload: "Spurt søkeren om opplysninger",
    "casework.answered": lambda payload: "Søkeren har svart",
    "casework.request_closed": lambda payload: "Venter ikke lenger på svar",
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
