"""Publishing a draft: a legal act on a page of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.foundation.people.api import authorise
from runde.foundation.trust.api import Conflict, Refused
from runde.grants.designs.api import (
    ChangedMeanwhile,
    Draft,
    NotReady,
    compare_contents,
    get_draft,
    list_versions,
    problems_of,
    publish_draft,
    share_version,
)
from runde.grants.schemes.api import SchemeVersion
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine
from runde.web.designer.access import WRITERS
from runde.web.designer.documented import shown_texts
from runde.web.designer.framing import draft_frame
from runde.web.designer.sentences import Sentences
from runde.web.designer.versions_shown import published_content
from runde.web.designer.views.changing import read_number
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, count_text, key_of, new_key, work_page


@entrance(staff(*WRITERS))
def publish(request: Request, draft: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.manage")
    found = get_draft(draft, request.actor)
    if request.method != "POST":
        if found.state != Draft.State.DRAFT:
            return redirect("draft", request.tenant.slug, draft)
        return _page(request, found, key=new_key())
    done: list[SchemeVersion] = []
    refusal = attempt(lambda: done.append(_published(request, draft)))
    if isinstance(refusal, NotReady | ChangedMeanwhile):
        return _page(request, get_draft(draft, request.actor), key=key_of(request), refusal=refusal)
    if isinstance(refusal, Conflict):
        messages.warning(request, refusal.sentence)
        return redirect("draft", request.tenant.slug, draft)
    if refusal is not None:
        raise refusal
    version = done[0]
    messages.success(request, f"Versjon {version.number} er publisert.")
    return redirect("scheme_version", request.tenant.slug, version.id)


def _published(request: Request, draft_id: UUID) -> SchemeVersion:
    version = publish_draft(
        draft_id=draft_id,
        revision=read_number(request.POST, "revision"),
        key=key_of(request),
        by=request.actor,
        at=request.at,
    )
    if request.POST.get("share") == "on":
        share_version(version=version, by=request.actor, at=request.at)
    return version


def _page(request: Request, draft: Draft, *, key: str, refusal: Refused | None = None) -> HttpResponse:
    on = timezone.localdate(request.at)
    problems = problems_of(draft, on)
    earlier = list_versions(draft.scheme) if draft.scheme else []
    number = earlier[0].number + 1 if earlier else 1
    changed = [refusal.sentence] if isinstance(refusal, ChangedMeanwhile) else []
    facts: dict[str, Any] = {
        "h1": f"Publiser versjon {number} av «{draft.title}»",
        "back_url": reverse("draft", args=[request.tenant.slug, draft.id]),
        "back_text": "Kladden",
        "facts": _summary(draft, number, earlier),
        "requirements": [one.words for one in Sentences(draft.content["rules"], on).criteria()],
        "changes": _changes(draft, earlier[0]) if earlier else [],
        "earlier": earlier[0] if earlier else None,
        "problems": [(line, _where(line, request, draft)) for line in problems],
        "act": "" if problems else f"Publiser versjon {number}",
        "revision": draft.revision,
        "share": request.POST.get("share", "") == "on",
        "key": key,
        "errors": [ErrorLine(line) for line in changed],
        "has_errors": bool(changed or refusal),
    }
    return work_page(request, "designer/publish.html", facts, room="schemes", status=422 if refusal else 200)


def _changes(draft: Draft, earlier: SchemeVersion) -> list[str]:
    """Since the version before, in words. Money belongs to calls and is not published with a version."""
    content = {**draft.content, "sources": []}
    return [change.sentence for change in compare_contents(published_content(earlier), content)]


def _summary(draft: Draft, number: int, earlier: list[SchemeVersion]) -> list[Fact]:
    texts = [one for one in shown_texts(draft.content["texts"]) if one.name != "Formål"]
    criteria = len(draft.content["rules"].get("criteria", ()))
    return [
        Fact("Versjon", f"{number} (forrige er {earlier[0].number})" if earlier else f"{number}, den første"),
        *texts,
        Fact("Krav", count_text(criteria, "krav", "krav")),
    ]


def _where(problem: str, request: Request, draft: Draft) -> tuple[str, str]:
    """The page of the draft where it is mended, and what it is called."""
    frame = {lane.name: lane.url for lane in draft_frame(request, draft, "draft")["pages"]}
    lowered = problem.lower()
    if (
        lowered.startswith(("teksten", "«"))
        or "nynorsk" in lowered
        or "engelsk" in lowered
        or "adresse" in lowered
    ):
        return frame["Tekster"], "Tekster"
    if "skjema" in lowered or "spørsmål" in lowered:
        return frame["Skjema"], "Skjema"
    if "antakelse" in lowered or "kilde" in lowered or "anslag" in lowered:
        return frame["Penger og anslag"], "Penger og anslag"
    return frame["Krav og beløp"], "Krav og beløp"
