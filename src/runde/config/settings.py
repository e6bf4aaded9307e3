"""Settings, read from the environment. Without any, the embedded database and safe defaults are used."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .database import databases, uses_embedded
from .numbers import port_number
from .secrets import secret_key

PROJECT = Path(os.environ.get("RUNDE_HOME", Path(__file__).resolve().parents[3]))
VAR = Path(os.environ.get("RUNDE_VAR", PROJECT / "var"))
PACKAGE = Path(__file__).resolve().parents[1]

# A demo marks every page, shows its sign-ins and asks staff for no second factor. Never for real cases.
DEMO = os.environ.get("RUNDE_DEMO", "") == "1"
DEBUG = False
SECRET_KEY = secret_key(VAR)
ALLOWED_HOSTS = os.environ.get("RUNDE_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
HTTPS = os.environ.get("RUNDE_HTTPS", "0" if DEMO or "RUNDE_HOSTS" not in os.environ else "1") == "1"
if HTTPS and DEMO:
    raise ImproperlyConfigured(
        "RUNDE_DEMO=1 kan ikke brukes sammen med RUNDE_HTTPS=1: demodata hører ikke hjemme i drift."
    )

# Where the site is met from outside: mails carry this address.
SITE = os.environ.get("RUNDE_SITE", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "runde.foundation.trust",
    "runde.foundation.journal",
    "runde.foundation.organisations",
    "runde.foundation.people",
    "runde.foundation.companies",
    "runde.foundation.forms",
    "runde.foundation.documents",
    "runde.foundation.notices",
    "runde.foundation.ledger",
    "runde.foundation.approvals",
    "runde.grants.schemes",
    "runde.grants.designs",
    "runde.grants.letters",
    "runde.grants.aid",
    "runde.grants.applications",
    "runde.grants.precedents",
    "runde.grants.casework",
    "runde.grants.panels",
    "runde.grants.payments",
    "runde.grants.budget",
    "runde.web.components",
    "runde.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "runde.web.legible.LegibleMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "runde.web.entrance.EntranceMiddleware",
]

ROOT_URLCONF = "runde.config.urls"
WSGI_APPLICATION = "runde.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((PACKAGE / "web").glob("*/templates")),  # before allauth's own pages
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "runde.web.context.frame",
            ],
        },
    }
]

DATABASES = databases(PROJECT)
EMBEDDED_DATABASE = uses_embedded()

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none" if DEMO else "mandatory"
ACCOUNT_ADAPTER = "runde.web.accounts.Adapter"
ACCOUNT_SIGNUP_FORM_CLASS = "runde.web.account.forms.SignupName"
ACCOUNT_FORMS = {
    "login": "runde.web.account.sign_in_forms.Login",
    "signup": "runde.web.account.sign_in_forms.Signup",
    "reset_password": "runde.web.account.sign_in_forms.ResetPassword",
    "change_password": "runde.web.account.sign_in_forms.ChangePassword",
}
ACCOUNT_RATE_LIMITS = False  # our own limits in the database hold across processes; see the adapter
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "runde.web.account.passkey_forms.AddPasskey",
    "authenticate_webauthn": "runde.web.account.passkey_forms.UsePasskey",
    "login_webauthn": "runde.web.account.passkey_forms.SignInWithPasskey",
    "reauthenticate_webauthn": "runde.web.account.passkey_forms.ConfirmWithPasskey",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "runde.web.failures.csrf"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_SSL_REDIRECT = HTTPS
BEHIND_PROXY = os.environ.get("RUNDE_BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "sprak"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("RUNDE_STATIC_ROOT")  # only for a proxy that serves the files itself
STATICFILES_DIRS = [PACKAGE / "web" / "assets" / "built"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FONT_DIRECTORY = PACKAGE / "web" / "assets" / "built" / "fonts"
FILES = VAR / "files"  # sealed documents and uploads, named by their content
MANIFESTS = VAR / "manifests"  # what was sealed, kept outside the database

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "runde.web.uploads.bounds.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_LIMIT_BYTES = 20_000_000
UPLOAD_PART_BYTES = 1_000_000  # a file over a poor line comes in parts of this size
UPLOADS_UNFINISHED = 10  # for each person
UPLOADS_FOR_EACH_SUBJECT = 40
UPLOAD_KEPT_HOURS = 24  # a file that did not come all the way
PARSING = {  # what reading one file may use, in a process of its own
    "memory_bytes": 512_000_000,
    "seconds": 5,
    "pages": 500,
    "pixels": 60_000_000,
    "unpacked_bytes": 100_000_000,
}
SCANNER = "runde.adapters.scanner.api.connect"
SCANNER_ADDRESS = os.environ.get(
    "RUNDE_SCANNER", ""
)  # unix:/run/clamav/clamd.ctl or tcp:host:3310; none = no scan

# The business register: files that are read in, and a look-up of single units when an address is given.
REGISTER_LOOK_UP = "runde.adapters.brreg.api.connect"
REGISTER_URL = os.environ.get(
    "RUNDE_REGISTER_URL", ""
)  # https://data.brreg.no/enhetsregisteret/api; none = files only
REGISTER_QUIET_SECONDS = 60  # after a question without an answer nobody asks again for so long
REGISTER_STALE_DAYS = 7  # facts older than this are told to be old; the register makes a new file every night

# Who may act for a company, from Altinn: off until an address is given (see adapters/altinn).
RIGHTS_SOURCE = "runde.adapters.altinn.api.connect"
RIGHTS_ADDRESS = os.environ.get(
    "RUNDE_ALTINN", ""
)  # https://platform.altinn.no; none = only what Runde itself knows
ALTINN_RESOURCE = os.environ.get("RUNDE_ALTINN_RESOURCE", "runde-tilskudd")
ALTINN_PACKAGE = "urn:altinn:accesspackage:tilskudd-stotte-erstatning"
ALTINN_TOKEN_FILE = os.environ.get("RUNDE_ALTINN_TOKEN_FILE", "")
ALTINN_KEY_FILE = os.environ.get("RUNDE_ALTINN_KEY_FILE", "")
ALTINN_IDENTIFY = "runde.adapters.altinn.api.nobody_is_known"

EMAIL_BACKEND = os.environ.get("RUNDE_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("RUNDE_SMTP_HOST", "localhost")
EMAIL_PORT = port_number("RUNDE_SMTP_PORT", 25)
DEFAULT_FROM_EMAIL = os.environ.get("RUNDE_MAIL_FROM", "Runde <ikke-svar@runde.example>")

STAFF_NEED_SECOND_FACTOR = not DEMO
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"tokens": {"()": "runde.web.links.masking.MaskTokens"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["tokens"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
