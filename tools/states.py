"""Write docs/states.md: every state of a case and what belongs to it, and what leads from one to another."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))


def main():
    from runde.grants.casework.domain.state_page import printed
    from runde.grants.casework.domain.state_table import TABLE

    (ROOT / "docs" / "states.md").write_text(printed(TABLE), encoding="utf-8")


if __name__ == "__main__":
    main()
