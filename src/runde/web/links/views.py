"""From the mail to the task: the token is taken out of the address, and the task's own view answers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from runde.foundation.people.api import (
    Fault,
    Link,
    LinkRefused,
    actor_by_link,
    read_link,
    renew_link,
    use_link,
)
from runde.foundation.trust.api import take
from runde.web.entrance import LINKED, PUBLIC, LinkedRequest, Request, entrance
from runde.web.visitors import address_of

from .cookies import keep_token, kept_token
from .posting import in_its_tenant, send_again
from .purposes import Purpose, find_purpose
from .refusing import hidden_address, speak

FIRST_ERROR = 400


@entrance(PUBLIC)
def arrive(request: Request, token: str) -> HttpResponse:
    """A link from a mail. Shows nothing and changes nothing: it only moves the token out of the address."""
    link_id = _link_in(token, request)
    response = redirect("linked_task", link_id) if link_id else redirect("link_not_whole")
    if link_id:
        keep_token(response, link_id, token)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@entrance(PUBLIC)
def not_whole(request: Request) -> HttpResponse:
    """For a token that is not ours; at an address of its own, so that no page is ever shown beside a token."""
    raise LinkRefused(Fault.ALTERED)


@entrance(LINKED)
def task(request: LinkedRequest, link: UUID, step: str = "") -> HttpResponse:
    """The task itself, in the language of the mail, as somebody who may do just that."""
    found = request.link
    speak(request, found)
    purpose = find_purpose(found.purpose)
    if purpose is None:
        return render(request, "links/not_here.html", {"h1": _("Logg inn for å gjøre dette")})
    _limit_to_task(request, purpose)
    request.link_step = step
    response = purpose.view(request, found)
    if request.method == "POST" and response.status_code < FIRST_ERROR and purpose.once:
        use_link(link=found, at=request.at)
    return response


@require_POST
@entrance(PUBLIC)
def again(request: Request, link: UUID) -> HttpResponse:
    """A new link to the same address, for one that has grown too old."""
    take("link_again_address", address_of(request))
    old, is_expired = _old_link(request, link)
    with in_its_tenant(old):
        purpose = find_purpose(old.purpose)
        version = purpose.version(old) if purpose else old.version
        if version is None:
            raise LinkRefused(Fault.WITHDRAWN, old)
        if not is_expired and version == old.version:
            return redirect("linked_task", old.id)
        take("link_again", old.email)
        new, token = renew_link(link=old, version=version, at=request.at)
        send_again(new, token, at=request.at)
    speak(request, old)
    heading = _("Vi har sendt en ny lenke til %(address)s") % {"address": hidden_address(old.email)}
    return render(request, "links/sent_again.html", {"h1": heading})


def _link_in(token: str, request: Request) -> UUID | None:
    try:
        return read_link(token, None, at=request.at).id
    except LinkRefused as refusal:
        return refusal.link.id if refusal.link else None


def _limit_to_task(request: LinkedRequest, purpose: Purpose) -> None:
    """Refuses a link to what the task was before it changed; else lets the holder do the task, and nothing else."""
    link = request.link
    now = purpose.version(link)
    if now is None:
        raise LinkRefused(Fault.WITHDRAWN, link)
    if now != link.version:
        raise LinkRefused(Fault.OLDER_VERSION, link)
    reach = purpose.reach(link)
    request.actor = actor_by_link(
        link,
        actions=purpose.actions,
        things=reach.things,
        companies=reach.companies,
        on=timezone.localdate(request.at),
    )


def _old_link(request: Request, link_id: UUID) -> tuple[Link, bool]:
    """The link this browser came with, and whether it has expired. Raises LinkRefused for all other faults."""
    try:
        link, is_expired = read_link(kept_token(request, link_id), None, at=request.at), False
    except LinkRefused as refusal:
        if refusal.link is None or refusal.fault != Fault.EXPIRED:
            raise
        link, is_expired = refusal.link, True
    if link.id != link_id:
        raise LinkRefused(Fault.ALTERED)
    return link, is_expired
