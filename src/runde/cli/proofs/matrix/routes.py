"""Every route of the site with what it demands, and addresses made for it from a town's own objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from runde.foundation.documents.api import Attachment, Upload, list_documents
from runde.foundation.people.api import ActingRequest, Role
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from runde.grants.casework.api import Appeal, BatchOrder, BulkAct, Case, Proposal, Reversal, SavedView
from runde.grants.designs.api import Draft, list_shelf
from runde.grants.letters.api import BankText, LetterTemplateVersion
from runde.grants.panels.api import Assignment, Panel, PanelCase
from runde.grants.payments.api import Batch
from runde.grants.schemes.api import FundingSource, files_of, get_call
from runde.web.applicant.after.writing import FILES
from runde.web.entrance import access_of

from ..region import CALL, Town
from .answered import answered
from .files import KIND

PRIVATE = (
    "application", "case", "proposal", "batch", "source", "version", "document", "draft", "asked",
    "decision", "appeal", "reversal", "attachment", "upload", "subject", "act", "view", "order", "panel", "assignment",
    "assessor", "text", "bank_answer", "payment",
)  # fmt: skip
"""Arguments that name something of one tenant; an address without any shows no single object."""
NAMES: Mapping[str, str] = {"assumption": "revenue_drop", "draft_figures_file": "kommune"}
"""What stands for `name` in these routes."""
NOWHERE = str(UUID(int=1))
OTHERS: Mapping[str, str] = {
    "call": CALL, "section": "revenue", "key": "none", "uidb36": "1", "pk": "1",
    "orgnr": "310000027", "token": "none", "step": "none", "link": NOWHERE, "invitation": NOWHERE, "mandate": NOWHERE,
    "secret": "none", "question": "revenue_period", "check": "none", "kind": "vises", "slug": "revenue_period",
    "page": "1", "form": "csv", "way": "neste", "year": "2026",
}  # fmt: skip


STEPS: Mapping[str, str] = {"appeal_act": "vent", "appeal_step": "trekk", "reversal_act": "la-sta"}
"""What stands for `step` in these routes."""
AFTER = (
    "messages",
    "report",
    "before_payment",
    "change_account",
    "appeal",
    "use_again",
    "case_lapse",
    "register_appeal",
    "give_reasons",
    "begin_reversal",
)
"""Routes that show a case with what comes after sending, although nothing in the address says so."""
HANDED_IN: Mapping[str, str] = {"kind": KIND, "question": FILES}


class NotFillable(Exception):
    """An argument of a route that the proof does not know: teach it in `routes.py`."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address pattern. `kind` is public, signed_in or staff; None when nobody has said."""

    pattern: str
    name: str
    arguments: tuple[str, ...]
    ids: tuple[str, ...]
    kind: str | None
    roles: frozenset[Role]

    @property
    def has_tenant(self) -> bool:
        return "tenant" in self.arguments

    @property
    def has_object(self) -> bool:
        return any(name in self.arguments for name in PRIVATE)

    @property
    def is_of_designs(self) -> bool:
        return "/ordninger/" in self.pattern

    def absent(self) -> Mapping[str, Any]:
        """Objects that are nowhere, at addresses like those of objects that are."""
        named = HANDED_IN if self.is_of_files else {}
        return {**{name: uuid4() for name in (*PRIVATE, *self.ids)}, **named}

    @property
    def is_of_letters(self) -> bool:
        return "/brev/mal/" in self.pattern or "/brev/tekstbank/" in self.pattern

    @property
    def is_of_panels(self) -> bool:
        return "/paneler/" in self.pattern

    @property
    def is_of_files(self) -> bool:
        return "/vedlegg/" in self.pattern

    @property
    def is_after_sending(self) -> bool:
        names = set(self.arguments)
        if self.name in AFTER or names & {"decision", "appeal", "reversal"}:
            return True
        return "asked" in names and bool(names & {"application", "case"})

    def address(self, slug: str, objects: Mapping[str, Any]) -> str:
        """Raises NotFillable."""
        own = {"step": STEPS.get(self.name, OTHERS["step"]), "name": NAMES.get(self.name)}
        known = {**OTHERS, **own, **objects, "tenant": slug}
        missing = [name for name in self.arguments if name not in known]
        if missing:
            raise NotFillable(f"{self.pattern}: nothing to put in for {', '.join(missing)}")
        return reverse(self.name, kwargs={name: known[name] for name in self.arguments})


def list_routes() -> list[Route]:
    """From the resolver itself, so that a new route is in at once."""
    return list(_routes(get_resolver().url_patterns, "", ""))


