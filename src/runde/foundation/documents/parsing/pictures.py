"""Pictures: measured before they are opened, drawn small, and freed of what they tell about their maker."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import TypeVar

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from . import jpeg, png
from .found import Found, Reason, Unreadable
from .walls import Bounds

PREVIEW = (480, 480)
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
PLUGINS = (JpegImagePlugin, PngImagePlugin, TiffImagePlugin)
"""Named so that they are loaded before the walls go up; a JPEG tells which way is up in the words of TIFF."""
BADLY_MADE = (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, struct.error, zlib.error)
"""What Pillow raises for files it cannot make sense of."""

Made = TypeVar("Made")


def make_ready() -> None:
    """Load what Pillow otherwise loads at its first picture, when no file can be opened any more."""
    Image.preinit()
    as_preview(Image.new("RGB", (1, 1)))


def read_jpeg(content: bytes, bounds: Bounds) -> Found:
    clean, turned = jpeg.without_traces(content)
    return _read(clean, "image/jpeg", bounds, sideways=turned >= 5)


def read_png(content: bytes, bounds: Bounds) -> Found:
    return _read(png.without_traces(content), "image/png", bounds, sideways=False)


def _read(clean: bytes, media_type: str, bounds: Bounds, *, sideways: bool) -> Found:
    Image.MAX_IMAGE_PIXELS = None  # measured here, with words of our own
    picture = _understood(lambda: Image.open(io.BytesIO(clean), formats=[FORMATS[media_type]]))
    width, height = picture.size
    if width * height > bounds.pixels:
        raise Unreadable(Reason.TOO_MANY_PIXELS)
    preview = _understood(lambda: _small(picture))
    width, height = (height, width) if sideways else (width, height)
    return Found(media_type, pages=1, width=width, height=height, clean=clean, preview=preview)


def _understood(work: Callable[[], Made]) -> Made:
    try:
        return work()
    except BADLY_MADE:
        raise Unreadable(Reason.BROKEN) from None


def _small(picture: Image.Image) -> bytes:
    picture.draft("RGB", PREVIEW)
    picture.load()
    return as_preview(ImageOps.exif_transpose(picture))


def as_preview(picture: Image.Image) -> bytes:
    """A small PNG on white."""
    picture.thumbnail(PREVIEW)
    coloured = picture.convert("RGBA")
    paper = Image.new("RGBA", coloured.size, "white")
    paper.alpha_composite(coloured)
    drawn = io.BytesIO()
    paper.convert("RGB").save(drawn, "PNG")
    return drawn.getvalue()
