"""Routes with a planted fault each, beside the true ones. Used by the proof alone; never part of the site."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from runde.foundation.notices.api import queue_notice
from runde.foundation.organisations.api import list_tenants
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed, fence, new_id
from runde.grants.casework.api import Case
from runde.web.entrance import PUBLIC, SIGNED_IN, Request, entrance, staff

handler404 = "runde.web.failures.not_found"
handler403 = "runde.web.failures.forbidden"
handler500 = "runde.web.failures.broken"


def no_entrance(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hei")


@entrance(SIGNED_IN)
def of_all_tenants(request: Request) -> HttpResponse:
    """Shows every tenant's cases to whoever is signed in."""
    names = []
    for tenant in list_tenants():
        with fence(tenant.id):
            names += [case.application.company_name for case in Case.objects.select_related("application")]
    return HttpResponse(" ".join(names))


@entrance(PUBLIC)
def ignores_the_tenant(request: Request, case: UUID) -> HttpResponse:
    """Sets the tenant of the case instead of the address's."""
    for tenant in list_tenants():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('runde.tenant', %s, true)", [str(tenant.id)])
            cursor.execute(
                "SELECT applications_application.company_name FROM applications_application JOIN casework_case "
                "ON application_id = applications_application.id WHERE casework_case.id = %s",
                [case],
            )
            row = cursor.fetchone()
        if row:
            return HttpResponse(row[0])
    return HttpResponse("")


@entrance(staff(Role.OFFICER))
def tells_that_it_is_there(request: Request, case: UUID) -> HttpResponse:
    """Answers that a foreign case may not be seen, instead of that there is none."""
    if not Case.objects.filter(id=case).exists():
        raise NotAllowed("Saken tilhører en annen kommune.")
    return HttpResponse("Sak")


@entrance(PUBLIC)
def writes_when_looked_at(request: Request) -> HttpResponse:
    queue_notice(
        key=str(new_id()),
        language="nb",
        subject="Hei",
        body="Hei",
        subject_kind="case",
        subject_id=new_id(),
        email="kari@example.no",
        at=request.at,
    )
    return HttpResponse("Hei")


@entrance(SIGNED_IN)
def should_be_for_staff(request: Request, case: UUID) -> HttpResponse:
    return HttpResponse(Case.objects.get(id=case).number)


@entrance(PUBLIC)
def unknown_argument(request: Request, riddle: str) -> HttpResponse:
    return HttpResponse("Hei")


@entrance(PUBLIC)
def breaks(request: Request) -> HttpResponse:
    raise ValueError("planted")


urlpatterns = [
    path("plantet/uten-inngang/", no_entrance, name="planted_no_entrance"),
    path("plantet/alle/", of_all_tenants, name="planted_of_all"),
    path("<slug:tenant>/plantet/<uuid:case>/", ignores_the_tenant, name="planted_ignores"),
    path("<slug:tenant>/plantet/<uuid:case>/finnes/", tells_that_it_is_there, name="planted_tells"),
    path("<slug:tenant>/plantet/skriver/", writes_when_looked_at, name="planted_writes"),
    path("<slug:tenant>/plantet/<uuid:case>/sak/", should_be_for_staff, name="planted_for_all"),
    path("<slug:tenant>/plantet/<str:riddle>/", unknown_argument, name="planted_riddle"),
    path("plantet/brister/", breaks, name="planted_breaks"),
    path("", include("runde.config.urls")),
]