def _routes(patterns: Sequence[URLPattern | URLResolver], before: str, space: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _routes(entry.url_patterns, pattern, inner)
            continue
        access = access_of(entry.callback)
        yield Route(
            pattern,
            f"{space}{entry.name or ''}",
            tuple(re.findall(r"<(?:\w+:)?(\w+)>", pattern)),
            tuple(re.findall(r"<uuid:(\w+)>", pattern)),
            access.kind if access else None,
            access.roles if access else frozenset(),
        )


@dataclass(frozen=True, slots=True)
class Bundle:
    """Objects of one town that belong together. `decided` is for routes that hand out a file, `designs` for schemes.

    `followed` is a case with all that comes after sending, and `files` hang on a message there that is not sent.
    """

    standing: Mapping[str, Any]
    decided: Mapping[str, Any]
    designs: Mapping[str, Any]
    followed: Mapping[str, Any]
    files: Mapping[str, Any]
    letters: Mapping[str, Any]

    def of(self, route: Route) -> Mapping[str, Any]:
        if route.name == "staff_call_file":
            return {**self.designs, "version": self.designs["call_file"]}
        if route.is_of_designs:
            return self.designs
        if route.is_of_panels:
            return {**self.standing, "case": self.standing["ranked"], "version": self.standing["judged_by"]}
        if route.is_of_letters:
            return self.letters
        if route.is_of_files:
            return self.files
        if route.is_after_sending:
            return self.followed
        hands_out = route.name == "bank_file" or {"version", "document"} & set(route.arguments)
        return self.decided if hands_out else self.standing


STATES = (
    (Case.State.DECIDED, Proposal.State.APPROVED, Batch.State.SENT),
    (None, Proposal.State.PENDING, Batch.State.PREPARED),
    (Case.State.PROPOSED, Proposal.State.PENDING, Batch.State.SEALED),
    (Case.State.OPEN, Proposal.State.RETURNED, Batch.State.RETURNED),
)


def gather(town: Town, turn: int, chance: Random) -> Bundle:
    """One thing of each kind, in the states of this turn; the second turn shows a draft that has no case yet."""
    case_state, proposal_state, batch_state = STATES[turn % len(STATES)]
    with fence(town.id):
        decided = _with_files(chance)
        case = _one(Case.objects.filter(state=case_state or Case.State.OPEN, lane="yellow"), chance) or _one(
            Case.objects.filter(state=case_state or Case.State.OPEN), chance
        )
        application = case.application_id
        if case_state is None:
            application = _one(Application.objects.filter(state="draft"), chance).id
        standing = {
            "application": application,
            "case": case.id,
            "proposal": _one(Proposal.objects.filter(state=proposal_state), chance).id,
            "batch": _one(Batch.objects.filter(state=batch_state), chance).id,
            "asked": _one(ActingRequest.objects.filter(caretaker=town.id, answer=""), chance).id,
            "source": _one(FundingSource.objects.filter(state="subject_to_decision"), chance).id,
            "act": _one(BulkAct.objects.all(), chance).id,
            "view": _one(SavedView.objects.all(), chance).id,
            "order": _one(BatchOrder.objects.all(), chance).id,
            **_paneled(chance),
            **answered(chance),
        }
        designs, followed, files = _designs(chance), _followed(chance), _handed_in(chance)
        letters = _letters(chance)
    return Bundle({**standing}, {**standing, **decided}, designs, followed, files, letters)


def _paneled(chance: Random) -> dict[str, UUID]:
    """A panel with one of its cases, somebody who scores it, and what they may read of the application."""
    held = _one(Assignment.objects.all(), chance)
    case = PanelCase.objects.select_related("case").get(id=held.panel_case_id).case
    return {
        "panel": _one(Panel.objects.all(), chance).id, "assignment": held.id, "assessor": held.assessor_id,
        "ranked": case.id, "judged_by": list_documents("application", case.application_id)[0].id,
    }  # fmt: skip


def _designs(chance: Random) -> dict[str, UUID]:
    """A draft, the version of the call, and a scheme on the shelf: that one is everybody's to see."""
    call = get_call(CALL)
    shared = chance.choice(list(list_shelf()))
    draft = _one(Draft.objects.filter(state="draft"), chance)
    return {
        "draft": draft.id, "version": call.scheme_version_id, "call": call.id, "shared": shared.id,
        "call_file": files_of(call)[0].id,
    }  # fmt: skip


def _letters(chance: Random) -> dict[str, UUID]:
    """A version of a template, in use or being written, and a text in the bank."""
    version = _one(LetterTemplateVersion.objects.all(), chance)
    return {"version": version.id, "text": _one(BankText.objects.all(), chance).id}


def _followed(chance: Random) -> dict[str, UUID]:
    """A case that was asked about, granted, accepted and appealed."""
    appeal = _one(Appeal.objects.all(), chance)
    case = appeal.decision.case
    asked = _one(case.requests.all(), chance)
    return {
        "case": case.id, "application": case.application_id, "asked": asked.id, "decision": appeal.decision_id,
        "appeal": appeal.id, "reversal": _one(Reversal.objects.all(), chance).id,
    }  # fmt: skip


def _handed_in(chance: Random) -> dict[str, Any]:
    """Files on a message that is not sent, and so the writer's alone."""
    attachment = _one(Attachment.objects.filter(subject_kind=KIND), chance)
    upload = _one(Upload.objects.filter(subject_kind=KIND), chance)
    return {**HANDED_IN, "attachment": attachment.id, "upload": upload.id, "subject": attachment.subject_id}


def _with_files(chance: Random) -> dict[str, UUID]:
    read = Case.objects.filter(state=Case.State.DECIDED, decisions__reading__isnull=False)
    case = _one(read, chance)  # the letter is shown to who has confirmed that they read it
    letter = list_documents("case", case.id)[0].id
    batch = _one(Batch.objects.filter(state=Batch.State.SEALED), chance).id
    files = {"version": letter, "document": letter, "batch": batch}
    return {"case": case.id, "application": case.application_id, **files}


def _one(rows: Any, chance: Random) -> Any:
    found = list(rows.order_by("id"))
    return chance.choice(found) if found else None
