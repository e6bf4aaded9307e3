"""Everything about oneself as one ZIP file: a page of words, JSON with readable names, and each application."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from runde.foundation.people.api import Role, may
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application, export_application
from runde.web.privacy.holdings import Holdings, InTenant
from runde.web.privacy.words import (
    acting_text,
    companies_named,
    kind_of,
    notice_state,
    scheme_of,
    state_of,
    subscription_text,
)

Told = dict[str, Any]


def packed(held: Holdings, *, at: datetime) -> IO[bytes]:
    """The open file, at its start; the system takes it away when it is closed. Files opened leave a journal line."""
    packing: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_("les-meg") + ".txt", _read_me(at))
        archive.writestr(_("om-deg") + ".json", _json(_told(held)))
        for place in held.places:
            _pack_applications(archive, place, at)
    packing.seek(0)
    return packing


def _pack_applications(archive: zipfile.ZipFile, place: InTenant, at: datetime) -> None:
    """Each application in a folder of its own; who only takes part gets what stands in the JSON."""
    with fence(place.tenant.id):
        for one in place.applications:
            if not may(place.actor, "applications.export", one):
                continue
            export = export_application(application=one, by=place.actor, at=at)
            with zipfile.ZipFile(io.BytesIO(export.content)) as inner:
                for name in inner.namelist():
                    archive.writestr(f"{folder_of(one, place)}/{name}", inner.read(name))


def folder_of(application: Application, place: InTenant) -> str:
    name = application.number.replace("/", "-") or f"{application.organisation_number}-{application.id}"
    return f"{_('soknader')}/{place.tenant.slug}-{name}"


def _told(held: Holdings) -> Told:
    names = companies_named(held.mandates)
    return {
        _("Konto"): {
            _("Navn"): held.person.name,
            _("E-postadresse"): held.person.email,
            _("Telefon"): held.person.phone,
            _("Språk"): held.person.language,
            _("Konto siden"): held.person.joined_at.isoformat(),
        },
        _("Virksomheter du handler eller har handlet for"): [
            {
                _("Virksomhet"): names[one.organisation_number],
                _("Organisasjonsnummer"): one.organisation_number,
                _("Grunnlag"): acting_text(one),
            }
            for one in held.mandates
        ],
        _("Invitasjoner du ikke har svart på"): [
            {_("Organisasjonsnummer"): one.organisation_number, _("Invitert"): one.invited_at.isoformat()}
            for one in held.invitations
        ],
        _("Virksomheter du har bedt om å handle for"): [
            {
                _("Organisasjonsnummer"): one.organisation_number,
                _("Rolle"): one.role,
                _("Melding"): one.message,
                _("Bedt om"): one.asked_at.isoformat(),
            }
            for one in held.requests
        ],
        _("Varsler på e-post"): [subscription_text(one) for one in held.subscriptions],
        _("Kommuner"): [_place(one) for one in held.places],
    }


def _place(place: InTenant) -> Told:
    return {
        _("Kommune"): place.tenant.name,
        _("Roller"): [Role(one).label for one in place.roles],
        _("Søknader"): [_application(one, place) for one in place.applications],
        _("Meldinger og klager du har skrevet"): list(_words(place)),
        _("E-poster til deg"): list(_notices(place)),
    }


def _application(one: Application, place: InTenant) -> Told:
    told = {
        _("Virksomhet"): one.company_name,
        _("Organisasjonsnummer"): one.organisation_number,
        _("Ordning"): scheme_of(one),
        _("Sak"): one.number,
        _("Tilstand"): state_of(one),
        _("Begynt"): one.started_at.isoformat(),
        _("Sendt"): one.submitted_at.isoformat() if one.submitted_at else "",
    }
    if may(place.actor, "applications.export", one):
        told[_("Mappe")] = folder_of(one, place)
    return told


def _words(place: InTenant) -> Iterator[Told]:
    for one in place.words:
        yield {
            _("Hva"): kind_of(one),
            _("Sak"): one.case_number,
            _("Skrevet"): one.begun_at.isoformat(),
            _("Sendt"): one.sent_at.isoformat() if one.sent_at else "",
            _("Tekst"): one.text,
        }


def _notices(place: InTenant) -> Iterator[Told]:
    for one in place.notices:
        yield {
            _("Til"): one.to_email,
            _("Emne"): one.subject,
            _("Tekst"): one.body,
            _("Laget"): one.queued_at.isoformat(),
            _("Tilstand"): notice_state(one),
        }


def _json(told: Told) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)


def _read_me(at: datetime) -> str:
    lines = [
        _("Dette er alt Runde har om deg."),
        _("Laget: %(when)s") % {"when": at.isoformat(timespec="minutes")},
        "",
        _(
            "«om-deg.json» har kontoen din, hvem du handler for, varsler, søknader, meldinger og e-poster til deg."
        ),
        _("Hver søknad du kan handle i, har sin egen mappe med svar, historikk og filer."),
        _("JSON-filer kan åpnes i en nettleser eller et program for enkel tekst."),
    ]
    return "\n".join(lines) + "\n"
