"""The source of rights as the settings describe it."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from runde.foundation.companies.api import find_sub_unit
from runde.foundation.people.api import Person

from .client import AltinnRights, Identity


def connect(address: str) -> AltinnRights:
    """Token and key are read from their files at each question, so that what renews them need not wake us."""
    return AltinnRights(
        base=address,
        resource=settings.ALTINN_RESOURCE,
        package=settings.ALTINN_PACKAGE,
        token=lambda: _secret(settings.ALTINN_TOKEN_FILE),
        key=lambda: _secret(settings.ALTINN_KEY_FILE),
        identify=import_string(settings.ALTINN_IDENTIFY),
        parent_of=parent_in_register,
        pause=time.sleep,
    )


def nobody_is_known(person: Person) -> Identity | None:
    """Until sign-in tells who a person is to Altinn, nobody has rights from there."""
    return None


def parent_in_register(branch: str) -> str | None:
    found = find_sub_unit(branch)
    return found.parent_orgnr or None if found else None


def _secret(path: str) -> str:
    return Path(path).read_text(encoding="utf-8").strip()
