"""The panel beside a draft: whom it reaches and what it costs, before anything is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from runde.engine.rules import RuleError
from runde.engine.whatif import Reach
from runde.foundation.companies.api import ExtractFailed, NoRegister
from runde.grants.designs.api import Content, Draft
from runde.web.components.charts import Figure
from runde.web.components.fields import Choice, Field
from runde.web.entrance import Request

from .differences import Difference, differences_of
from .drawings import Drawer, source_text
from .finding import Finding, contradictions_of, finding_of, missing_of
from .keeping import Kept
from .planned import Assumed, Planned, plan
from .reckoning import reckon
from .scope import ALL, CHOSEN, OWN, REGION, Places, Scope, name_of, places_of, read_scope
from .subjects import Subject, find_subject, standard_base

PLACE = "NAVN"  # stands for a figure's name in the address of its file
MOST_SHOWN = 32
_last_shown: Kept[tuple[UUID, tuple[str, ...]], tuple[Content, date]] = Kept(MOST_SHOWN)


@dataclass(frozen=True)
class Links:
    """Addresses with the scope in them. `page` is the page the panel stands on."""

    page: str
    fragment: str
    whole: str
    compare: str
    paper: str
    csv: str
    assumptions: str


@dataclass(frozen=True)
class Panel:
    """Everything the template reads. Without `finding` there are no figures, and `problems` tell why."""

    draft: Draft
    scope: Scope
    scope_fields: tuple[Field, ...]
    links: Links
    finding: Finding | None = None
    differences: tuple[Difference, ...] = ()
    base: str = ""
    figures: tuple[Figure, ...] = ()
    contradictions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    assumptions: tuple[Assumed, ...] = ()
    source: str = ""
    problems: tuple[str, ...] = ()
    is_old: bool = False

    @property
    def announced(self) -> str:
        """The one sentence the status region says after a change."""
        return self.finding.sentence if self.finding and not self.is_old else ""


def panel_facts(draft: Draft, request: Request) -> dict[str, Any]:
    """Context for `designer/figures/panel.html`: {"panel": Panel}.

    Which companies are counted is read from `omrade` and `kommuner`: in the address, in the form that was sent,
    or in the address of the page that sent it by script. The same goes for `mot`, what to compare with. With
    `panel_oob` true in the context the panel replaces the one on the page, wherever the answer lands.
    """
    on = timezone.localdate(request.at)
    asked = asked_in(request)
    places = places_of(request.tenant)
    scope = read_scope(asked, places, on)
    base = base_of(draft, request, asked)
    bare = Panel(draft, scope, scope_fields(scope, places), links_of(request, draft, scope, base))
    try:
        shown = shown_panel(bare, draft.content, on, base)
        _last_shown.keep((draft.id, scope.municipalities), (draft.content, on))
    except RuleError as error:
        return {"panel": _old_panel(bare, base, [problem.sentence() for problem in error.problems])}
    except (NoRegister, ExtractFailed) as refusal:
        return {"panel": replace(bare, problems=(refusal.sentence,))}
    return {"panel": shown}


def shown_panel(bare: Panel, content: Content, on: date, base: Subject | None) -> Panel:
    """The panel with its figures. Raises RuleError for content that cannot be reckoned."""
    reach, planned = reckon(content, on, bare.scope.municipalities), plan(content, on)
    return replace(
        bare,
        finding=finding_of(reach, bare.scope),
        differences=differences_of(reckon(base.content, on, bare.scope.municipalities), reach)
        if base
        else (),
        base=base.short if base else "",
        figures=Drawer(reach, planned, bare.scope, bare.links.csv).all(),
        contradictions=contradictions_of(reach, planned),
        missing=missing_of(reach, planned),
        assumptions=assumptions_in_use(reach, planned),
        source=source_text(reach),
    )


def assumptions_in_use(reach: Reach, planned: Planned) -> tuple[Assumed, ...]:
    return tuple(one for one in planned.assumptions if one.name in reach.assumed)


def _old_panel(bare: Panel, base: Subject | None, problems: Sequence[str]) -> Panel:
    """The figures from before the change that cannot be reckoned, said to be old; none in a new process."""
    bare = replace(bare, problems=tuple(problems))
    before = _last_shown.find((bare.draft.id, bare.scope.municipalities))
    return replace(shown_panel(bare, *before, base), is_old=True) if before else bare


def asked_in(request: Request) -> QueryDict:
    """What was asked for, wherever it stands: in the form, in the address, in the page that sent a change."""
    if "omrade" in request.POST:
        return request.POST
    if request.htmx and request.method == "POST":
        return QueryDict(urlsplit(request.htmx.current_url or "").query)
    return request.GET


def base_of(draft: Draft, request: Request, asked: QueryDict) -> Subject | None:
    """What the draft is held against. Raises NotFound for something chosen that is not there."""
    ref = asked.get("mot", "")
    return find_subject(ref, request.actor) if ref else standard_base(draft)


def links_of(request: Request, draft: Draft, scope: Scope, base: Subject | None) -> Links:
    args = [request.tenant.slug, draft.id]
    query = scope.query

    def to(name: str, **more: str) -> str:
        return f"{reverse(name, args=args)}?{'&'.join(part for part in (query, urlencode(more)) if part)}"

    return Links(
        page=page_of(request, draft),
        fragment=reverse("draft_figures", args=args),
        whole=to("draft_figures"),
        compare=to("compare_draft", **({"mot": base.ref} if base else {})),
        paper=to("council_paper"),
        csv=f"{reverse('draft_figures_file', args=[*args, PLACE])}?{query}",
        assumptions=f"{reverse('draft_money', args=args)}#antakelser",
    )


def page_of(request: Request, draft: Draft) -> str:
    """The page the panel stands on, which the form without script leads back to."""
    if request.htmx and request.htmx.current_url:
        return str(urlsplit(request.htmx.current_url).path)
    if request.method == "GET":
        return str(request.path)
    return reverse("draft", args=[request.tenant.slug, draft.id])


def scope_fields(scope: Scope, places: Places) -> tuple[Field, ...]:
    """Which companies to count; where to write names shows when names are asked for."""
    chosen = CHOSEN if scope.asks_for_names else scope.choice
    choice = Field("omrade", "Vis tall for", "select", value=chosen, choices=tuple(_choices(places)))
    if not scope.asks_for_names:
        return (choice,)
    names = Field(
        "kommuner",
        "Hvilke kommuner?",
        value=scope.typed,
        description="Skriv navn eller nummer med komma mellom, for eksempel «Moss, Horten».",
        error=scope.problem,
    )
    return (choice, names)


def _choices(places: Places) -> list[Choice]:
    choices = [Choice(OWN, f"{name_of(places.own)} kommune")] if places.own else []
    if places.region:
        choices.append(Choice(REGION, f"Hele regionen ({len(places.region)} kommuner)"))
    return [*choices, Choice(CHOSEN, "Kommuner du velger"), Choice(ALL, "Hele landet")]


def replaced_url(request: Request, scope: Scope, draft: Draft) -> str:
    """The page's own address with the scope in it, so that a reload and the next change keep it."""
    kept = {
        name: values[-1]
        for name, values in parse_qs(urlsplit(request.htmx.current_url or "").query).items()
        if name not in ("omrade", "kommuner")
    }
    return f"{page_of(request, draft)}?{'&'.join(part for part in (scope.query, urlencode(kept)) if part)}"
