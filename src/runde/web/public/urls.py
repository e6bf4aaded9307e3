"""Addresses everybody may visit. The first part of an address is never a tenant when it is reserved here."""

from django.urls import path
from django.views.i18n import set_language

from .views import call, finding, front, standing

RESERVED = frozenset(
    {
        "api",
        "finn",
        "hjem",
        "komponenter",
        "konto",
        "min-side",
        "personvern",
        "sprak",
        "static",
        "tilgjengelighet",
    }
)

urlpatterns = [
    path("", front.front, name="front"),
    path("hjem/", front.home, name="home"),
    path("finn/", finding.find, name="find"),
    path("personvern/", standing.privacy, name="privacy"),
    path("tilgjengelighet/", standing.accessibility, name="accessibility"),
    path("sprak/", set_language, name="set_language"),
    path("<slug:tenant>/utlysninger/<slug:call>/", call.show, name="call"),
]
