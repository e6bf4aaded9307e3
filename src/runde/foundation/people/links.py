"""Links that open one task without sign-in.

The token is `id + seal`: the seal is made of everything the link is for and the installation's key. It is written
in one mail and nowhere else: not in the database, the journal or a log. A key that is replaced goes on opening old
links as long as it stands in `SECRET_KEY_FALLBACKS`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.utils.encoding import force_bytes

from runde.foundation.trust.api import Refused

from .models import SignedLink

LINKABLE = frozenset(
    {
        "answer_request",
        "read_decision",
        "accept_award",
        "report",
        "join_application",
        "act_for_company",
        "confirm_subscription",
    }
)
"""What a link may open. What needs a person who has signed in, such as a new account number, is never among them."""

SEAL_BYTES = 20
ID_BYTES = 16
TOKEN_LENGTH = (ID_BYTES + SEAL_BYTES) * 4 // 3
ADDRESS = "/o/"


class Fault(StrEnum):
    """Why a link opens nothing."""

    ALTERED = "altered"
    OTHER_PURPOSE = "other_purpose"
    OTHER_TENANT = "other_tenant"
    OLDER_VERSION = "older_version"
    EXPIRED = "expired"
    USED = "used"
    WITHDRAWN = "withdrawn"
    RENEWED = "renewed"


SENTENCES = {
    Fault.ALTERED: "Lenken er ikke hel. Åpne den fra e-posten, eller kopier hele adressen.",
    Fault.OTHER_PURPOSE: "Lenken gjelder en annen oppgave. Åpne den fra e-posten.",
    Fault.OTHER_TENANT: "Lenken gjelder en annen oppgave. Åpne den fra e-posten.",
    Fault.OLDER_VERSION: "Oppgaven er endret siden lenken ble sendt. Be om en ny lenke.",
    Fault.EXPIRED: "Lenken er for gammel. Be om en ny.",
    Fault.USED: "Oppgaven er allerede utført.",
    Fault.WITHDRAWN: "Lenken gjelder ikke lenger. Den som sendte den, har trukket den tilbake.",
    Fault.RENEWED: "Det er sendt en nyere lenke. Bruk den siste e-posten.",
}


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is for, and whose it is. `name` is empty for an address without an account."""

    id: UUID
    purpose: str
    subject_id: UUID
    tenant_id: UUID | None
    version: str
    person_id: UUID | None
    email: str
    name: str
    language: str
    made_at: datetime
    expires_at: datetime


class LinkRefused(Refused):
    """A link that opens nothing. `fault` says why; `link` is what it was for, None when the seal is wrong."""

    code = "link_refused"

    def __init__(self, fault: Fault, link: Link | None = None) -> None:
        super().__init__(SENTENCES[fault], fault=fault.value)
        self.fault = fault
        self.link = link


class NotLinkable(ValueError):
    """A link for something that no link may open: a programming error."""


def token_of(row: SignedLink) -> str:
    """The token of a link, 48 characters for an address."""
    seal = next(_seals(row))
    return base64.urlsafe_b64encode(row.id.bytes + seal).decode()


def id_in(token: str) -> UUID:
    """Which link a token claims to be. Raises LinkRefused when it is no token at all."""
    return UUID(bytes=_bytes_of(token)[:ID_BYTES])


def is_sealed(row: SignedLink, token: str) -> bool:
    """Whether the token was made by us for just this row."""
    given = _bytes_of(token)[ID_BYTES:]
    return sum(hmac.compare_digest(seal, given) for seal in _seals(row)) > 0


def link_address(token: str) -> str:
    """The whole address to write in a mail."""
    return f"{settings.SITE}{ADDRESS}{token}/"


def link_of(row: SignedLink) -> Link:
    return Link(
        id=row.id,
        purpose=row.purpose,
        subject_id=row.subject_id,
        tenant_id=row.in_tenant_id,
        version=row.version,
        person_id=row.person_id,
        email=row.email,
        name=row.person.name if row.person else "",
        language=row.language,
        made_at=row.made_at,
        expires_at=row.expires_at,
    )


def _bytes_of(token: str) -> bytes:
    """Refuses whatever is not exactly one token: the same link is never written in two ways."""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise LinkRefused(Fault.ALTERED) from None
    if len(token) != TOKEN_LENGTH or len(raw) != ID_BYTES + SEAL_BYTES:
        raise LinkRefused(Fault.ALTERED)
    return raw


def _seals(row: SignedLink) -> Iterator[bytes]:
    """With today's key first, then with those before it."""
    sealed = json.dumps(
        [
            row.id.hex,
            row.purpose,
            row.subject_id.hex,
            str(row.in_tenant_id),
            row.version,
            str(row.person_id),
            row.email,
            row.expires_at.astimezone(UTC).isoformat(),
        ],
        ensure_ascii=False,
    )
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        own = hashlib.sha256(b"runde.people.links:" + force_bytes(key)).digest()
        yield hmac.new(own, sealed.encode(), hashlib.sha256).digest()[:SEAL_BYTES]
