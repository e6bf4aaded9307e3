"""Make sure there is a Java that Spark runs on: say what to do, or with --install fetch Debian's package."""

import re
import shutil
import subprocess
import sys

OLDEST = 17
PACKAGE = "openjdk-17-jre-headless"


def main():
    if version() >= OLDEST:
        return 0
    if "--install" in sys.argv[1:] and shutil.which("apt-get"):
        print("Runde: installing Java for the proof on Spark")
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", PACKAGE]):
            subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        if version() >= OLDEST:
            return 0
    print(
        f"Runde: Spark needs Java {OLDEST} or newer, and this machine has {found()}. On Debian and Ubuntu: "
        f"apt-get install {PACKAGE}. Then run the command again.",
        file=sys.stderr,
    )
    return 1


def version():
    """The major version of the `java` on the PATH; 0 when there is none."""
    java = shutil.which("java")
    if not java:
        return 0
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    said = re.search(r'version "(\d+)', answer.stderr + answer.stdout)
    return int(said.group(1)) if said and answer.returncode == 0 else 0


def found():
    return f"Java {version()}" if version() else "none"


if __name__ == "__main__":
    sys.exit(main())
