"""Every command, with what an operator may get wrong: no stack trace, one sentence, nothing on stdout but data."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from runde.adapters.postgres import launcher
from runde.cli import companies
from runde.cli import main as commands
from runde.config.database import databases
from runde.config.numbers import port_number
from tests import database

NOWHERE = "postgresql://localhost:1/finnes-ikke"


@dataclass(frozen=True)
class Answer:
    """How a command ended."""

    code: object
    out: str
    err: str

    def is_refusal(self, *words: str) -> None:
        """One sentence that names what, where and how, and not a word on standard output."""
        assert self.code in (1, 2), self
        assert self.out == "", self
        assert "Traceback" not in self.err, self
        assert len(self.err.strip().splitlines()) == 1, self
        assert self.err.strip().endswith("."), self
        for word in words:
            assert word in self.err, self


Run = Callable[..., Answer]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process: quick, and an unnamed fault comes out as itself and fails the test."""
    monkeypatch.setenv("DATABASE_URL", NOWHERE)  # never the developer's own

    def answer(*words: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["runde", *(str(word) for word in words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            commands.main()
        said = capsys.readouterr()
        return Answer(ended.value.code or 0, said.out, said.err)

    return answer


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["finnes-ikke"], "Kommandoen «finnes-ikke» finnes ikke."),
        (["companies", "finnes-ikke"], "«runde companies --help»"),
        (["serve", "--nei"], "Valget --nei finnes ikke."),
        (["serve", "--prot", "1"], "Mente du --host eller --port?"),
        (["serve", "for", "mange"], "for mange"),
        (["serve", "--port"], "--port må ha en verdi."),
        (["serve", "--port", "0"], "--port må være minst 1"),
        (["serve", "--port", "65536"], "--port kan være høyst 65535"),
        (["serve", "--port", "1e3"], "--port må være et helt tall, men du skrev «1e3»."),
        (["serve", "--host", "finnes.ikke.example"], "«finnes.ikke.example»"),
        (["migrate", "x"], "for mange"),
        (["doctor", "--json=ja"], "--json tar ingen verdi."),
        (["demo", "--applications", "0"], "minst 1"),
        (["demo", "--applications", "-5", "--once"], "minst 1"),
        (["demo", "--applications", "100001"], "høyst 100000"),
        (["demo", "--seed", "NaN"], "--seed må være et helt tall"),
        (["prove"], "NAME mangler."),
        (["prove", "finnes-ikke"], "Det finnes ikke noe bevis «finnes-ikke»."),
        (["prove", "kills", "--n", "0"], "--n må være minst 1"),
        (["prove", "kills", "--n", "9" * 5_000], "--n"),
        (["journal", "export"], "TENANT mangler."),
        (["companies", "import"], "FILES mangler."),
        (["companies", "import", "x", "--register-date", "31.12.2024"], "«31.12.2024» er ikke en dato."),
        (["companies", "import", "x", "--register-date", "0000-01-01"], "er ikke en dato"),
        (["companies", "import", "x", "--register-date", "9999-12-31"], "frem i tid"),
        (["companies", "import", "x", "--edition", "SN1994"], "Velg SN2007 eller SN2025."),
        (["companies", "synthesise"], "--count mangler."),
        (["companies", "synthesise", "--count", "0"], "--count må være minst 1"),
        (["companies", "synthesise", "--count", "-1"], "--count må være minst 1"),
        (["companies", "synthesise", "--count", "8000001"], "--count kan være høyst 8000000"),
        (
            ["companies", "synthesise", "--count", "1", "--as-of", "0001-01-01"],
            "Velg en dag i 1900 eller senere.",
        ),
        (
            ["companies", "synthesise", "--count", "1", "--municipalities", "9999"],
            "«9999» er ikke et kommunenummer",
        ),
        (["companies", "synthesise", "--count", "1", "--municipalities", "3203=nan"], "Vekten «nan»"),
        (["companies", "synthesise", "--count", "1", "--municipalities", "3203=-1"], "Vekten «-1»"),
        (
            ["companies", "synthesise", "--count", "1", "--out", "/finnes/ikke.csv"],
            "Velg en annen fil med --out.",
        ),
        (["companies", "synthesise", "--count", "1", "--out", "/dev/full"], "er ikke en vanlig fil"),
        (["companies", "synthesise", "--count", "1", "--out", "/"], "er ikke en vanlig fil"),
        (["companies", "synthesise", "--count", "1", "--out", "x" * 300], "navnet er for langt"),
    ],
)
def test_what_is_typed_wrong_is_said_in_a_sentence(run: Run, words: list[str], said: str) -> None:
    run(*words).is_refusal(said)


