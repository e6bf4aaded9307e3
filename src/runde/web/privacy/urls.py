"""Addresses about privacy."""

from django.urls import path

from .views import drafts, general, of_call, own

urlpatterns = [
    path("personvern/", general.show, name="privacy"),
    path("min-side/personvern/", own.show, name="my_data"),
    path("min-side/personvern/last-ned/", own.download, name="my_data_file"),
    path("<slug:tenant>/utlysninger/<slug:call>/personvern/", of_call.show, name="call_privacy"),
    path("<slug:tenant>/soknader/<uuid:application>/last-ned/", drafts.download, name="application_copy"),
    path("<slug:tenant>/soknader/<uuid:application>/slett/", drafts.erase, name="erase_application"),
]
