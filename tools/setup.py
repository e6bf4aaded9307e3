"""Prepare a fresh clone: the environment from lock files, the command, the front-end assets.

Runs on whatever Python the machine has, uses only its standard library, and is quick when there is nothing to
do. `--dev` adds what the tests need, `--bench` the benchmarks' rivals and `--spark` PySpark. Each thing that is
missing is told in one sentence, with the cure.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST, TOO_NEW = (3, 11), (3, 14)
ROOM_NEEDED_MB = {"base": 1500, "dev": 1500, "bench": 1700, "spark": 2500}
OLDEST_NODE = 20


def main():
    options = argparse.ArgumentParser(description="Prepare Runde in this folder.")
    options.add_argument("--dev", action="store_true", help="also install what the tests need")
    options.add_argument("--bench", action="store_true", help="also install the benchmarks' rivals")
    options.add_argument("--spark", action="store_true", help="also install PySpark (half a gigabyte)")
    wanted = options.parse_args()
    try:
        prepare(chosen(wanted))
    except NotReady as problem:
        print(f"Runde: {problem}", file=sys.stderr)
        return 1
    return 0


class NotReady(Exception):
    """Something is missing; the text says what, and the cure."""


def chosen(wanted):
    """The lock to install from; `bench` and `spark` both hold all of `dev`, and `dev` all of `base`."""
    return next((name for name in ("spark", "bench", "dev") if getattr(wanted, name)), "base")


def prepare(lock):
    locks = [lock] + ([] if node_on_path() else ["node"])
    if not is_installed(lock, locks):
        check_room(ROOM_NEEDED_MB[lock])
        make_environment(find_python())
        install(lock, locks)
    build_assets()
    compile_translations()


def find_python():
    """This Python when it fits, else the newest one on the PATH that does."""
    for name in [sys.executable, "python3.13", "python3.12", "python3.11"]:
        found = shutil.which(name)
        if found and OLDEST <= version_of(found) < TOO_NEW:
            return found
    raise NotReady(
        "Python 3.11, 3.12 or 3.13 is needed, and this machine has {}.{}. Install one of them "
        "(on Debian and Ubuntu: apt install python3 python3-venv) and run the command again.".format(
            *sys.version_info[:2]
        )
    )


def version_of(python):
    answer = subprocess.run(
        [python, "-c", "import sys; print(*sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=False,
    )
    return tuple(int(part) for part in answer.stdout.split()) if answer.returncode == 0 else (0, 0)


def check_room(needed):
    free = shutil.disk_usage(ROOT).free // 1024 // 1024
    if free < needed:
        raise NotReady(
            f"the disk has {free} MB left in {ROOT}, and {needed} MB are needed. "
            "Free some room and run the command again."
        )


def make_environment(python):
    if PYTHON.exists() and OLDEST <= version_of(str(PYTHON)) < TOO_NEW:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    print("Runde: making the environment in .venv")
    run(
        [python, "-m", "venv", str(VENV)],
        "the environment could not be made. On Debian: apt install python3-venv",
    )


def install(lock, locks):
    print("Runde: installing the locked packages")
    installer = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    network = (
        "packages could not be fetched. Check the network and the package index, and run the command again"
    )
    run([*installer, "--require-hashes", "-r", requirements("installer")], network)
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON)]
    for name in locks:
        run([*uv, "--require-hashes", "-r", requirements(name)], network)
    run(
        [*uv, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
        "Runde's own package would not install",
    )
    stamp(lock).write_text(fingerprint(locks), encoding="utf-8")


def is_installed(lock, locks):
    """What the tests need includes what the site needs."""
    if not (VENV / "bin" / "runde").exists():
        return False
    if lock == "base" and is_installed("dev", ["dev", *locks[1:]]):
        return True
    kept = stamp(lock)
    return kept.exists() and kept.read_text(encoding="utf-8") == fingerprint(locks)


def stamp(lock):
    return VENV / f".installed-{lock}"


def fingerprint(locks):
    sources = [Path(requirements(name)) for name in locks] + [ROOT / "pyproject.toml"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def requirements(name):
    return str(ROOT / "requirements" / f"{name}.txt")


def node_on_path():
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    try:
        return int(answer.stdout.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE
    except ValueError:
        return False


def build_assets():
    run([str(PYTHON), str(ROOT / "frontend" / "build.py")], "the style sheets and scripts were not built")


def compile_translations():
    run([str(PYTHON), str(ROOT / "tools" / "messages.py"), "compile"], "the translations were not compiled")


def run(command, failure):
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONWARNINGS": "ignore"}, check=False)
    if done.returncode != 0:
        raise NotReady(f"{failure}.")


if __name__ == "__main__":
    sys.exit(main())
