"""Work the background jobs until told to stop. Started by `runde serve`; may also run alone."""

from __future__ import annotations

import os


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runde.config.settings")
    import django

    django.setup()
    from runde.foundation.jobs.api import run_worker, settle
    from runde.foundation.trust.api import refuse_powerful_role

    refuse_powerful_role()
    settle()
    run_worker(concurrency=2)


if __name__ == "__main__":
    main()
