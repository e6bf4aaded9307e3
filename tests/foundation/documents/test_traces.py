"""What a picture tells about its maker is left out, and the picture itself stays as it was."""

from __future__ import annotations

import io
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from PIL import Image, PngImagePlugin

from runde.foundation.documents.api import open_attachment, receive_attachment
from runde.foundation.people.api import Actor
from tests.factories.files import a_jpeg, a_png, sent

IDA = Actor(uuid4(), "Ida Lunde")
SECRETS = (b"59.434", b"Canon", b"Kari Dahl", b"http://ns.adobe.com", b"behind the end")
ORIENTATION, GPS, MAKER, ARTIST = 0x0112, 0x8825, 0x010F, 0x013B


def camera_jpeg(orientation: int = 1, *, progressive: bool = False) -> bytes:
    """As a phone makes it: place, maker, name, a packet of XMP, and another picture behind the end."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER], exif[ARTIST] = orientation, "Canon", "Kari Dahl"
    exif[GPS] = {1: "N", 2: (59.0, 26.0, 4.5), 29: "59.434"}
    whole = a_jpeg(64, 32, exif=exif.tobytes(), progressive=progressive)
    packet = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Kari Dahl</x:xmpmeta>"
    segment = b"\xff\xe1" + (len(packet) + 2).to_bytes(2, "big") + packet
    return whole[:2] + segment + whole[2:] + b"behind the end" + a_jpeg()


def kept(content: bytes, at: datetime) -> bytes:
    taken = receive_attachment(file=sent(content), subject_kind="x", subject_id=uuid4(), by=IDA, at=at)
    assert taken.state == "checked", taken.reason
    return open_attachment(attachment=taken, by=IDA, at=at)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_keeps_its_picture_and_nothing_else(tenant: UUID, at: datetime, progressive: bool) -> None:
    sent_in = camera_jpeg(progressive=progressive)
    assert all(secret in sent_in for secret in SECRETS)
    clean = kept(sent_in, at)
    assert not any(secret in clean for secret in SECRETS)
    with Image.open(io.BytesIO(sent_in)) as before, Image.open(io.BytesIO(clean)) as after:
        assert after.tobytes() == before.tobytes()
        assert dict(after.getexif()) == {}


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_which_way_is_up_is_kept(tenant: UUID, at: datetime, orientation: int) -> None:
    content = camera_jpeg(orientation)
    taken = receive_attachment(file=sent(content), subject_kind="x", subject_id=uuid4(), by=IDA, at=at)
    clean = open_attachment(attachment=taken, by=IDA, at=at)
    with Image.open(io.BytesIO(clean)) as after:
        assert after.getexif().get(ORIENTATION, 1) == orientation
        assert set(after.getexif()) <= {ORIENTATION}
    assert (taken.width, taken.height) == ((32, 64) if orientation in (6, 8) else (64, 32))


def test_a_png_keeps_its_picture_and_nothing_else(tenant: UUID, at: datetime) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Kari Dahl")
    told.add_itxt("Comment", "Canon", zip=True)
    exif = Image.Exif()
    exif[MAKER] = "Canon"
    made = io.BytesIO()
    Image.open(io.BytesIO(a_png(20, 10))).save(made, "PNG", pnginfo=told, exif=exif.tobytes())
    clean = kept(made.getvalue() + b"behind the end", at)
    assert not any(secret in clean for secret in SECRETS)
    with Image.open(io.BytesIO(clean)) as after:
        assert (after.size, after.getpixel((0, 0)), after.info) == ((20, 10), (0, 128, 128), {})
