"""What is done with a template: laid before another, approved, sent back, taken in use, thrown away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.foundation.people.api import Role, names_of
from runde.foundation.trust.api import Refused
from runde.grants.casework.api import Case
from runde.grants.letters.api import (
    LetterTemplateVersion,
    TemplateNotReady,
    approve_template,
    ask_template_approval,
    back_to_standard,
    discard_template,
    get_kind,
    get_template_version,
    list_changes,
    list_template_versions,
    return_template,
    take_in_use,
    uses_of_version,
)
from runde.web.components.facts import Fact
from runde.web.entrance import Request, entrance, staff
from runde.web.letters.access import APPROVERS, WRITERS
from runde.web.letters.editor import frame
from runde.web.letters.shown import place_name, plain_text
from runde.web.staff import attempt, count_text, others_who_are, work_page

State = LetterTemplateVersion.State
Act = Callable[[Request, UUID], object]


@entrance(staff(*WRITERS))
def ask(request: Request, version: UUID) -> HttpResponse:
    others = others_who_are(request, Role.SCHEME_MANAGER, Role.APPROVER) or "en annen"
    words = {
        "h1": "Send malen til godkjenning",
        "act": "Send til godkjenning",
        "lines": [f"Malen venter på {others}.", "Du kan ikke endre den mens den venter."],
        "undo": "Den som godkjenner, kan sende den tilbake til deg.",
        "done": "Malen er sendt til godkjenning.",
    }
    return _act(
        request,
        version,
        words,
        State.DRAFT,
        lambda: ask_template_approval(version_id=version, by=request.actor, at=request.at),
    )


@entrance(staff(*APPROVERS))
def approve(request: Request, version: UUID) -> HttpResponse:
    words = {
        "h1": "Godkjenn malen",
        "act": "Godkjenn malen",
        "shows_changes": True,
        "lines": ["Teksten låses og kan tas i bruk.", "Ingen brev endrer seg før malen er tatt i bruk."],
        "undo": "En godkjent mal kan forkastes helt til den er tatt i bruk.",
        "done": "Malen er godkjent. Nå kan den tas i bruk.",
    }
    return _act(
        request,
        version,
        words,
        State.PENDING,
        lambda: approve_template(version_id=version, by=request.actor, at=request.at),
    )


@entrance(staff(*APPROVERS))
def send_back(request: Request, version: UUID) -> HttpResponse:
    words = {
        "h1": "Send malen tilbake",
        "act": "Send tilbake",
        "lines": ["Malen blir en kladd igjen, og den som skrev den, kan endre den."],
        "undo": "",
        "done": "Malen er sendt tilbake.",
        "asks_reason": True,
    }
    reason = request.POST.get("reason", "")
    return _act(
        request,
        version,
        words,
        State.PENDING,
        lambda: return_template(version_id=version, reason=reason, by=request.actor, at=request.at),
    )


@entrance(staff(*WRITERS))
def use(request: Request, version: UUID) -> HttpResponse:
    found = get_template_version(version, by=request.actor)
    words = {
        "h1": "Ta malen i bruk",
        "act": "Ta malen i bruk",
        "shows_changes": True,
        "lines": ["Nye brev skrives med denne teksten.", *_earlier(request, found)],
        "undo": "Du kan lage en ny versjon når som helst. Brev som er sendt, endres aldri.",
        "done": "Malen er i bruk. Nye brev skrives med den.",
    }
    return _act(
        request,
        version,
        words,
        State.APPROVED,
        lambda: take_in_use(version_id=version, by=request.actor, at=request.at),
    )


@entrance(staff(*APPROVERS))
def standard(request: Request, version: UUID) -> HttpResponse:
    words = {
        "h1": "Gå tilbake til standardbrevet",
        "act": "Bruk standardbrevet",
        "lines": ["Nye brev skrives med standardteksten.", "Malen blir stående i historikken."],
        "undo": "Lag en ny versjon for å bruke egne ord igjen.",
        "done": "Standardbrevet er i bruk.",
    }
    return _act(
        request,
        version,
        words,
        State.IN_USE,
        lambda: back_to_standard(version_id=version, by=request.actor, at=request.at),
    )


@entrance(staff(*WRITERS))
def discard(request: Request, version: UUID) -> HttpResponse:
    words = {
        "h1": "Forkast malen",
        "act": "Forkast malen",
        "lines": ["Det du har skrevet, blir ikke brukt.", "Malen som er i bruk, endres ikke."],
        "undo": "Det kan ikke angres.",
        "done": "Malen er forkastet.",
    }
    return _act(
        request,
        version,
        words,
        "",
        lambda: discard_template(version_id=version, by=request.actor, at=request.at),
    )


def _act(
    request: Request, version_id: UUID, words: Mapping[str, Any], state: str, work: Callable[[], object]
) -> HttpResponse:
    """The page that tells what happens; pressed, it happens, or the page says why not."""
    version = get_template_version(version_id, by=request.actor)
    here = redirect("letter_template", request.tenant.slug, version_id)
    if request.method != "POST":
        return here if state and version.state != state else _page(request, version, words)
    refusal = attempt(work)
    if refusal is not None:
        return _page(request, version, words, refusal)
    messages.success(request, str(words["done"]))
    return redirect("letters", request.tenant.slug) if words["act"] == "Forkast malen" else here


def _page(
    request: Request, version: LetterTemplateVersion, words: Mapping[str, Any], refusal: Refused | None = None
) -> HttpResponse:
    shared = frame(request, version)
    facts = {
        **shared,
        **words,
        "lead": "",
        "back_url": reverse("letter_template", args=[request.tenant.slug, version.id]),
        "back_text": "Malen",
        "facts": [
            Fact("Brev", shared["kind"].name),
            Fact("Gjelder for", str(shared["lead"]).split(". ")[0]),
            Fact("Versjon", str(version.number)),
            Fact("Skrevet av", ", ".join(sorted(names_of({UUID(one) for one in version.writers}).values()))),
        ],
        "changes": _changes(version) if words.get("shows_changes") else [],
        "refusal": refusal.sentence if refusal else "",
        "problems": refusal.problems if isinstance(refusal, TemplateNotReady) else (),
        "reason": request.POST.get("reason", ""),
        "has_errors": refusal is not None,
    }
    return work_page(request, "letters/act.html", facts, room="letters", status=422 if refusal else 200)


def _changes(version: LetterTemplateVersion) -> list[dict[str, str]]:
    """What is written in this version, place by place: how it was before, and how it is now."""
    kind, found = get_kind(version.template.kind), dict[str, dict[str, str]]()
    for change in reversed(list_changes(version.id)):
        first = found.get(change.place, {}).get("was", plain_text(change.was))
        found[change.place] = {
            "place": place_name(kind, change.place),
            "was": first,
            "now": plain_text(change.now),
        }
    return [one for one in found.values() if one["was"] != one["now"]]


def _earlier(request: Request, version: LetterTemplateVersion) -> list[str]:
    """What stands of the version that is replaced: how many letters, and in which cases."""
    before = [
        one
        for one in list_template_versions(version.template_id, by=request.actor)
        if one.state == State.IN_USE
    ]
    told = ["Saker som ligger til godkjenning, får den nye teksten når de blir vedtatt."]
    for one in before:
        count, case_ids = uses_of_version(one.id)
        numbers = ", ".join(
            Case.objects.filter(id__in=case_ids).order_by("number").values_list("number", flat=True)
        )
        letters = count_text(count, "brev er sendt", "brev er sendt")
        told.append(
            f"Versjon {one.number} blir erstattet. {letters} med den"
            + (f": sak {numbers}." if numbers else ".")
        )
    return told
