"""Make sure there is a Chromium for the browser journeys: Debian's package where apt is, else say what to do."""

import shutil
import subprocess
import sys
from pathlib import Path

PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser"]


def main():
    if any(Path(place).exists() for place in PLACES):
        return 0
    if not shutil.which("apt-get"):
        return refuse("install Chromium so that it lies in /usr/bin/chromium")
    print("Runde: installing Chromium for the browser journeys")
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            return refuse("run «apt-get install chromium» as an administrator")
    return 0


def refuse(cure):
    print(
        f"Runde: the browser journeys need Chromium. Please {cure}, and run the command again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
