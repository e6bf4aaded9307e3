"""Every file of the corpus is refused, quickly, by a child that cannot get out of its walls."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from runde.foundation.documents.api import list_attachments, receive_attachment
from runde.foundation.documents.checking import ERRAND, SOURCE
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import fence
from tests.factories.files import a_pdf, sent

from .files import ANY_REFUSAL, Hostile, hostile_files

KARI = Actor(uuid4(), "Kari Dahl")
PATIENCE_SECONDS = 10


@pytest.mark.parametrize("file", list(hostile_files()), ids=lambda file: file.name)
def test_every_hostile_file_is_refused_with_a_reason(
    db: None, at: datetime, settings: Settings, tmp_path: Path, file: Hostile
) -> None:
    settings.FILES = tmp_path
    with fence(uuid4()):
        started = time.perf_counter()
        taken = receive_attachment(
            file=sent(file.content, "regnskap.pdf"), subject_kind="proof", subject_id=uuid4(), by=KARI, at=at
        )
        seconds = time.perf_counter() - started
        assert taken.state == "refused", taken.media_type
        assert file.reason in (ANY_REFUSAL, taken.reason)
        assert list_attachments("proof", taken.subject_id) == [taken]
    assert seconds < PATIENCE_SECONDS
    assert not [path for path in (tmp_path).rglob("handed_in/*") if path.is_file()]


TRICKS = {
    "opens a socket": "import socket; socket.socket()",
    "reads a file": "open('/etc/hostname').read()",
    "starts a program": "import _posixsubprocess, subprocess; subprocess.run(['/bin/true'])",
    "takes all memory": "bytearray(2_000_000_000)",
}


@pytest.mark.parametrize("trick", TRICKS)
def test_nothing_read_can_get_out_of_the_child(trick: str, settings: Settings, tmp_path: Path) -> None:
    """As if a hole in a library let a file run code of its own."""
    source = f"""
import sys; sys.path.insert(0, {SOURCE!r})
import socket, subprocess
from runde.foundation.documents.parsing.walls import Bounds, raise_walls
raise_walls(Bounds(**{settings.PARSING!r}))
try:
    {TRICKS[trick]}
except (OSError, MemoryError) as stopped:
    print("stopped")
else:
    print("out")
"""
    said = subprocess.run([sys.executable, "-I", "-c", source], capture_output=True, text=True, timeout=20)
    assert said.stdout == "stopped\n", said.stderr


def test_a_child_that_never_ends_is_ended(settings: Settings, tmp_path: Path) -> None:
    bounds = json.dumps({**settings.PARSING, "seconds": 1})
    source = ERRAND.format(SOURCE).replace(
        "main()",
        "main.__globals__['READERS']['application/pdf'] = lambda *_: __import__('time').sleep(60); main()",
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(a_pdf())
    started = time.perf_counter()
    with path.open("rb") as stdin:
        ended = subprocess.run(
            [sys.executable, "-I", "-c", source, "application/pdf", bounds],
            stdin=stdin,
            capture_output=True,
            timeout=20,
        )
    assert ended.returncode == -14, ended.stderr
    assert time.perf_counter() - started < 6
