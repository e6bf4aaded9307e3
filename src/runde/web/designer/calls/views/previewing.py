"""A call as the public will see it, before anybody else does."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import override

from runde.engine.reference.api import LANGUAGES
from runde.grants.schemes.api import Call, as_if_published, get_call_by_id
from runde.web.designer.calls.access import READERS
from runde.web.entrance import Request, entrance, staff
from runde.web.public.views.call import show as public_page


@entrance(staff(*READERS))
def show(request: Request, call: UUID) -> HttpResponseBase:
    """The public page itself, in the language of `sprak`."""
    found = get_call_by_id(call)
    if found.state != Call.State.DRAFT:
        return redirect("call", request.tenant.slug, found.slug)
    wanted = request.GET.get("sprak", "nb")
    messages.info(request, "Dette er en forhåndsvisning. Ingen utenfor kommunen ser siden ennå.")
    with override(wanted if wanted in LANGUAGES else "nb"), as_if_published(call=found, at=request.at):
        return public_page(request, tenant=request.tenant.slug, call=found.slug)
