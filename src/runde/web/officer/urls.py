"""Addresses for officers, approvers, scheme managers and auditors."""

from django.urls import path

from .views import (
    appeals,
    batches,
    cases,
    deciding,
    following,
    impartiality,
    letters,
    money,
    proposals,
    proposing,
    similar,
    worklist,
)

urlpatterns = [
    path("<slug:tenant>/saker/", worklist.show, name="worklist"),
    path("<slug:tenant>/saker/<uuid:case>/", cases.show, name="case"),
    path("<slug:tenant>/saker/<uuid:case>/habilitet/", impartiality.declare, name="declare_impartiality"),
    path("<slug:tenant>/saker/<uuid:case>/forslag/", proposing.propose_one, name="propose_case"),
    path("<slug:tenant>/saker/<uuid:case>/tildel/", proposing.assign, name="assign_case"),
    path("<slug:tenant>/saker/<uuid:case>/lignende/", similar.show, name="similar_cases"),
    path("<slug:tenant>/saker/<uuid:case>/lignende/panel/", similar.panel, name="similar_cases_panel"),
    path("<slug:tenant>/saker/<uuid:case>/brev/", letters.preview, name="letter_preview"),
    path("<slug:tenant>/saker/<uuid:case>/dokument/<uuid:version>/", letters.document, name="case_document"),
    path("<slug:tenant>/saker/<uuid:case>/melding/", following.write, name="case_message"),
    path("<slug:tenant>/saker/<uuid:case>/sporsmal/", following.ask, name="case_ask"),
    path(
        "<slug:tenant>/saker/<uuid:case>/sporsmal/<uuid:asked>/avslutt/",
        following.close,
        name="case_close_request",
    ),
    path("<slug:tenant>/saker/<uuid:case>/bortfall/", following.lapse, name="case_lapse"),
    path("<slug:tenant>/klager/", appeals.index, name="appeals"),
    path("<slug:tenant>/klager/<uuid:appeal>/", appeals.show, name="appeal_case"),
    path("<slug:tenant>/forslag/", proposals.index, name="proposals"),
    path("<slug:tenant>/forslag/ny/", batches.prepare, name="prepare_proposal"),
    path("<slug:tenant>/forslag/<uuid:proposal>/", proposals.show, name="proposal"),
    path("<slug:tenant>/forslag/<uuid:proposal>/godkjenn/", deciding.approve, name="approve_proposal"),
    path("<slug:tenant>/forslag/<uuid:proposal>/send-tilbake/", deciding.send_back, name="return_proposal"),
    path("<slug:tenant>/oversikt/", money.overview, name="overview"),
    path("<slug:tenant>/oversikt/penger.csv", money.as_csv, name="overview_csv"),
    path("<slug:tenant>/oversikt/<uuid:source>/vedtak/", money.decide_budget, name="decide_budget"),
]
