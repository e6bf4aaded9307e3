"""Files made to harm: each with its name and what we say to it. Made here, so that none lies on anybody's disk."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.factories.files import a_jpeg, a_pdf, a_png, as_pdf, png_chunk

PNG_START = b"\x89PNG\r\n\x1a\n"
ANY_REFUSAL = ""


@dataclass(frozen=True)
class Hostile:
    """`reason` is the refusal we owe, ANY_REFUSAL when several would be right."""

    name: str
    content: bytes
    reason: str = ANY_REFUSAL


def hostile_files() -> Iterator[Hostile]:
    yield from wrong_kinds()
    yield from two_at_once()
    yield from bombs()
    yield from papers_that_act()
    yield from cut_short()
    yield from badly_made()


def wrong_kinds() -> Iterator[Hostile]:
    kinds = {
        "html": b"<!doctype html><script>alert(1)</script>",
        "svg": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "gif": b"GIF89a" + b"\0" * 40,
        "webp": b"RIFF\0\0\0\0WEBPVP8 ",
        "program": b"MZ\x90\x00" + b"\0" * 100,
        "elf": b"\x7fELF" + b"\0" * 100,
        "shell": b"#!/bin/sh\necho %PDF- %%EOF",
        "old-office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "gzip": b"\x1f\x8b\x08" + b"\0" * 40,
        "nothing-but-zeros": b"\0" * 5_000,
        "lower-case": b"%pdf-1.7\n%%EOF",
        "before-the-start": b"\n" + a_pdf(),
        "program-before": b"MZ\x90\x00" + a_pdf(),
        "mark-before": b"\xef\xbb\xbf" + a_pdf(),
        "word-with-macros": zipped({"[Content_Types].xml": b"<x/>", "word/vbaProject.bin": b"x"}),
        "xml-entities": zipped(
            {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'}
        ),
        "zip-slip": zipped({"../../etc/passwd": b"x"}),
        "zip-bomb": zipped({"a": b"\0" * 30_000_000}),
        "nested-zip": zipped({"a.zip": zipped({"b.zip": zipped({"c": b"\0" * 1_000_000})})}),
        "lying-zip": zipped({"a": b"\0" * 1_000_000}).replace(b"\x40\x42\x0f\x00", b"\x01\x00\x00\x00"),
        "far-cell": zipped(
            {"xl/worksheets/sheet1.xml": b'<sheetData><row r="1048576"><c r="XFD1048576"/></row>'}
        ),
    }
    for name, content in kinds.items():
        yield Hostile(name, content, "wrong_kind")


def two_at_once() -> Iterator[Hostile]:
    yield Hostile("pdf-and-zip", a_pdf() + zipped({"a.exe": b"MZ"}), "two_things")
    yield Hostile("pdf-and-script", a_pdf() + b"<script>alert(1)</script>", "two_things")
    yield Hostile("pdf-inside-a-zip", a_pdf()[:-6] + zipped({"a": b"x"}) + b"\n%%EOF\n", "two_things")


def bombs() -> Iterator[Hostile]:
    yield Hostile("png-of-60-000-pixels", wide_png(60_000, 60_000), "too_many_pixels")
    yield Hostile("png-of-endless-width", wide_png(2**31 - 1, 2**31 - 1))
    yield Hostile("jpeg-of-65-000-pixels", tall_jpeg(65_000, 65_000), "too_many_pixels")
    yield Hostile("pdf-stream-bomb", streaming(b" " * 1_000_000, times=400))
    yield Hostile("pdf-drawing-for-ever", streaming(b"0 0 m 9999 9999 l S\n" * 50_000, times=60))
    yield Hostile("pdf-of-many-pages", a_pdf(501), "too_many_pages")
    yield Hostile("pdf-of-a-page-as-a-football-field", a_pdf().replace(b"595 842", b"99999999 99999999"))


def papers_that_act() -> Iterator[Hostile]:
    script = {20: b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>", 21: b"<< /Names [(a) 20 0 R] >>"}
    yield Hostile("pdf-script", a_pdf(extra=script, root=b"/Names << /JavaScript 21 0 R >>"), "program")
    opens = {20: b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"}
    yield Hostile("pdf-script-when-opened", a_pdf(extra=opens, root=b"/OpenAction 20 0 R"), "program")
    numbered = {20: b"<< /S /J#61vaScript /JS (app.alert\\(1\\)) >>"}
    yield Hostile("pdf-script-by-numbers", a_pdf(extra=numbered, root=b"/OpenAction 20 0 R"), "program")
    packed = zlib.compress(b"20 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>")
    bundle = b"<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    bundled = {30: bundle + packed + b"\nendstream"}
    yield Hostile("pdf-script-in-a-bundle", a_pdf(extra=bundled), "program")
    launch = {20: b"<< /S /Launch /F (cmd.exe) >>"}
    yield Hostile("pdf-launch", a_pdf(extra=launch, root=b"/OpenAction 20 0 R"), "program")
    inside = {
        20: b"<< /Type /Filespec /F (a.exe) /UF (a.exe) /EF << /F 21 0 R >> >>",
        21: b"<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream",
        22: b"<< /Names [(a.exe) 20 0 R] >>",
    }
    yield Hostile(
        "pdf-with-a-file-inside",
        a_pdf(extra=inside, root=b"/Names << /EmbeddedFiles 22 0 R >>"),
        "files_inside",
    )


def cut_short() -> Iterator[Hostile]:
    for name, whole in (("pdf", a_pdf()), ("png", a_png(200, 200)), ("jpeg", a_jpeg(200, 200))):
        for share in (10, 50, 90):
            yield Hostile(f"{name}-cut-at-{share}", whole[: len(whole) * share // 100])
    yield Hostile("pdf-start-only", b"%PDF-1.7\n%%EOF\n", "broken")
    yield Hostile("png-start-only", PNG_START, "broken")
    yield Hostile("jpeg-start-only", b"\xff\xd8\xff\xd9", "broken")


def badly_made() -> Iterator[Hostile]:
    circle = {2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>", 1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    yield Hostile("pdf-pages-in-a-circle", as_pdf(circle))
    yield Hostile("pdf-table-in-a-circle", table_in_a_circle())
    yield Hostile("pdf-nested-10-000-deep", as_pdf({1: b"[" * 10_000 + b"]" * 10_000}))
    yield Hostile("png-with-a-wrong-sum", a_png()[:-20] + b"\0\0\0\0" + a_png()[-16:])
    yield Hostile("png-with-a-length-beyond", PNG_START + b"\x7f\xff\xff\xffIHDR" + b"\0" * 40)
    yield Hostile(
        "png-without-a-picture",
        PNG_START + png_chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\x02\0\0\0") + png_chunk(b"IEND", b""),
    )
    yield Hostile("jpeg-with-a-length-beyond", b"\xff\xd8\xff\xe0\xff\xff" + b"\0" * 40 + b"\xff\xd9")
    chance = random.Random(4)
    for number in range(6):
        yield Hostile(f"pdf-noise-{number}", b"%PDF-1.7\n" + chance.randbytes(3_000) + b"\n%%EOF\n")


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def wide_png(width: int, height: int) -> bytes:
    """A few bytes that promise a picture of any size."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    body = zlib.compress(b"\0" * 1_000_000)
    return PNG_START + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def tall_jpeg(width: int, height: int) -> bytes:
    whole = a_jpeg(8, 8)
    frame = whole.index(b"\xff\xc0")
    return whole[: frame + 5] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + whole[frame + 9 :]


def streaming(drawn: bytes, *, times: int) -> bytes:
    """A page whose drawing is packed a thousand times smaller than it is; packed in pieces to spare ourselves."""
    press = zlib.compressobj()
    packed = b"".join([*(press.compress(drawn) for _ in range(times)), press.flush()])
    body = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"
    return a_pdf(extra={4: body})


def table_in_a_circle() -> bytes:
    """Each table of objects points to itself as the one before."""
    whole = a_pdf()
    start = whole.rindex(b"xref\n0")
    trailer = whole.index(b"trailer", start)
    looped = whole[trailer:].replace(b"/Root 1 0 R", b"/Root 9 0 R /Prev %d" % start)
    return whole[:trailer] + looped
