"""The site's entrance for application servers. Refuses to start with more power than it needs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runde.config.settings")
application = get_wsgi_application()

from runde.foundation.trust.api import refuse_powerful_role  # noqa: E402 - needs the application first

refuse_powerful_role()
