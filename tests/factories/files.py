"""Small files as people have them, made here: nothing is read from disk."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def a_pdf(
    pages: int = 1, text: str = "Regnskap", *, extra: Mapping[int, bytes] | None = None, root: bytes = b""
) -> bytes:
    """A whole PDF with its table of objects. `extra` adds objects by number; `root` adds to the catalogue."""
    drawn = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode("latin-1", "replace")
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(pages))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R " + root + b" >>",
        2: b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages,
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream",
    }
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    page += b"/Resources << /Font << /F1 3 0 R >> >> >>"
    objects |= {10 + n: page for n in range(pages)}
    return as_pdf({**objects, **(extra or {})})


def as_pdf(objects: Mapping[int, bytes]) -> bytes:
    """The objects with header, table and trailer; object 1 is the catalogue."""
    written, places = b"%PDF-1.7\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(written)
        written += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    lines = [b"0000000000 65535 f \n"]
    lines += [
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 00000 f \n"
        for n in range(1, max(objects) + 1)
    ]
    start = len(written)
    table = b"xref\n0 %d\n" % (max(objects) + 1) + b"".join(lines)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start)
    return written + table + trailer


def a_png(width: int = 40, height: int = 30) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, "PNG")
    return made.getvalue()


def a_jpeg(width: int = 40, height: int = 30, *, exif: bytes = b"", progressive: bool = False) -> bytes:
    made = io.BytesIO()
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.save(made, "JPEG", exif=exif, progressive=progressive)
    return made.getvalue()


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def sent(content: bytes, name: str = "regnskap.pdf") -> SimpleUploadedFile:
    """A file as the browser sends it, with a kind that counts for nothing."""
    return SimpleUploadedFile(name, content, content_type="text/html")
