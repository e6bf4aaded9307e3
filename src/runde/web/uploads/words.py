"""What we say about a file, in the reader's language."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runde.engine.reference.api import number_text
from runde.foundation.documents.api import Attachment, Reason
from runde.web.components.tags.norwegian import page_language

MEGABYTE, KILOBYTE = 1_000_000, 1_000


def size_text(size: int) -> str:
    """ "1,2 MB", "340 kB" """
    if size >= MEGABYTE:
        return f"{number_text(Decimal(size) / MEGABYTE, page_language(), decimals=1)} MB"
    return f"{number_text(max(1, size // KILOBYTE), page_language())} kB"


def extent_text(attachment: Attachment) -> str:
    """How much there is to read: "3 sider", or the size of a picture. Empty when nobody knows."""
    if attachment.width and attachment.height:
        return f"{attachment.width} × {attachment.height}"
    if attachment.pages:
        return ngettext("%(count)s side", "%(count)s sider", attachment.pages) % {"count": attachment.pages}
    return ""


def state_text(attachment: Attachment) -> str:
    if attachment.state == Attachment.State.SCANNED:
        return _("Kontrollert, ingen virus funnet")
    if attachment.state == Attachment.State.CHECKED:
        return _("Ikke kontrollert for virus ennå")
    if attachment.state == Attachment.State.RECEIVED:
        return _("Mottatt, blir kontrollert")
    return _("Ikke godtatt")


def reason_text(reason: Reason, kinds: Collection[str]) -> str:
    """Why a file is not taken, and how to mend it."""
    limits = {
        "megabytes": settings.UPLOAD_LIMIT_BYTES // MEGABYTE,
        "pages": settings.PARSING["pages"],
        "kinds": kinds_text(kinds),
    }
    return _sentences()[reason] % limits


def kinds_text(kinds: Collection[str]) -> str:
    """ "PDF eller bilde (PNG eller JPEG)" """
    if "image" in kinds and "pdf" in kinds:
        return _("PDF eller bilde (PNG eller JPEG)")
    return _("bilde (PNG eller JPEG)") if "image" in kinds else "PDF"


def limits_text(most: int, kinds: Collection[str]) -> str:
    """What the question takes, said before one chooses."""
    facts = {"most": most, "kinds": kinds_text(kinds), "megabytes": settings.UPLOAD_LIMIT_BYTES // MEGABYTE}
    return (
        ngettext(
            "%(most)s fil: %(kinds)s, høyst %(megabytes)s MB.",
            "Inntil %(most)s filer: %(kinds)s, høyst %(megabytes)s MB hver.",
            most,
        )
        % facts
    )


def _sentences() -> dict[Reason, str]:
    return {
        Reason.EMPTY: _("Filen er tom. Velg en fil med innhold."),
        Reason.TOO_LARGE: _("Filen er for stor. Den kan være høyst %(megabytes)s MB."),
        Reason.TOO_MANY: _("Det er ikke plass til flere filer her. Fjern en fil først."),
        Reason.WRONG_KIND: _("Filen må være %(kinds)s. Lagre den på nytt slik, og prøv igjen."),
        Reason.BROKEN: _("Filen er ikke hel. Lagre den på nytt, og last den opp en gang til."),
        Reason.LOCKED: _("Filen er låst med passord. Lagre den uten passord, og last den opp en gang til."),
        Reason.TWO_THINGS: _(
            "Det ligger noe mer bak slutten av filen. Åpne den, lagre den på nytt som PDF, og prøv igjen."
        ),
        Reason.PROGRAM: _(
            "Filen inneholder et program (skript). Skriv den ut til en ny PDF-fil, og last opp den nye."
        ),
        Reason.FILES_INSIDE: _("Det ligger andre filer inne i filen. Last opp hver fil for seg."),
        Reason.LINKS_OUT: _(
            "Filen henter innhold fra andre steder. Lagre den som PDF, og last opp PDF-filen."
        ),
        Reason.TOO_MANY_PAGES: _("Filen har mer enn %(pages)s sider. Del den i flere filer."),
        Reason.TOO_MANY_PIXELS: _(
            "Bildet er for stort til å vises. Lagre det i en mindre størrelse, og prøv igjen."
        ),
        Reason.TOO_HEAVY: _(
            "Filen er for tung å lese. Lagre den på nytt i en mindre størrelse, og prøv igjen."
        ),
        Reason.VIRUS: _("Filen inneholder virus og er sperret. Last opp en annen fil."),
    }
