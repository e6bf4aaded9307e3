"""One address, one line: what goes into a mail's headers is checked first."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from runde.foundation.trust.api import Refused

LONGEST_SUBJECT = 200


class AddressRefused(Refused):
    """Not one e-mail address."""

    code = "address_refused"


def one_address(text: str) -> str:
    """The address, trimmed. Raises AddressRefused for several addresses, names, line breaks or anything else."""
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise AddressRefused(
            f"«{_shown(text)}» er ikke en e-postadresse. Skriv én adresse, for eksempel navn@firma.no."
        ) from None
    return address


def one_line(text: str) -> str:
    """A subject without line breaks or other control characters, cut to what a header should hold."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(plain.split())[:LONGEST_SUBJECT]


def _shown(text: str) -> str:
    return one_line(text)[:80]
