"""PDF: pages counted, the first one drawn; refused when it carries programs, other files or another kind of file."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pypdfium2
import pypdfium2.raw as pdfium

from .found import Found, Reason, Unreadable
from .pictures import as_preview
from .walls import Bounds

PREVIEW_POINTS = 480
END = b"%%EOF"
ZIP_DIRECTORY = b"PK\x05\x06"
LONGEST_ZIP_TAIL = 66_000
ACTS = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b")
NAMED_BY_NUMBER = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED_OBJECTS = re.compile(rb"/ObjStm\b")
MOST_UNPACKED = 4_000_000
"""Bytes of each bundle of objects that are looked through."""
PASSWORD = 4
"""FPDF_ERR_PASSWORD"""


def read_pdf(content: bytes, bounds: Bounds) -> Found:
    """Raises Unreadable. The file itself stands as it came: a signature in it must go on being true."""
    _is_one_thing(content)
    paper = _opened(content)
    _is_only_paper(paper, content)
    pages = len(paper)
    if pages == 0:
        raise Unreadable(Reason.BROKEN)
    if pages > bounds.pages:
        raise Unreadable(Reason.TOO_MANY_PAGES)
    return Found("application/pdf", pages=pages, preview=_first_page(paper))


def _is_one_thing(content: bytes) -> None:
    end = content.rfind(END)
    if end < 0:
        raise Unreadable(Reason.BROKEN)
    if content[end + len(END) :].strip(b"\r\n\t \0") or ZIP_DIRECTORY in content[-LONGEST_ZIP_TAIL:]:
        raise Unreadable(Reason.TWO_THINGS)


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        reason = Reason.LOCKED if pdfium.FPDF_GetLastError() == PASSWORD else Reason.BROKEN
        raise Unreadable(reason) from None


def _is_only_paper(paper: pypdfium2.PdfDocument, content: bytes) -> None:
    if pdfium.FPDFDoc_GetJavaScriptActionCount(paper.raw) or any(map(_acts, _objects(content))):
        raise Unreadable(Reason.PROGRAM)
    if pdfium.FPDFDoc_GetAttachmentCount(paper.raw):
        raise Unreadable(Reason.FILES_INSIDE)


def _objects(content: bytes) -> Iterator[bytes]:
    """The objects as they stand, then those packed in bundles."""
    yield content
    for bundle in PACKED_OBJECTS.finditer(content):
        start = content.find(b"stream", bundle.end())
        end = content.find(b"endstream", start)
        if 0 < start < end:
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(content[start + 6 : end].lstrip(b"\r\n"), MOST_UNPACKED)


def _acts(objects: bytes) -> bool:
    """Whether a name of something that runs stands here, also when it is written by numbers (#4a for J)."""
    return ACTS.search(NAMED_BY_NUMBER.sub(lambda found: bytes([int(found[1], 16)]), objects)) is not None


def _first_page(paper: pypdfium2.PdfDocument) -> bytes:
    try:
        page = paper[0]
        width, height = page.get_size()
        if not (0 < width < 20_000 and 0 < height < 20_000):
            raise Unreadable(Reason.BROKEN)
        picture = page.render(scale=PREVIEW_POINTS / max(width, height)).to_pil()
    except pypdfium2.PdfiumError:
        raise Unreadable(Reason.BROKEN) from None
    return as_preview(picture)
