"""A JPEG without anything but its picture: place, time, camera and whatever lies behind its end are left out.

The picture itself is copied bit for bit. Which way is up is kept, written anew.
"""

from __future__ import annotations

import struct

from .found import Reason, Unreadable

START, END = b"\xff\xd8", 0xD9
SCAN = 0xDA
ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers without content."""
ADOBE, JFIF = 0xEE, 0xE0
MARKED = {*range(0xE0, 0xF0), 0xFE}
"""What programs write beside the picture."""


def without_traces(content: bytes) -> tuple[bytes, int]:
    """The same picture, and its orientation (1-8). Raises Unreadable for what is cut short or badly made."""
    kept, turned, at = [START], 1, 2
    while True:
        marker, start = _marker(content, at)
        if marker == END:
            return b"".join([*kept[:1], _turned(turned), *kept[1:], b"\xff\xd9"]), turned
        if marker in ALONE:
            at = start
            continue
        end = start + _length(content, start)
        body = content[start + 2 : end]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            turned = _orientation(body[6:])
        elif marker not in MARKED or _belongs(marker, body):
            kept.append(bytes([0xFF, marker]) + content[start:end])
        at = _after_scan(content, end) if marker == SCAN else end
        if marker == SCAN:
            kept.append(content[end:at])


def _belongs(marker: int, body: bytes) -> bool:
    """How the colours are written is part of the picture; thumbnails inside are not."""
    return (marker == ADOBE and body.startswith(b"Adobe")) or (marker == JFIF and body.startswith(b"JFIF\0"))


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The next marker and where its content starts."""
    if at >= len(content) or content[at] != 0xFF:
        raise Unreadable(Reason.BROKEN)
    while at < len(content) and content[at] == 0xFF:
        at += 1
    if at >= len(content):
        raise Unreadable(Reason.BROKEN)
    return content[at], at + 1


def _length(content: bytes, start: int) -> int:
    length = int.from_bytes(content[start : start + 2], "big")
    if length < 2 or start + length > len(content):
        raise Unreadable(Reason.BROKEN)
    return length


def _after_scan(content: bytes, at: int) -> int:
    """Where the compressed picture ends: at the next marker that is neither padding nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Unreadable(Reason.BROKEN)
        following = content[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or following in ALONE:
            at += 2
        else:
            return at


def _orientation(exif: bytes) -> int:
    """1 for upright, also when nothing sensible is said."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None or len(exif) < 10:
        return 1
    place = struct.unpack_from(f"{order}I", exif, 4)[0]
    if place + 2 > len(exif):
        return 1
    count = struct.unpack_from(f"{order}H", exif, place)[0]
    for entry in range(place + 2, min(place + 2 + count * 12, len(exif) - 11), 12):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, entry)
        if tag == 0x0112:
            return value if 1 <= value <= 8 else 1
    return 1


def _turned(orientation: int) -> bytes:
    """One small segment that says which way is up, and nothing else; empty when it is up already."""
    if orientation == 1:
        return b""
    exif = b"Exif\0\0" + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
