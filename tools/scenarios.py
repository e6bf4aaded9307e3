"""Write docs/scenarios: the advisers' cases as pages to read. Run it when a file in tests/scenarios has changed."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main():
    from tests.scenarios.test_scenarios import documented_pages

    folder = ROOT / "docs" / "scenarios"
    folder.mkdir(exist_ok=True)
    for name, text in documented_pages().items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
