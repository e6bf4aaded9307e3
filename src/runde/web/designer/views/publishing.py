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
    Lack,
    NotReady,
    compare_contents,
    content_of,
    get_draft,
    lacks_of,
    list_versions,
    publish_draft,
    share_version,
)
from runde.grants.schemes.api import SchemeVersion
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine
from runde.web.designer.access import WRITERS
from runde.web.designer.documented import shown_texts
from runde.web.designer.framing import PARTS
from runde.web.designer.sentences import Sentences
from runde.web.designer.views.changing import read_number
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, count_text, key_of, new_key, work_page

MENDED = {
    "slug": ("draft_texts", "id_slug"),
    "texts": ("draft_texts", ""),
    "legal_basis": ("draft_texts", "lov"),
    "form": ("draft_form", ""),
    "assumptions": ("draft_money", "antakelser"),
    "take_up": ("draft_money", "sokere"),
    "sources": ("draft_money", "penger"),
}
"""Where each part of the content is mended: the page, and the part of it."""


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
    lacks = lacks_of(draft, on)
    earlier = list_versions(draft.scheme) if draft.scheme else []
    number = earlier[0].number + 1 if earlier else 1
    changed = [refusal.sentence] if isinstance(refusal, ChangedMeanwhile) else []
    facts: dict[str, Any] = {
        "h1": f"Publiser versjon {number} av «{draft.title}»",
        "back_url": reverse("draft", args=[request.tenant.slug, draft.id]),
        "back_text": "Kladden",
        "facts": _summary(draft, number, earlier),
        "requirements": [one.words for one in Sentences(draft.content, on).criteria()],
        "changes": _changes(draft, earlier[0]) if earlier else [],
        "earlier": earlier[0] if earlier else None,
        "problems": [(lack.sentence, _where(lack, request, draft)) for lack in lacks],
        "act": "" if lacks else f"Publiser versjon {number}",
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
    return [change.sentence for change in compare_contents(content_of(earlier), content)]


def _summary(draft: Draft, number: int, earlier: list[SchemeVersion]) -> list[Fact]:
    texts = [one for one in shown_texts(draft.content["texts"]) if one.name != "Formål"]
    criteria = len(draft.content["rules"].get("criteria", ()))
    return [
        Fact("Versjon", f"{number} (forrige er {earlier[0].number})" if earlier else f"{number}, den første"),
        *texts,
        Fact("Krav", count_text(criteria, "krav", "krav")),
    ]


def _where(lack: Lack, request: Request, draft: Draft) -> tuple[str, str]:
    """The page and part of the draft where it is mended, and what the page is called."""
    if mended := _in_question(lack, request, draft):
        return mended
    name, part = _mended_at(lack)
    address = reverse(name, args=[request.tenant.slug, draft.id])
    return (f"{address}#{part}" if part else address), dict(PARTS)[name]


def _in_question(lack: Lack, request: Request, draft: Draft) -> tuple[str, str] | None:
    """What a question or part of the form lacks beside its label is mended on its own page."""
    home, kind, slug, *_rest = (*lack.place.split("."), "", "", "")
    names = {"questions": "form_question", "sections": "form_section"}
    if lack.language or home != "form" or kind not in names or not slug:
        return None
    what = "spørsmålet" if kind == "questions" else "delen"
    return reverse(names[kind], args=[request.tenant.slug, draft.id, slug]), what


def _mended_at(lack: Lack) -> tuple[str, str]:
    if lack.language:
        return "draft_texts", f"t-{lack.place.replace('.', '-')}-{lack.language}"
    home = lack.place.split(".")[0]
    if home in MENDED:
        return MENDED[home]
    return "draft", "belop" if lack.place.startswith("rules.amount") else "krav"
