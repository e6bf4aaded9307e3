"""Addresses for panels: those who lead one, and those who score in it."""

from django.urls import path

from .views import cases, index, leading, lining, people, proposing, ranking, scoring, setting_up

urlpatterns = [
    path("<slug:tenant>/paneler/", index.index, name="panels"),
    path("<slug:tenant>/paneler/ny/", setting_up.make, name="make_panel"),
    path("<slug:tenant>/paneler/vurdering/<uuid:assignment>/", scoring.sheet, name="panel_sheet"),
    path(
        "<slug:tenant>/paneler/vurdering/<uuid:assignment>/habilitet/",
        scoring.declare_word,
        name="panel_word",
    ),
    path(
        "<slug:tenant>/paneler/vurdering/<uuid:assignment>/dokument/<uuid:version>/",
        scoring.document,
        name="panel_document",
    ),
    path("<slug:tenant>/paneler/<uuid:panel>/", index.show, name="panel"),
    path("<slug:tenant>/paneler/<uuid:panel>/mine/", scoring.mine, name="my_panel"),
    path("<slug:tenant>/paneler/<uuid:panel>/oppsett/", setting_up.change, name="change_panel"),
    path("<slug:tenant>/paneler/<uuid:panel>/deltakere/", people.invite, name="invite_assessor"),
    path(
        "<slug:tenant>/paneler/<uuid:panel>/deltakere/<uuid:assessor>/",
        people.remove,
        name="remove_assessor",
    ),
    path("<slug:tenant>/paneler/<uuid:panel>/start/", leading.start, name="start_panel"),
    path("<slug:tenant>/paneler/<uuid:panel>/avslutt/", leading.close, name="close_panel"),
    path("<slug:tenant>/paneler/<uuid:panel>/rangering/", ranking.show, name="panel_ranking"),
    path("<slug:tenant>/paneler/<uuid:panel>/sak/<uuid:case>/", cases.show, name="panel_case"),
    path("<slug:tenant>/paneler/<uuid:panel>/sak/<uuid:case>/drofting/", cases.discuss, name="panel_discuss"),
    path("<slug:tenant>/paneler/<uuid:panel>/sak/<uuid:case>/belop/", cases.amount, name="panel_amount"),
    path("<slug:tenant>/paneler/<uuid:panel>/linje/", lining.choose, name="panel_line"),
    path("<slug:tenant>/paneler/<uuid:panel>/forslag/", proposing.send, name="panel_propose"),
]
