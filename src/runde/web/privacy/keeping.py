"""What is kept in general: what, why, for how long and who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runde.engine.reference.api import Language, keeping_ground
from runde.foundation.notices.api import DAYS_TO_CONFIRM
from runde.grants.applications.api import BEGINNING_KEPT, WARNED_BEFORE


@dataclass(frozen=True)
class Kept:
    """One kind of thing we keep. `why` is one or more sentences, the last of them the ground in law."""

    name: str
    what: str
    why: str
    how_long: str
    who: str


def kept_in_general(on: date, language: Language) -> Iterator[Kept]:
    """Every kind, in the order people meet them."""
    yield from _about_people(on, language)
    yield from _about_drafts(on, language)
    yield from _about_cases(on, language)
    yield _subscriptions(on, language)


def _about_people(on: date, language: Language) -> Iterator[Kept]:
    task = keeping_ground("task", on, language).text
    yield Kept(
        _("Kontoen din"),
        _("Navn, e-postadresse, språk, og når du laget kontoen. Passordet ditt kan ikke leses av noen."),
        _("Vi må vite hvem som skriver, og hvor vi skal sende kvittering og svar.") + " " + task,
        _("Så lenge du har konto."),
        _("Du selv, og kommunene du søker hos."),
    )
    yield Kept(
        _("Hvem du handler for"),
        _("Virksomhetene, rollen din, hvem som ga deg den, og når den begynte og sluttet."),
        _("Bare de som har rett til det, skal kunne søke for en virksomhet.") + " " + task,
        _("Historikken blir stående, så virksomheten kan se hvem som har handlet for den."),
        _("Du selv, andre som handler for virksomheten, og kommunene den søker hos."),
    )


def _about_drafts(on: date, language: Language) -> Iterator[Kept]:
    task = keeping_ground("task", on, language).text
    yield Kept(
        _("Svar du skriver før du logger inn"),
        _("Svarene og hvilken utlysning de gjelder. Vi vet ikke hvem du er."),
        _("Du skal kunne begynne uten konto.") + " " + task,
        _("I %(days)s dager.") % {"days": BEGINNING_KEPT.days},
        _("Bare du, i nettleseren du begynte i."),
    )
    yield Kept(
        _("Kladder"),
        _("Svar, filer, hvem som har endret hva, og opplysninger fra Enhetsregisteret."),
        _("Du skal kunne fortsette der du slapp, også på en annen enhet.") + " " + task,
        _(
            "Til et visst antall dager etter fristen. Utlysningen sier hvor mange. Du får e-post %(days)s dager"
            " før vi sletter, og du kan slette kladden selv når du vil."
        )
        % {"days": WARNED_BEFORE.days},
        _("Du og andre som handler for virksomheten eller er invitert. Kommunen ser ikke kladden."),
    )


def _about_cases(on: date, language: Language) -> Iterator[Kept]:
    archive, accounts, aid = (keeping_ground(key, on, language) for key in ("archive", "accounts", "aid"))
    officers = _(
        "De som behandler saken i kommunen, og den som kontrollerer dem. Andre kommuner ser den ikke."
    )
    yield Kept(
        _("Sendte søknader, meldinger og vedtak"),
        _("Svar, filer, opplysninger fra Enhetsregisteret, meldinger, klager, vedtak og brev."),
        _("Kommunen må behandle søknaden, og saken må kunne kontrolleres etterpå.") + " " + archive.text,
        _(
            "Så lenge reglene for arkiv krever. Svar som er merket som personopplysninger, kan ha kortere tid."
        ),
        officers + " " + _("Hvem som helst kan be om innsyn. Da skjermer kommunen det loven krever."),
    )
    yield Kept(
        _("Kontonummer og betalinger"),
        _("Kontonummeret, beløpet, datoen og hvem som godkjente."),
        _("Pengene må komme fram til rett konto.") + " " + accounts.text,
        _years_after(accounts.years or 0, _("etter regnskapsåret")),
        _("Økonomi og revisor i kommunen. Andre ser bare slutten av kontonummeret."),
    )
    yield Kept(
        _("Støtte virksomheten har fått"),
        _("Hvem som fikk støtte, hvor mye, når og etter hvilken regel."),
        _("Det er en øvre grense for hvor mye støtte en virksomhet kan få.") + " " + aid.text,
        _years_after(aid.years or 0, _("etter at støtten ble gitt")),
        _("Kommunene i samarbeidet. Hvem som får støtte, er offentlig."),
    )
    yield Kept(
        _("Hvem som har åpnet og endret saken"),
        _("Navnet, hva som ble gjort, og når."),
        _("Det skal gå an å finne ut om noen har lest eller endret noe de ikke skulle.") + " " + archive.text,
        _("Like lenge som saken."),
        officers,
    )


def _subscriptions(on: date, language: Language) -> Kept:
    consent = keeping_ground("consent", on, language).text
    return Kept(
        _("Varsler på e-post om nye utlysninger"),
        _("E-postadressen, språket og hva du vil høre om."),
        consent,
        _(
            "Til du melder deg av. Svarer du ikke på e-posten der vi spør, sletter vi adressen etter %(days)s dager."
        )
        % {"days": DAYS_TO_CONFIRM},
        _("Bare du. Kommunene ser ikke hvem som følger med."),
    )


def _years_after(years: int, what: str) -> str:
    return ngettext("%(years)s år %(what)s.", "%(years)s år %(what)s.", years) % {
        "years": years,
        "what": what,
    }
