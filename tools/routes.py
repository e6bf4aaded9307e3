"""Write tests/house/routes.csv: every address of the site with what it demands. Run it when an address is new, and
think about who may come in before you commit the result."""

import csv
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runde.config.settings")
    import django

    django.setup()
    from django.urls import get_resolver
    from tests.house.test_routes import LIST, routes

    with LIST.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("address", "access"))
        rows.writerows(sorted(set(routes(get_resolver().url_patterns))))


if __name__ == "__main__":
    main()
