"""What the import walls cannot see: keys given as strings, models looked up by name, missing migrations."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

SOURCE = Path(__file__).resolve().parents[2] / "src" / "runde"
FLOOR = {"engine": 0, "foundation": 1, "grants": 2, "web": 3}
ROOMS_UPWARD = [
    ["trust", "journal", "organisations", "people"],
    [
        "schemes",
        "designs",
        "letters",
        "aid",
        "applications",
        "precedents",
        "casework",
        "panels",
        "payments",
        "budget",
    ],
]


def test_keys_between_rooms_point_down_only() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("runde."):
            continue
        for field in model._meta.get_fields():
            target = field.related_model
            if not getattr(field, "concrete", False) or not target or not isinstance(target, type):
                continue
            if target.__module__.startswith("runde.") and points_up(model, target):
                wrong.append(f"{model.__name__}.{field.name} -> {target.__name__}")
    assert wrong == []


def points_up(model: type, target: type) -> bool:
    if FLOOR[floor_of(target)] > FLOOR[floor_of(model)]:
        return True
    for order in ROOMS_UPWARD:
        ours, theirs = room_of(model), room_of(target)
        if ours in order and theirs in order:
            return order.index(theirs) > order.index(ours)
    return False


def floor_of(model: type) -> str:
    return model.__module__.split(".")[1]


def room_of(model: type) -> str:
    return model.__module__.split(".")[2]


def test_no_model_is_looked_up_by_name_outside_migrations() -> None:
    found = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and _calls_get_model(path)
    ]
    assert found == []


def _calls_get_model(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.Attribute) and node.attr == "get_model" for node in ast.walk(tree))


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
