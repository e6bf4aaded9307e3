"""The rival as an application server takes it: our own settings, without a single middleware, and one address."""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

django.setup()  # first: allauth will not be set up without its middleware
settings.ROOT_URLCONF = "runde.cli.bench.applying.bare"
settings.MIDDLEWARE = []
application = get_wsgi_application()
