"""Write the lock files: every package with its hash, and no address of where it was fetched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {
    "base": ["build"],
    "node": ["node"],
    "dev": ["build", "dev", "node"],
    "bench": ["build", "dev", "node", "bench"],
    "spark": ["build", "dev", "node"],
}
EXTRAS = {"spark": ["spark"]}


def main() -> None:
    for name, groups in LOCKS.items():
        only_group = name == "node"
        command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-header", "--no-annotate"]
        command += ["--no-emit-index-url", "--no-emit-find-links"]
        command += [] if only_group else ["pyproject.toml"]
        command += [f"--group={group}" for group in groups]
        command += [f"--extra={extra}" for extra in EXTRAS.get(name, [])]
        subprocess.run([*command, "-o", f"requirements/{name}.txt"], cwd=ROOT, check=True)  # noqa: S603
    print("Locked:", ", ".join(LOCKS), file=sys.stderr)


if __name__ == "__main__":
    main()
