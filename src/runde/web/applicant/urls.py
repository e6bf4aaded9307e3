"""Addresses for those who apply."""

from django.urls import include, path

from .views import (
    begin,
    filling,
    joining,  # noqa: F401 - registers what the invitation opens
    mandates,
    my_page,
    participants,
    receipt,
    register_facts,
    review,
    start,
    status,
    tasks,
)

urlpatterns = [
    path("", include("runde.web.applicant.after.urls")),
    path("min-side/", my_page.show, name="my_page"),
    path("min-side/virksomheter/ny/", mandates.declare, name="declare_mandate"),
    path("<slug:tenant>/utlysninger/<slug:call>/sok/", start.start, name="apply"),
    path("<slug:tenant>/utlysninger/<slug:call>/begynn/", begin.begin, name="begin"),
    path("<slug:tenant>/utlysninger/<slug:call>/begynn/<slug:section>/", begin.part, name="begin_part"),
    path("<slug:tenant>/soknader/<uuid:application>/deler/", tasks.show, name="tasks"),
    path("<slug:tenant>/soknader/<uuid:application>/deltakere/", participants.show, name="participants"),
    path(
        "<slug:tenant>/soknader/<uuid:application>/opplysninger/",
        register_facts.show,
        name="register_facts",
    ),
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
