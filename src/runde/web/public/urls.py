"""Addresses everybody may visit. The first part of an address is never a tenant when it is reserved here."""

from django.urls import path
from django.views.i18n import set_language

from .views import awards, call, calls, feeds, finding, front, standing, subscribing

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
        "utlysninger",
    }
)

urlpatterns = [
    path("", front.front, name="front"),
    path("hjem/", front.home, name="home"),
    path("finn/", finding.find, name="find"),
    path("tilgjengelighet/", standing.accessibility, name="accessibility"),
    path("sprak/", set_language, name="set_language"),
    path("utlysninger/", calls.show, name="calls"),
    path("utlysninger/feed.atom", feeds.atom, name="calls_feed"),
    path("utlysninger/frister.ics", feeds.calendar, name="calls_calendar"),
    path("utlysninger/varsel/", subscribing.ask, name="subscribe"),
    path("utlysninger/varsel/sendt/", subscribing.asked, name="subscription_asked"),
    path("utlysninger/varsel/klart/", subscribing.confirmed, name="subscription_confirmed"),
    path("utlysninger/varsel/ja/<str:secret>/", subscribing.confirm, name="confirm_subscription"),
    path("utlysninger/varsel/slutt/<str:secret>/", subscribing.end, name="end_subscription"),
    path("<slug:tenant>/utlysninger/<slug:call>/", call.show, name="call"),
    path("<slug:tenant>/utlysninger/<slug:call>/tildelt/", awards.show, name="public_awards"),
    path("<slug:tenant>/utlysninger/<slug:call>/tildelt.csv", awards.as_csv, name="public_awards_csv"),
    path("<slug:tenant>/utlysninger/<slug:call>/frist.ics", feeds.call_calendar, name="call_calendar"),
    path("<slug:tenant>/utlysninger/<slug:call>/filer/<uuid:document>/", call.download, name="call_file"),
]
