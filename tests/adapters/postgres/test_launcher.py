"""The embedded server: private, one at a time, judged by connecting, back with its data after the worst."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from runde.adapters.postgres import launcher

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.xdist_group("launcher")


@pytest.fixture
def server() -> Iterator[launcher.Server]:
    home = Path("/tmp") / f"runde-launcher-{uuid4().hex[:8]}"  # noqa: S108 - short, for the socket's address
    home.mkdir(mode=0o755)
    one = launcher.Server(data=home / "pg", socket=home / "pg", binaries=launcher.locate(ROOT).binaries)
    yield one
    launcher.stop(one)
    shutil.rmtree(home, ignore_errors=True)


def write(server: launcher.Server) -> None:
    with psycopg.connect(server.dsn("postgres", launcher.SUPERUSER)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")


def read(server: launcher.Server) -> int:
    with psycopg.connect(server.dsn("postgres", launcher.SUPERUSER)) as connection:
        row = connection.execute("SELECT number FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def test_it_starts_once_and_the_next_only_finds_it(server: launcher.Server) -> None:
    assert launcher.start(server, dies_with_parent=True)
    assert not launcher.start(server, dies_with_parent=True)


def test_its_folder_is_private_and_it_is_not_on_the_network(server: launcher.Server) -> None:
    launcher.start(server, dies_with_parent=True)
    assert server.data.stat().st_mode & 0o777 == 0o700
    with psycopg.connect(server.dsn("postgres", launcher.SUPERUSER)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_the_three_roles_have_no_more_power_than_they_need(server: launcher.Server) -> None:
    launcher.start(server, dies_with_parent=True)
    with psycopg.connect(server.dsn("postgres", launcher.SUPERUSER)) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname LIKE 'runde%' ORDER BY 1"
        ).fetchall()
    assert rows == [
        ("runde_app", False, False, False),
        ("runde_check", False, False, True),
        ("runde_owner", False, False, False),
        ("runde_super", True, True, True),
    ]


def test_a_killed_server_comes_back_with_its_data(server: launcher.Server) -> None:
    launcher.start(server, dies_with_parent=True)
    write(server)
    with psycopg.connect(server.dsn("postgres", launcher.SUPERUSER)):  # a client that is left behind
        os.kill(int((server.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
        assert launcher.start(server, dies_with_parent=True)
    assert read(server) == 42


def test_a_server_outlives_the_launcher_that_was_killed_and_the_next_finds_it(
    server: launcher.Server,
) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from runde.adapters.postgres import launcher;"
        f"launcher.start(launcher.Server(Path({str(server.data)!r}), Path({str(server.socket)!r}), "
        f"Path({str(server.binaries)!r}))); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not launcher.start(server)
    launcher.stop(server)
    assert not server.answers()


def test_too_little_room_on_the_disk_is_said_with_the_cure(
    server: launcher.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=100 * 1024 * 1024)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(launcher.ServerRefused, match=r"100 MB ledig.*Frigjør plass"):
        launcher.start(server, dies_with_parent=True)


def test_a_long_path_gets_a_short_private_folder_for_its_socket(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-rather-long-folder-name"] * 5) / "data"
    socket = launcher._socket_directory(deep)
    assert len(str(socket)) < launcher.SOCKET_PATH_LIMIT
    assert socket.stat().st_mode & 0o777 == 0o700
    socket.rmdir()
