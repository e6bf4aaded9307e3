"""Bring the README's pictures up to date with those the browser journeys took: run `make test` first."""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TAKEN = ROOT / "test-results"
PICTURES = {
    "round_officer/case-1280.png": "case.png",
    "round_applicant/status-paid-360.png": "applicant.png",
}


def main():
    target = ROOT / "docs" / "pictures"
    target.mkdir(exist_ok=True)
    for source, name in PICTURES.items():
        if not (TAKEN / source).exists():
            print(f"Runde: {source} is not taken yet. Run «make test» first.", file=sys.stderr)
            return 1
        shutil.copyfile(TAKEN / source, target / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
