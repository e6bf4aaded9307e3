"""The site's entrance for application servers. Refuses to start with more power than it needs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runde.config.settings")
django.setup(set_prefix=False)

from runde.foundation.jobs.api import settle  # noqa: E402 - needs Django first
from runde.foundation.trust.api import refuse_powerful_role  # noqa: E402
from runde.web.legible import LegibleHandler  # noqa: E402

application = LegibleHandler()
refuse_powerful_role()
settle()
