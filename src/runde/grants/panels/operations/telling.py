"""Mail to the panel: invited, time to score, opened. Never a word of what anybody has scored."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from runde.engine.reference.api import weekday_date_text
from runde.foundation.notices.api import Outgoing
from runde.foundation.organisations.api import get_tenant
from runde.foundation.trust.api import current_tenant
from runde.grants.schemes.api import scheme_name

from ..models import Assessor, Panel

INVITED = """Hei

{leader} har invitert deg til å vurdere søknader til {scheme}.

Du gir poeng og en kort begrunnelse for hver søknad. Ingen andre ser poengene dine før alle har levert.
Fristen for å vurdere er {day}.

Logg inn her: {address}

{tenant}"""
STARTED = """Hei

Nå kan du vurdere søknadene til {scheme}. Fristen er {day}.

Du kan vurdere på telefonen. Det du skriver, blir lagret hvis du trykker «Lagre kladd».

Gå til vurderingene dine: {address}

{tenant}"""
OPENED = """Hei

Poengene for {scheme} er åpnet. Nå kan du se rangeringen, og hvilke søknader panelet bør drøfte.

Gå til rangeringen: {address}

{tenant}"""


def invitation(panel: Panel, assessor: Assessor, leader: str) -> Outgoing:
    key = f"panel_invited:{assessor.id}"
    return _mail(key, panel, assessor.person_id, "Invitasjon til å vurdere søknader", INVITED, leader=leader)


def started(panel: Panel, assessors: Iterable[Assessor]) -> list[Outgoing]:
    subject = "Nå kan du vurdere søknadene"
    return [_mail(f"panel_started:{one.id}", panel, one.person_id, subject, STARTED) for one in assessors]


def opened(panel: Panel) -> Outgoing:
    """To the leader."""
    return _mail(f"panel_opened:{panel.id}", panel, panel.led_by, "Poengene er åpnet", OPENED)


def _mail(key: str, panel: Panel, person_id: UUID, subject: str, body: str, **more: str) -> Outgoing:
    tenant = get_tenant(current_tenant())
    words = {
        "scheme": scheme_name(panel.call.scheme_version, "nb"),
        "day": weekday_date_text(panel.score_by_date, "nb"),
        "address": f"{settings.SITE}/{tenant.slug}/paneler/",
        "tenant": tenant.name,
    }
    return Outgoing(
        key=key,
        language="nb",
        subject=subject,
        body=body.format(**words, **more),
        subject_kind="panel",
        subject_id=panel.id,
        to_person=person_id,
    )
