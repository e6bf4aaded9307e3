"""Write the contracts for the rooms' doors into .importlinter, one for each room: what lies behind `api`,
`signals` and `errors` may be imported by the room itself only. Run it when a room gets a new module, and review it."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
MARK = "# --- doors: written by tools/doors.py ---\n"

CONTRACT = """
[importlinter:contract:{section}]
name = {room} is entered by its door
type = protected
protected_modules =
{modules}
allowed_importers =
    {room}
"""
# Migrations name the defaults of the columns they made, and those lie behind the ground's door.
MIGRATIONS = """ignore_imports =
    runde.**.migrations.* -> runde.foundation.trust.fence
    runde.**.migrations.* -> runde.foundation.trust.ids
"""


def main():
    from tests.house.test_doors import inner_modules, rooms

    path = ROOT / ".importlinter"
    kept = path.read_text(encoding="utf-8").split(MARK)[0].rstrip() + "\n\n"
    why = "# Why: a room can change everything behind its door without asking anyone.\n"
    contracts = [contract(room, inner_modules(room)) for room in rooms()]
    path.write_text(kept + MARK + why + "".join(contracts), encoding="utf-8")


def contract(room, modules):
    lines = "\n".join(f"    {module}" for module in sorted(modules))
    section = f"door-{room.rsplit('.', 1)[1]}"
    made_by_django = MIGRATIONS if section == "door-trust" else ""
    return CONTRACT.format(section=section, room=room, modules=lines) + made_by_django


if __name__ == "__main__":
    main()
