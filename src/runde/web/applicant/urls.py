"""Addresses for those who apply."""

from django.urls import path

from .views import filling, mandates, my_page, receipt, review, start, status

urlpatterns = [
    path("min-side/", my_page.show, name="my_page"),
    path("min-side/virksomheter/ny/", mandates.declare, name="declare_mandate"),
    path("<slug:tenant>/utlysninger/<slug:call>/sok/", start.start, name="apply"),
    path("<slug:tenant>/soknader/<uuid:application>/", status.show, name="application"),
    path("<slug:tenant>/soknader/<uuid:application>/del/<slug:section>/", filling.fill, name="fill"),
    path(
        "<slug:tenant>/soknader/<uuid:application>/del/<slug:section>/lagre/",
        filling.autosave,
        name="autosave",
    ),
    path("<slug:tenant>/soknader/<uuid:application>/se-over/", review.review, name="review"),
    path("<slug:tenant>/soknader/<uuid:application>/kvittering/", receipt.show, name="receipt"),
    path("<slug:tenant>/soknader/<uuid:application>/kvittering/pdf/", receipt.download, name="receipt_file"),
    path("<slug:tenant>/soknader/<uuid:application>/trekk/", status.take_back, name="take_back"),
    path(
        "<slug:tenant>/soknader/<uuid:application>/dokument/<uuid:document>/",
        status.document,
        name="application_document",
    ),
]
