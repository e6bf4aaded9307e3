"""Ask the register for one unit, and remember for every process whether it answers.

The memory lies in the database, so that the site's processes and the worker share it: the first who waits in vain
spares the others the wait. It is to be written though the question failed: catch the refusal before the transaction.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from runde.foundation.companies.domain.looking_up import (
    NoLookUp,
    OddRegisterAnswer,
    RegisterSilent,
    UnitAnswer,
    UnitLookUp,
)
from runde.foundation.companies.models import RegisterContact

log = logging.getLogger(__name__)
LONGEST_REASON = 200
_connected: list[UnitLookUp] = []


def connect_look_up(look_up: UnitLookUp) -> None:
    """Wire a look-up at start-up; the one before it goes."""
    _connected[:] = [look_up]


def disconnect_look_up() -> None:
    _connected.clear()


def find_look_up() -> UnitLookUp | None:
    """The connected look-up, or the one the settings name; None where there is none."""
    if not _connected and settings.REGISTER_URL:
        _connected.append(import_string(settings.REGISTER_LOOK_UP)(settings.REGISTER_URL))
    return _connected[0] if _connected else None


def ask_register(orgnr: str, *, at: datetime) -> UnitAnswer:
    """The register's answer about one valid number.

    Raises NoLookUp, RegisterSilent (at once while it is known to be away) and OddRegisterAnswer.
    """
    look_up = find_look_up()
    if look_up is None:
        raise NoLookUp("no look-up is set up")
    _pass_if_quiet_is_over(at)
    try:
        answer = look_up.unit(orgnr)
    except RegisterSilent as silence:
        _note_silence(silence.reason, at)
        raise
    except OddRegisterAnswer as oddity:
        log.warning("The register's answer about %s is not used: %s", orgnr, oddity.reason)
        raise
    _note_answer()
    return answer


def _pass_if_quiet_is_over(at: datetime) -> None:
    """Of those who come when the quiet is over one may try; the rest are told at once, until it has its answer.

    A page behind a fence tries within its transaction: the row it holds is passed over, never waited for.
    """
    contact = RegisterContact.objects.filter(id=1).first()
    if contact is None or contact.quiet_until_at is None:
        return
    with transaction.atomic():
        rows = RegisterContact.objects.select_for_update(skip_locked=True)
        if not rows.filter(id=1, quiet_until_at__lte=at):
            raise RegisterSilent(f"quiet: {contact.reason}")
        rows.filter(id=1).update(quiet_until_at=_quiet_until(at))


def _note_silence(reason: str, at: datetime) -> None:
    log.warning("The register does not answer: %s", reason)
    RegisterContact.objects.get_or_create(id=1)
    RegisterContact.objects.filter(id=1).update(
        quiet_until_at=_quiet_until(at), reason=reason[:LONGEST_REASON]
    )
    RegisterContact.objects.filter(id=1, down_since_at=None).update(down_since_at=at)


def _note_answer() -> None:
    troubled = Q(down_since_at__isnull=False) | Q(quiet_until_at__isnull=False)
    RegisterContact.objects.filter(troubled, id=1).update(down_since_at=None, quiet_until_at=None, reason="")


def _quiet_until(at: datetime) -> datetime:
    return at + timedelta(seconds=settings.REGISTER_QUIET_SECONDS)
