"""The repository speaks of itself alone: no path of anyone's machine, no package registry's address, no secrets."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from stdnum.no import fodselsnummer

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"/(?:home|Users|root|work)/[a-z]"),
    "a registry's address": re.compile(
        r"https?://[a-z0-9.-]*(?:registry|pypi|pythonhosted|npmjs|mirror)[a-z0-9./-]*"
    ),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
}
ELEVEN_DIGITS = re.compile(r"\b\d{11}\b")
NOT_TEXT = {".png", ".gz", ".pdf", ".ttf"}
NO_DRAWERS = {"utils", "helpers", "common", "manager", "misc"}


def tracked_files() -> list[Path]:
    answer = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in answer.stdout.splitlines() if (ROOT / line).is_file()]


def readable_files() -> list[Path]:
    return [
        path
        for path in tracked_files()
        if path != Path(__file__) and path.suffix not in NOT_TEXT and path.parent.name != "requirements"
    ]


def test_no_file_holds_what_belongs_elsewhere() -> None:
    found = []
    for path in readable_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [
            f"{path.relative_to(ROOT)}: {what}" for what, sign in FORBIDDEN.items() if sign.search(text)
        ]
    assert found == []


def test_no_file_holds_a_person_number_that_could_be_somebodys() -> None:
    """Made-up numbers add 80 to the month; the library refuses those, so what it accepts could be real."""
    found = []
    for path in readable_files():
        numbers = ELEVEN_DIGITS.findall(path.read_text(encoding="utf-8", errors="replace"))
        found += [
            f"{path.relative_to(ROOT)}: {number}" for number in numbers if fodselsnummer.is_valid(number)
        ]
    assert found == []


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert [
        path for path in tracked_files() if path.suffix == ".py" and {path.stem, *path.parts} & NO_DRAWERS
    ] == []
