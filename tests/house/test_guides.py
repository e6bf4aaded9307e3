"""The guides tell what stands: every command they give exists, and nothing an operator or auditor needs is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

import runde
from runde.adapters.audit.api import CHECKS
from runde.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(runde.__file__).parent
GUIDES = ROOT / "docs" / "guides"

COMMAND = re.compile(r"(?:\.venv/bin/|`)runde((?: [a-z-]+)*)((?: [^\s`#]+)*)")
LINK = re.compile(r"\]\(([^)#]+)(?:#[a-z-]+)?\)")
VARIABLE = re.compile(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"|\"(DATABASE[A-Z_]*URL)\"")


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "tests/scenarios/README.md"]


def commands_in(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each `runde …` of a text: the words up to the first that is no command, and the options after."""
    for words, rest in COMMAND.findall(text):
        yield words.strip(), re.findall(r"(?<=\s)--[a-z-]+", f" {words} {rest}")


def what_is_wrong(words: str, options: list[str]) -> str | None:
    """Walks the command line's own tree of commands."""
    here = get_command(app)
    for word in words.split():
        below = getattr(here, "commands", {})
        if word in below:
            here = below[word]
        elif below:
            return f"runde {words}: no command {word}"
    known = {name for parameter in here.params for name in parameter.opts} | {"--help"}
    unknown = [option for option in options if option not in known]
    return f"runde {words}: no option {', '.join(unknown)}" if unknown else None


def test_every_command_in_the_documents_exists() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {wrong}"
        for path in documents()
        for words, options in commands_in(path.read_text(encoding="utf-8"))
        if (wrong := what_is_wrong(words, options))
    ]
    assert found == []


def test_every_link_between_documents_leads_somewhere() -> None:
    assert [
        f"{path.relative_to(ROOT)}: {target}"
        for path in documents()
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if not target.startswith("http") and not (path.parent / target).exists()
    ] == []


def test_the_operators_guide_tells_every_setting() -> None:
    guide = (GUIDES / "operator.md").read_text(encoding="utf-8")
    read = {
        first or second
        for path in [*(SOURCE / "config").glob("*.py"), SOURCE / "cli" / "house.py"]
        for first, second in VARIABLE.findall(path.read_text(encoding="utf-8"))
    } - {"DJANGO_SETTINGS_MODULE"}
    assert len(read) > 10
    assert sorted(name for name in read if f"`{name}`" not in guide) == []


def test_the_auditors_guide_tells_every_check_and_no_other() -> None:
    guide = (GUIDES / "auditor.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", guide))
    assert named == {check.name for check in CHECKS}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("`runde journal verify --json`", False),
        (".venv/bin/runde companies import FILE…", False),
        ("`runde journal mend`", True),
        (".venv/bin/runde audit --fix", True),
        ("`runde rescue`", True),
    ],
)
def test_a_command_that_does_not_exist_is_found(line: str, wrong: bool) -> None:
    [(words, options)] = commands_in(line)
    assert (what_is_wrong(words, options) is not None) is wrong
