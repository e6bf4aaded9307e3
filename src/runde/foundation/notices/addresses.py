"""One address, one line: what goes into a mail's headers is checked first."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from runde.foundation.trust.api import Refused

LONGEST_SUBJECT = 200
SECRET_MARK = "{secret}"  # noqa: S105 - where a secret goes, not one
"""Stands in a notice where its own secret goes in as the mail leaves."""
WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:_~/\[\]-]+/\{secret\}/")


class AddressRefused(Refused):
    """Not one e-mail address."""

    code = "address_refused"


class MailRefused(Refused):
    """The mail server would not take it now."""

    code = "mail_refused"


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


def end_address(url: str) -> str:
    """The address where a subscriber gets out, with `SECRET_MARK` last. It goes into a header, so anything else is
    a mistake in the program: raises ValueError."""
    if not WEB_ADDRESS.fullmatch(url):
        raise ValueError(f"Not an address to get out at: {url!r}")
    return url


def one_line(text: str) -> str:
    """A subject without line breaks or other control characters, cut to what a header should hold."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(plain.split())[:LONGEST_SUBJECT]


def _shown(text: str) -> str:
    return one_line(text)[:80]
