"""Why a file is not taken, in words: what, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from runde.engine.reference.api import number_text
from runde.foundation.trust.api import Conflict, Refused

from .parsing.found import Reason


class FileRefused(Refused):
    """The file is too large, empty, broken or of a kind we do not take. `facts["reason"]` says which."""

    code = "file_refused"


class OutOfStep(Conflict):
    """A part does not begin where the parts so far end. `facts["received"]` is how far we have got."""

    code = "out_of_step"


class NotServed(Refused):
    """The file is there, but may not be opened by this person now."""

    code = "not_served"


SENTENCES: Mapping[Reason, str] = {
    Reason.EMPTY: "Filen er tom. Velg en fil med innhold.",
    Reason.TOO_LARGE: "Filen er for stor. Den kan være høyst {megabytes} MB.",
    Reason.TOO_MANY: "Det er ikke plass til flere filer her. Fjern en fil først.",
    Reason.WRONG_KIND: (
        "Filen må være en PDF eller et bilde (PNG eller JPEG). Lagre den som PDF, og prøv igjen."
    ),
    Reason.BROKEN: "Filen er ikke hel. Lagre den på nytt, og last den opp en gang til.",
    Reason.LOCKED: "Filen er låst med passord. Lagre den uten passord, og last den opp en gang til.",
    Reason.TWO_THINGS: (
        "Det ligger noe mer bak slutten av filen. Åpne den, lagre den på nytt som PDF, og prøv igjen."
    ),
    Reason.PROGRAM: (
        "Filen inneholder et program (skript). Skriv den ut til en ny PDF-fil, og last opp den nye."
    ),
    Reason.FILES_INSIDE: "Det ligger andre filer inne i filen. Last opp hver fil for seg.",
    Reason.LINKS_OUT: "Filen henter innhold fra andre steder. Lagre den som PDF, og last opp PDF-filen.",
    Reason.TOO_MANY_PAGES: "Filen har mer enn {pages} sider. Del den i flere filer.",
    Reason.TOO_MANY_PIXELS: "Bildet er for stort til å vises. Lagre det i en mindre størrelse, og prøv igjen.",
    Reason.TOO_HEAVY: "Filen er for tung å lese. Lagre den på nytt i en mindre størrelse, og prøv igjen.",
    Reason.VIRUS: "Filen inneholder virus og er sperret. Last opp en annen fil.",
}


def sentence_of(reason: Reason) -> str:
    limits = {
        "megabytes": number_text(settings.UPLOAD_LIMIT_BYTES // 1_000_000),
        "pages": number_text(settings.PARSING["pages"]),
    }
    return SENTENCES[reason].format(**limits)


def refusal(reason: Reason) -> FileRefused:
    return FileRefused(sentence_of(reason), reason=reason.value)
