"""The faults an operator can meet and mend: each as one sentence instead of a stack trace.

Only faults with a name are here. What we do not know, is a mistake of ours, and shows where it is.
"""

from __future__ import annotations

import errno

import psycopg
import typer
from typer.exceptions import TyperException

from runde.adapters.postgres.launcher import ServerRefused

from .serving import PortTaken
from .usage import usage_sentence

STATE = "«runde doctor» viser tilstanden."
REASONS = {
    errno.ENOENT: "filen eller mappen finnes ikke",
    errno.ENOTDIR: "en del av stien er en fil og ikke en mappe",
    errno.EISDIR: "det er en mappe",
    errno.ENOSPC: "disken er full",
    errno.EACCES: "brukeren har ikke tilgang",
    errno.EPERM: "brukeren har ikke tilgang",
    errno.EROFS: "det går ikke an å skrive der",
    errno.ENAMETOOLONG: "navnet er for langt",
}
NO_ACCESS = (errno.EACCES, errno.EPERM, errno.EROFS)


def known_faults() -> tuple[type[BaseException], ...]:
    """Looked up only when something has gone wrong: asking for help must not wait for Django."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, InterfaceError

    from runde.foundation.trust.errors import Refused

    database = (DatabaseError, InterfaceError, psycopg.Error)
    return (TyperException, ServerRefused, PortTaken, Refused, ImproperlyConfigured, OSError, *database)


def sentence_of(problem: BaseException) -> str:
    """What, where and how to mend it."""
    from django.db import DatabaseError, InterfaceError

    if isinstance(problem, TyperException):
        return usage_sentence(problem)
    if isinstance(problem, DatabaseError | InterfaceError | psycopg.Error):
        return _about_database(problem)
    if isinstance(problem, OSError):
        return _about_file(problem)
    return str(problem)


def show(problem: BaseException) -> None:
    """On standard error; a command that only lacks its subcommand gets the list of them."""
    if isinstance(problem, TyperException) and type(problem).__name__ == "NoArgsIsHelpError":
        getattr(problem, "show", lambda: None)()  # the class has no public name
    else:
        typer.echo(f"Runde: {visible(sentence_of(problem))}", err=True)


def visible(text: str) -> str:
    """On one line, and without signs that command a terminal: a file may be called anything."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def exit_code_of(problem: BaseException) -> int:
    """2 for a command that cannot be read, as is the custom; else 1."""
    return int(getattr(problem, "exit_code", 1))


def _about_database(problem: BaseException) -> str:
    from django.db import ProgrammingError

    said = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
    if isinstance(problem, ProgrammingError | psycopg.ProgrammingError):
        return (
            f"Databasen mangler tabeller eller rettigheter: {said}. "
            f"Kjør «runde migrate», og bruk rollen runde_app i DATABASE_URL. {STATE}"
        )
    return f"Databasen kan ikke brukes: {said}. Sjekk at den kjører, og at DATABASE_URL er riktig. {STATE}"


def _about_file(problem: OSError) -> str:
    where = problem.filename or "filen"
    if problem.errno == errno.ENOSPC:
        return f"Disken er full: kan ikke skrive {where}. Frigjør plass, og prøv igjen."
    if problem.errno in NO_ACCESS:
        return f"Får ikke bruke {where}. Gi brukeren tilgang dit, eller velg et annet sted."
    return f"Kan ikke bruke {where}: {reason_of(problem)}. Sjekk navnet og mappen."


def reason_of(problem: OSError) -> str:
    """Why a file could not be used, in Norwegian where we have the words."""
    return REASONS.get(problem.errno or 0) or problem.strerror or str(problem)
