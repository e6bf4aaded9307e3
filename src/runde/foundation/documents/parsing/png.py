"""A PNG with its picture and colours only: no texts, times, places, and nothing behind its end."""

from __future__ import annotations

import zlib

from .found import Reason, Unreadable

START = b"\x89PNG\r\n\x1a\n"
KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT", b"bKGD"}


def without_traces(content: bytes) -> bytes:
    """The same picture. Raises Unreadable for what is cut short or badly made."""
    kept, at = [START], len(START)
    while True:
        if at + 12 > len(content):
            raise Unreadable(Reason.BROKEN)
        length = int.from_bytes(content[at : at + 4], "big")
        end = at + 12 + length
        if end > len(content):
            raise Unreadable(Reason.BROKEN)
        name = content[at + 4 : at + 8]
        if int.from_bytes(content[end - 4 : end], "big") != zlib.crc32(content[at + 4 : end - 4]):
            raise Unreadable(Reason.BROKEN)
        if name in KEPT:
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
