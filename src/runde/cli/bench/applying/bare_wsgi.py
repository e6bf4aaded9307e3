"""The rival as an application server takes it: our own settings, without a single middleware, and one address."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "runde.cli.bench.applying.bare"
settings.MIDDLEWARE = []
application = get_wsgi_application()
