"""Having a file read by a child process that can be killed: what it is, or why it is not taken."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

from django.conf import settings

import runde

from .parsing.found import Found, Reason, Unreadable
from .parsing.walls import LARGEST_OUTPUT_BYTES, Bounds

ERRAND = (
    "import sys; sys.path.insert(0, {!r}); from runde.foundation.documents.parsing.main import main; main()"
)
SOURCE = str(Path(runde.__file__).parents[1])
PNG_START = b"\x89PNG\r\n\x1a\n"


def read_in_child(path: Path, media_type: str) -> Found:
    """What the file at `path` is. Raises Unreadable, also when the child had to be ended."""
    bounds = Bounds(**settings.PARSING)
    with path.open("rb") as source, tempfile.TemporaryFile() as answer:
        if _run(source, answer, media_type, bounds) != 0:
            raise Unreadable(Reason.TOO_HEAVY)
        answer.seek(0)
        return _understood(answer.read(LARGEST_OUTPUT_BYTES), media_type)


def _run(source: IO[bytes], answer: IO[bytes], media_type: str, bounds: Bounds) -> int:
    """The child's exit code; ended with everything it may have started when its time is out."""
    command = [sys.executable, "-I", "-c", ERRAND.format(SOURCE), media_type, json.dumps(asdict(bounds))]
    child = subprocess.Popen(  # noqa: S603 - our own program, with arguments of our own
        command,
        stdin=source,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    try:
        return child.wait(timeout=bounds.seconds + 2)
    except subprocess.TimeoutExpired:
        return 1
    finally:
        if child.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _understood(answer: bytes, media_type: str) -> Found:
    """The child has read what a stranger wrote, so it is believed no further than it can be checked."""
    line, _, rest = answer.partition(b"\n")
    try:
        told = json.loads(line)
        if "refused" in told:
            raise Unreadable(Reason(told["refused"]))
        preview, clean = rest[: told["preview"]], rest[told["preview"] : told["preview"] + told["clean"]]
    except (ValueError, KeyError, TypeError):
        raise Unreadable(Reason.BROKEN) from None
    if told["media_type"] != media_type or (preview and not preview.startswith(PNG_START)):
        raise Unreadable(Reason.BROKEN)
    return Found(media_type, told["pages"], told["width"], told["height"], clean or None, preview)
