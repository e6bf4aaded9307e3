"""Addresses for those who act for companies."""

from django.urls import path

from . import receivers  # noqa: F401 - connects what happens at sign-in
from .views import asking, company, invited, listing  # noqa: F401 - `invited` registers what its link opens

urlpatterns = [
    path("min-side/virksomheter/", listing.companies, name="companies"),
    path("min-side/virksomheter/bytt/", listing.switch, name="switch_company"),
    path("min-side/invitasjoner/<uuid:invitation>/svar/", listing.answer, name="answer_invitation"),
    path("min-side/foresporsler/<uuid:asked>/trekk/", listing.take_back, name="withdraw_request"),
    path("min-side/virksomheter/<slug:orgnr>/", company.company_people, name="company_people"),
    path("min-side/virksomheter/<slug:orgnr>/inviter/", company.invite_person, name="invite_person"),
    path("min-side/virksomheter/<slug:orgnr>/be-om/", asking.ask, name="ask_to_act"),
    path(
        "min-side/virksomheter/<slug:orgnr>/invitasjoner/<uuid:invitation>/trekk/",
        company.take_back_invitation,
        name="call_back_invitation",
    ),
    path(
        "min-side/virksomheter/<slug:orgnr>/roller/<uuid:mandate>/avslutt/", company.end_role, name="end_role"
    ),
    path(
        "min-side/virksomheter/<slug:orgnr>/foresporsler/<uuid:asked>/",
        asking.consider,
        name="consider_acting",
    ),
]
