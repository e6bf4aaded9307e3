"""The scanner's client against a daemon that speaks clamd's own words, and the fake held to the same answers."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from runde.adapters.scanner.address import Address
from runde.adapters.scanner.api import BadAddress, Clamd, connect, read_address
from runde.foundation.documents.api import Scanned, Scanner, ScannerSilent
from tests.fakes.scanner import EICAR, FakeScanner

Speaks = Callable[[socket.socket], None]


def listen(line: socket.socket) -> bytes:
    """The whole file, as clamd(8) hears it after INSTREAM."""
    with line.makefile("rb") as heard:
        assert heard.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", heard.read(4))[0]:
            content += heard.read(length)
    return content


def as_clamd(line: socket.socket) -> None:
    content = listen(line)
    line.sendall(b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


def saying(words: bytes) -> Speaks:
    def speak(line: socket.socket) -> None:
        listen(line)
        line.sendall(words)

    return speak


def hanging_up(words: bytes) -> Speaks:
    """As clamd does when the file grows past its limit: it answers, and hears no more."""

    def speak(line: socket.socket) -> None:
        line.recv(1_000)
        line.sendall(words)

    return speak


@contextmanager
def daemon(path: Path, speak: Speaks) -> Iterator[str]:
    with socket.socket(socket.AF_UNIX) as place:
        place.bind(str(path))
        place.listen()

        def serve() -> None:
            line, _ = place.accept()
            with line:
                speak(line)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"unix:{path}"
        thread.join(timeout=10)


def asked(path: Path, content: bytes, speak: Speaks = as_clamd) -> Scanned:
    with daemon(path, speak) as address:
        return Clamd(read_address(address), patience_seconds=2).scan(content)


CONTENTS = {"empty": b"", "clean": b"a" * 200_000, "virus": b"x" * 70_000 + EICAR + b"x"}


@pytest.mark.parametrize("name", CONTENTS)
def test_the_fake_answers_as_the_daemon_does(tmp_path: Path, name: str) -> None:
    assert asked(tmp_path / "s", CONTENTS[name]) == FakeScanner().scan(CONTENTS[name])


def test_a_virus_is_named(tmp_path: Path) -> None:
    assert asked(tmp_path / "s", CONTENTS["virus"]) == Scanned(virus="Eicar-Signature")


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: maybe\0",
        b"OK",
        b"\0",
        b"x" * 10_000,
        b"\xff\xfe\0",
    ],
)
def test_anything_but_a_plain_answer_is_none(tmp_path: Path, words: bytes) -> None:
    if words == b"OK":
        assert asked(tmp_path / "s", b"x", saying(words)) == Scanned()  # closed without the last NUL
        return
    with pytest.raises(ScannerSilent):
        asked(tmp_path / "s", b"x", saying(words))


@pytest.mark.parametrize("words", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK\0"])
def test_a_file_heard_in_part_is_never_clean_and_what_was_said_is_kept(tmp_path: Path, words: bytes) -> None:
    with pytest.raises(ScannerSilent, match=words.rstrip(b"\0").decode()):
        asked(tmp_path / "s", b"x" * 5_000_000, hanging_up(words))


def test_a_daemon_that_is_away_or_slow_gives_no_answer(tmp_path: Path) -> None:
    with pytest.raises(ScannerSilent):
        connect(f"unix:{tmp_path}/nobody").scan(b"x")
    hold = threading.Event()
    with daemon(tmp_path / "slow", lambda line: bool(hold.wait(5)) and None) as address:
        with pytest.raises(ScannerSilent):
            Clamd(read_address(address), patience_seconds=1).scan(b"x")
        hold.set()
    with pytest.raises(ScannerSilent):
        FakeScanner(is_silent=True).scan(b"x")


@pytest.mark.parametrize(
    "text", ["", "clamd", "unix:relative", "tcp:host", "tcp::1", "tcp:host:99999", "http://x:1"]
)
def test_an_address_that_cannot_be_read_is_told_how_to_write(text: str) -> None:
    with pytest.raises(BadAddress, match="unix:/run/clamav/clamd.ctl eller tcp:maskin:3310"):
        read_address(text)


def test_addresses_are_read() -> None:
    assert read_address("tcp:10.0.0.5:3310") == Address(host="10.0.0.5", port=3310)
    scanner: Scanner = connect("unix:/run/clamav/clamd.ctl")
    assert scanner == Clamd(Address(path="/run/clamav/clamd.ctl"))
