"""Each room is entered by its door, and the contract that holds the doors knows every room."""

from __future__ import annotations

import configparser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "runde"
WINGS = ("foundation", "grants")
OPEN = {"__init__", "api", "signals", "errors", "apps", "migration_operations"}


def rooms() -> list[str]:
    return sorted(
        f"runde.{wing}.{folder.name}"
        for wing in WINGS
        for folder in (SOURCE / wing).iterdir()
        if (folder / "__init__.py").exists()
    )


def inner_modules(room: str) -> set[str]:
    folder = SOURCE.joinpath(*room.split(".")[1:])
    names = {path.stem for path in folder.glob("*.py")}
    names |= {path.name for path in folder.iterdir() if (path / "__init__.py").exists()}
    return {f"{room}.{name}" for name in names - OPEN - {"migrations"}}


def test_every_room_has_a_contract_that_protects_all_behind_the_door() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    for room in rooms():
        section = f"importlinter:contract:door-{room.rsplit('.', 1)[1]}"
        assert section in contracts, f"No contract for the door of {room}: run tools/doors.py"
        protected = set(contracts[section]["protected_modules"].split())
        assert protected == inner_modules(room), f"The door of {room} has changed: run tools/doors.py"
        assert contracts[section]["allowed_importers"].split() == [room]
