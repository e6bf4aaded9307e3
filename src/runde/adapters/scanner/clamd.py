"""ClamAV's daemon, asked over its socket with INSTREAM (clamd(8)): the file goes in pieces, the verdict comes back.

Whatever is not a plain "OK" or "FOUND" is no answer: a file the daemon did not look at is never taken for clean.
"""

from __future__ import annotations

import socket
import struct
from contextlib import closing
from dataclasses import dataclass

from runde.foundation.documents.api import Scanned, ScannerSilent

from .address import Address, read_address

PIECE = 65_536
PATIENCE_SECONDS = 30
LONGEST_ANSWER = 4_096


@dataclass(frozen=True, slots=True)
class Clamd:
    """One daemon. Each scan is a connection of its own."""

    address: Address
    patience_seconds: int = PATIENCE_SECONDS

    def scan(self, content: bytes) -> Scanned:
        """Raises ScannerSilent when the daemon is away, slow, or did not look at the whole file."""
        try:
            with closing(self._connected()) as line:
                heard = _heard(line, content)
                return _verdict(_answer(line), heard=heard)
        except OSError as away:
            raise ScannerSilent(f"clamd: {away}") from away

    def _connected(self) -> socket.socket:
        if self.address.path:
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(self.patience_seconds)
            try:
                line.connect(self.address.path)
            except OSError:
                line.close()
                raise
            return line
        return socket.create_connection((self.address.host, self.address.port), self.patience_seconds)


def connect(address: str) -> Clamd:
    """Raises BadAddress."""
    return Clamd(read_address(address))


def _heard(line: socket.socket, content: bytes) -> bool:
    """False when the daemon hung up before the end, as it does at its size limit: it may still have said why."""
    try:
        _send(line, content)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _send(line: socket.socket, content: bytes) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))


def _answer(line: socket.socket) -> str:
    said = b""
    while len(said) < LONGEST_ANSWER and not said.endswith(b"\0"):
        piece = line.recv(1024)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0\n").decode(errors="replace")


def _verdict(answer: str, *, heard: bool) -> Scanned:
    """
    >>> _verdict("stream: Eicar-Signature FOUND", heard=True)
    Scanned(virus='Eicar-Signature')
    """
    told = answer.removeprefix("stream: ")
    if told == "OK" and heard:
        return Scanned()
    if told.endswith(" FOUND"):
        return Scanned(virus=told.removesuffix(" FOUND"))
    raise ScannerSilent(f"clamd: {answer[:200] or 'no answer'}")
