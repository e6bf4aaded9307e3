"""The entrance to every page: who may come in, into which tenant, at what time.

A view without a declared entrance is never served. Inside a tenant's address the whole view runs in that
tenant's fence and in one transaction, so a refusal undoes everything the view had done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation

from runde.foundation.organisations.api import Organisation, get_tenant, inside_tenant
from runde.foundation.people.api import (
    Actor,
    Fault,
    Link,
    LinkRefused,
    Person,
    Role,
    actor_by_link,
    get_actor,
    get_applicant,
    read_link,
)
from runde.foundation.trust.api import NotAllowed, Refused

from .failures import refused, wrong_method
from .links.cookies import kept_token
from .links.posting import in_its_tenant
from .links.refusing import refuse_link

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Access:
    """What a page demands: nothing, an account, a signed link, or one of some roles in the address's tenant."""

    kind: str
    roles: frozenset[Role] = frozenset()

    def __str__(self) -> str:
        return self.kind if not self.roles else f"{self.kind}:{'|'.join(sorted(self.roles))}"


PUBLIC = Access("public")
SIGNED_IN = Access("signed_in")
LINKED = Access("linked")


def staff(*roles: Role) -> Access:
    return Access("staff", frozenset(roles))


# Pages of packages, which cannot carry our mark: the start of the view's module, and what it demands.
PACKAGES = {
    "allauth.account.views": PUBLIC,  # its own decorators demand sign-in where needed
    "allauth.mfa": PUBLIC,
    "django.views.i18n": PUBLIC,
    "django.views.static": PUBLIC,
    "django.contrib.staticfiles": PUBLIC,
}


def entrance(access: Access) -> Callable[[View], View]:
    """Declare what a view demands. An address with `tenant` in it opens that tenant's fence."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.at = timezone.now()
            if access == LINKED:
                return _by_link(request, view, *args, **kwargs)
            slug = kwargs.pop("tenant", None)
            if slug is None:
                return _admit(request, access, None) or view(request, *args, **kwargs)
            with inside_tenant(slug) as tenant:
                if tenant is None:
                    raise Http404
                return _admit(request, access, tenant) or view(request, *args, **kwargs)

        guarded.access = access  # type: ignore[attr-defined]
        return guarded

    return declare


def _admit(request: Any, access: Access, tenant: Organisation | None) -> HttpResponseBase | None:
    """Set the actor; give back a page to show instead, or None when the person may come in."""
    request.tenant = tenant
    person = request.user
    if not person.is_authenticated:
        return None if access.kind == "public" else redirect_to_login(request.get_full_path())
    today = timezone.localdate(request.at)
    request.actor = get_actor(person, on=today) if tenant else get_applicant(person, on=today)
    if access.kind != "staff":
        return None
    translation.activate(
        "nb"
    )  # the municipality's own rooms are written in bokmål, whatever the browser asks for
    if not request.actor.roles:
        raise Http404  # another tenant's rooms do not exist for you
    if not request.actor.holds(*access.roles):
        names = " eller ".join(sorted(role.label.lower() for role in access.roles))
        raise NotAllowed(f"Denne siden er for {names}. Be lederen din om tilgang hvis du trenger den.")
    return _second_factor(person)


def _by_link(request: Any, view: View, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Let in whoever holds the link of the address, into its tenant, able to do nothing until the task is known.

    One who only looks gets a transaction that cannot write, whatever the view does.
    """
    looks = request.method in ("GET", "HEAD")
    token = kept_token(request, kwargs["link"])
    with transaction.atomic():
        link = read_link(token, None, at=request.at, hold=not looks)
        if link.id != kwargs["link"]:
            raise LinkRefused(Fault.ALTERED)
        with in_its_tenant(link) as tenant_id:
            if looks:
                _forbid_writing()
            request.link, request.tenant = link, get_tenant(tenant_id) if link.tenant_id else None
            today = timezone.localdate(request.at)
            request.actor = actor_by_link(link, actions=(), things=(), companies=(), on=today)
            response = view(request, *args, **kwargs)
    response["Cache-Control"] = "no-store"
    return response


def _forbid_writing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")


def _second_factor(person: Person) -> HttpResponse | None:
    if not settings.STAFF_NEED_SECOND_FACTOR:
        return None
    from allauth.mfa.utils import is_mfa_enabled

    return None if is_mfa_enabled(person) else redirect("mfa_index")


class Request(HttpRequest):
    """A request that has come through the entrance."""

    actor: Actor
    tenant: Organisation
    user: Person
    at: Any
    htmx: Any


class LinkedRequest(Request):
    """A request that came in by a link. `link_step` is what stands after the task in the address."""

    link: Link
    link_step: str


class EntranceMiddleware:
    """Refuses views without a declared entrance, and turns refusals into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not getattr(response, "content", b""):
            return wrong_method(request, response)
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        if access_of(view) is None:
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, LinkRefused):
            return refuse_link(request, exception)
        return refused(request, exception) if isinstance(exception, Refused) else None


def access_of(view: Any) -> Access | None:
    """What a view demands; None when nobody has said."""
    declared = getattr(view, "access", None)
    if isinstance(declared, Access):
        return declared
    module = getattr(view, "view_class", view).__module__
    return next((access for start, access in PACKAGES.items() if module.startswith(start)), None)


__all__ = [
    "LINKED",
    "PUBLIC",
    "SIGNED_IN",
    "Access",
    "LinkedRequest",
    "Request",
    "access_of",
    "entrance",
    "staff",
]
