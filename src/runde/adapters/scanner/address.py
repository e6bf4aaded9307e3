"""Where the scanner answers, as written in the settings."""

from __future__ import annotations

from dataclasses import dataclass

HIGHEST_PORT = 65_535


class BadAddress(ValueError):
    """The address cannot be read; the text says how to write it."""


@dataclass(frozen=True, slots=True)
class Address:
    """`path` for a socket on this machine, otherwise `host` and `port`."""

    path: str = ""
    host: str = ""
    port: int = 0


def read_address(text: str) -> Address:
    """
    >>> read_address("unix:/run/clamav/clamd.ctl")
    Address(path='/run/clamav/clamd.ctl', host='', port=0)
    >>> read_address("tcp:scanner.kommune.example:3310").port
    3310
    """
    kind, _, rest = text.strip().partition(":")
    if kind == "unix" and rest.startswith("/"):
        return Address(path=rest)
    host, _, port = rest.rpartition(":")
    if kind == "tcp" and host and port.isdecimal() and 0 < int(port) <= HIGHEST_PORT:
        return Address(host=host, port=int(port))
    raise BadAddress(
        f"RUNDE_SCANNER={text!r} kan ikke leses. Skriv unix:/run/clamav/clamd.ctl eller tcp:maskin:3310."
    )