def test_a_taken_port_is_named_with_another_to_try(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run("serve", "--port", port).is_refusal(str(port), f"--port {port + 1}")


def test_help_is_no_refusal(run: Run) -> None:
    assert run("--help").code == 0
    assert run("journal").code == 2
    assert "verify" in run("journal", "--help").out


@pytest.fixture
def register(db: None, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`companies import`, on the test's own database, which stands ready."""
    monkeypatch.setattr(companies, "open_register", lambda: None)
    return lambda *words: run("companies", "import", *words)


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    contents: dict[str, bytes] = {
        "tom.csv": b"",
        "bilde.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "ark.csv": b"PK\x03\x04" + b"\0" * 50,
        "ikke-pakket.csv.gz": b"organisasjonsnummer\n310000027\n",
        "halv.csv.gz": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        "utf16.csv": "organisasjonsnummer".encode("utf-16"),
        "andre-kolonner.csv": b'"a","b"\n"1","2"\n',
        "ikke-liste.json": b'{"a": 1}',
        "navn\nmed\x1blinjer.csv": b"",
    }
    for name, content in contents.items():
        path = folder / name
        path.write_bytes(content)
        yield path, name.partition("\n")[0].partition(".")[0]
    yield folder, "er en mappe"
    yield folder / "finnes-ikke.csv", "Fant ikke filen"


def test_no_file_breaks_the_reading_of_the_register(register: Run, tmp_path: Path) -> None:
    for path, word in _files(tmp_path):
        answer = register(path)
        assert answer.code == 1, path
        assert "Traceback" not in answer.err, path
        assert word in answer.err, (path, answer)
        assert "\x1b" not in answer.err + answer.out


def test_what_stands_in_a_bad_row_cannot_command_the_terminal(register: Run, tmp_path: Path) -> None:
    path = tmp_path / "rader.csv"
    path.write_bytes(b'"organisasjonsnummer"\n"\x00\x1b[31m"\n"\xff\xfe"\n"' + b"9" * 200_000 + b'"\n')
    answer = register(path)
    assert "0 av 3 rader lest inn" in answer.out
    assert not set(answer.out + answer.err) & {"\x00", "\x1b"}
    assert len(answer.out) < 2_000


def test_the_report_of_rejected_rows_must_be_writable(register: Run, tmp_path: Path) -> None:
    register(tmp_path / "x.csv", "--report", "/finnes/ikke.csv").is_refusal("Velg en annen fil for --report.")
    register(tmp_path / "x.csv", "--report", tmp_path).is_refusal("det er en mappe")


def test_json_is_alone_on_standard_output(register: Run, tmp_path: Path) -> None:
    import json

    answer = register(tmp_path / "finnes-ikke.csv", "--json")
    assert answer.code == 1
    assert "Fant ikke filen" in json.loads(answer.out)["errors"][0]["reason"]


def _app(role: str) -> dict[str, str]:
    return {"DATABASE_URL": f"postgresql://{role}@/{database.TEMPLATE}?host={database.server().socket}"}


# What stands wrong in the environment, the command that meets it, and what must be said about it.
SETTINGS: list[tuple[dict[str, str], list[str], str]] = [
    ({"DATABASE_URL": NOWHERE, "DATABASE_OWNER_URL": NOWHERE}, ["migrate"], "Sjekk at den kjører"),
    ({"DATABASE_URL": NOWHERE}, ["migrate"], "Sett DATABASE_OWNER_URL"),
    ({"DATABASE_URL": NOWHERE}, ["journal", "verify", "--json"], "Databasen kan ikke brukes"),
    ({"DATABASE_URL": "mysql://x/y"}, ["journal", "witness"], "DATABASE_URL må begynne med postgresql://"),
    ({"DATABASE_URL": NOWHERE, "RUNDE_VAR": "/dev/null/x", "RUNDE_SECRET_KEY": ""}, ["audit"], "/dev/null/x"),
    ({"DATABASE_URL": NOWHERE, "RUNDE_HTTPS": "1", "RUNDE_DEMO": "1"}, ["audit"], "RUNDE_HTTPS=1"),
]


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    """In processes of their own, all at once: settings are read when Django starts."""
    wrong = [*SETTINGS, (_app(launcher.SUPERUSER), ["journal", "witness"], "Bruk rollen runde_app")]
    wrong += [(_app(launcher.OWNER), ["audit", "--json"], "Bruk rollen runde_app")]
    wrong += [(_app(launcher.APP), ["audit", "--json"], "DATABASE_CHECK_URL")]
    running = [(_start(setting, words), words, said) for setting, words, said in wrong]
    for process, words, said in running:
        out, err = process.communicate(timeout=120)
        Answer(process.returncode, out, err).is_refusal(said), words


def _start(setting: dict[str, str], words: list[str]) -> subprocess.Popen[str]:
    program = "from runde.cli.main import main; main()"
    given = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program, *words],
        env={**given, **setting},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("address", ["", "x", "mysql://x/y", "postgresql://vert:abc/x", "postgresql://["])
def test_what_is_no_address_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="^DATABASE_URL .* postgresql://.*\\.$"):
        databases(Path())


@pytest.mark.parametrize("port", ["abc", "0", "-1", "65536", "1e3", "²"])
def test_what_is_no_port_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("RUNDE_SMTP_PORT", port)
    with pytest.raises(ImproperlyConfigured, match="^RUNDE_SMTP_PORT må være et portnummer"):
        port_number("RUNDE_SMTP_PORT", 25)


def test_the_doctor_tells_about_a_database_that_is_away() -> None:
    import json

    process = _start({"DATABASE_URL": NOWHERE}, ["doctor", "--json"])
    out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert err == ""
    assert {"Database": "stoppet"}.items() <= {one["part"]: one["state"] for one in json.loads(out)}.items()


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    process = _start({"DATABASE_URL": NOWHERE}, ["companies", "synthesise", "--help"])
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.wait(timeout=60)
    process.stderr.close()
