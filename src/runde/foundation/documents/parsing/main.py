"""The child's one errand: read the file on descriptor 0, write what was found on descriptor 1, and end.

    python -I -c "…; from runde.foundation.documents.parsing.main import main; main()" MEDIA_TYPE BOUNDS

The answer is one line of JSON, then the preview's bytes, then the clean file's bytes.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping

from .found import Found, Reason, Unreadable
from .pdf import read_pdf
from .pictures import make_ready, read_jpeg, read_png
from .walls import Bounds, raise_walls

READERS: dict[str, Callable[[bytes, Bounds], Found]] = {
    "application/pdf": read_pdf,
    "image/jpeg": read_jpeg,
    "image/png": read_png,
}


def main() -> None:
    reader = READERS[sys.argv[1]]
    bounds = Bounds(**json.loads(sys.argv[2]))
    with os.fdopen(0, "rb", closefd=False) as source:
        content = source.read()
    make_ready()
    raise_walls(bounds)
    try:
        answer = _written(reader(content, bounds))
    except Unreadable as refusal:
        answer = _line({"refused": refusal.reason})
    except MemoryError:
        answer = _line({"refused": Reason.TOO_HEAVY})
    _say(answer)
    os._exit(0)  # nothing that was read gets to run on the way out


def _written(found: Found) -> bytes:
    clean = found.clean or b""
    head = {
        "media_type": found.media_type,
        "pages": found.pages,
        "width": found.width,
        "height": found.height,
        "preview": len(found.preview),
        "clean": len(clean),
    }
    return _line(head) + found.preview + clean


def _line(head: Mapping[str, object]) -> bytes:
    return json.dumps(head).encode() + b"\n"


def _say(answer: bytes) -> None:
    left = memoryview(answer)
    while left:
        left = left[os.write(1, left) :]
