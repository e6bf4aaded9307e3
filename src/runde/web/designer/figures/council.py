"""The council's paper from a draft: everything in it may become public, so nothing under five is ever in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings

from runde.engine.reference.api import amount_text, date_text
from runde.engine.typeset.api import (
    LONGEST_HEADING,
    AssumptionFacts,
    Chart,
    CouncilFacts,
    Fact,
    Grid,
    Sender,
    council_paper,
    render_letter,
)
from runde.engine.whatif import Reach
from runde.foundation.organisations.api import Organisation
from runde.foundation.trust.api import Refused
from runde.grants.designs.api import Draft
from runde.web.components.charts import Bar, Figure, HorizontalBars

from .amounts import WHAT_IS_WITHHELD, WITHHELD, companies_text, count_text, listed, money_text
from .dimensions import INDUSTRY, MUNICIPALITY
from .drawings import Drawer, source_text
from .finding import contradictions_of, cost_of, finding_of, missing_of
from .panel import assumptions_in_use
from .planned import Planned, plan
from .reckoning import reckon
from .scope import Scope


class NothingToShow(Refused):
    """Nobody is counted, so there is nothing to tell."""

    code = "nothing_to_show"


FEWEST_BARS = 2
NOTHING_DRAWN = ("Kostnad og krav: det er ingen tall å tegne.",)
COULD_TELL = "tallene kunne ha røpet enkelte virksomheter."
MARK = "Demodata. Personer og virksomheter er oppdiktede."


@dataclass(frozen=True)
class Paper:
    """A draft's figures as the public may read them, for one place and day."""

    reach: Reach
    planned: Planned
    scope: Scope
    revision: int

    @property
    def drawer(self) -> Drawer:
        return Drawer(self.reach, self.planned, self.scope)


def council_pdf(draft: Draft, scope: Scope, tenant: Organisation, *, on: date, at: datetime) -> bytes:
    """The paper as PDF/A-2a and PDF/UA-1.

    Raises RuleError for content that cannot be reckoned, NothingToShow when there is no company.
    """
    reach = reckon(draft.content, on, scope.municipalities)
    if reach.companies == 0:
        raise NothingToShow(f"Registeret har ingen virksomheter {scope.words}. Velg et annet område.")
    paper = Paper(reach.public(), plan(draft.content, on), scope, draft.revision)
    facts = paper_facts(paper, tenant, on=on, at=at)
    return render_letter(council_paper(facts), settings.FONT_DIRECTORY)


def paper_facts(paper: Paper, tenant: Organisation, *, on: date, at: datetime) -> CouncilFacts:
    reach, planned = paper.reach, paper.planned
    low, middle, high = planned.take_up
    return CouncilFacts(
        language="nb",
        sender=Sender(tenant.name, lines=("Saksvedlegg",)),
        made_at=at,
        made_date=on,
        heading=heading_of(reach),
        proposal=f"Vi foreslår ordningen «{planned.title}» med kravene og beregningen i dette vedlegget.",
        money_items=tuple(f"{one.name}: {amount_text(one.amount_nok)}" for one in reach.sources),
        summary=tuple(summary_of(paper)),
        charts=tuple(as_block(figure) for figure in charts_of(paper)),
        left_out=tuple(left_out_of(paper)) or NOTHING_DRAWN[: not any(charts_of(paper))],
        criteria=tuple(planned.requirements.values()),
        amount=tuple(planned.amount.values()),
        near=tuple(near_of(paper)),
        sources=tuple(sources_of(paper)),
        assumptions=tuple(
            AssumptionFacts(one.label, tuple(Fact(*line) for line in one.lines), one.source)
            for one in assumptions_in_use(reach, planned)
        ),
        take_up=f"{low} (lavt), {middle} (middels) eller {high} (høyt).",
        missing=(*missing_of(reach, planned), *contradictions_of(reach, planned)),
        sentences=sentences_of(paper),
        register=f"{source_text(reach)} Kladden slik den var etter endring {paper.revision}.",
        withheld=WHAT_IS_WITHHELD,
        mark=MARK if settings.DEMO else None,
    )


def heading_of(reach: Reach) -> str:
    """The result, within the signs a heading may have."""
    if not reach.eligible:
        return "Forslag til ordning"
    heading = f"Forslag til ordning: {companies_text(reach.eligible)} kan få støtte"
    return heading if len(heading) <= LONGEST_HEADING else "Forslag til ordning"


def summary_of(paper: Paper) -> Iterator[Fact]:
    """Five lines: who, how much, whether the money holds, what each gets, and what it rests on."""
    reach, found = paper.reach, finding_of(paper.reach, paper.scope)
    yield Fact("Hvem", f"{found.figure} {found.reach}".strip())
    yield Fact("Anslått kostnad", _cost_told(reach))
    yield Fact("Ramme", _budget_told(paper))
    if reach.eligible != 0:
        median = reach.median_nok
        yield Fact("Typisk tilskudd", "Ikke vist" if median is None else amount_text(median))
    yield Fact("Grunnlag", _basis(reach))


def _cost_told(reach: Reach) -> str:
    if reach.eligible == 0:
        return amount_text(Decimal(0))
    return cost_of(reach) if tells_cost(reach) else "Ikke vist"


def _budget_told(paper: Paper) -> str:
    reach = paper.reach
    if not reach.sources:
        return "Det er ikke satt av penger ennå."
    if reach.eligible == 0 or not tells_cost(reach):
        return f"{money_text(reach.budget_nok)} er satt av."
    return finding_of(reach, paper.scope).budget


def _basis(reach: Reach) -> str:
    basis = f"{reach.snapshot.source} {date_text(reach.snapshot.as_of_date)}"
    return f"{basis} og antakelser" if reach.assumed else basis


def charts_of(paper: Paper) -> Iterator[Figure]:
    """At most three: the cost, the rules, and where or in what the companies are. None without figures."""
    drawer = paper.drawer
    cost = drawer.cost() if tells_cost(paper.reach) else None
    rules = drawer.rules() if tells_who_is_stopped_alone(paper.reach) else stopped_of(paper)
    yield from (figure for figure in (cost, rules, where_of(paper)) if figure is not None)


def tells_cost(reach: Reach) -> bool:
    """Whether all three estimates may be told; a drawing of some of them would mislead."""
    return None not in (reach.cost.low_nok, reach.cost.middle_nok, reach.cost.high_nok)


def tells_who_is_stopped_alone(reach: Reach) -> bool:
    stopping = [one for one in reach.criteria if one.not_met != 0]
    return sum(one.alone is not None for one in stopping) * 2 > len(stopping)


def stopped_of(paper: Paper) -> HorizontalBars | None:
    """How many each requirement stops, when it may not be told how many it stops alone."""
    told = [one for one in paper.reach.criteria if one.not_met]
    if not told:
        return None
    told.sort(key=lambda one: -(one.not_met or 0))
    first, most = paper.planned.number(told[0].slug), companies_text(told[0].not_met or 0)
    bars = tuple(
        Bar(f"Krav {paper.planned.number(one.slug)}", one.not_met or 0, count_text(one.not_met))
        for one in told
    )
    return HorizontalBars(
        "krav",
        paper.drawer.words(
            f"Flest oppfyller ikke krav {first}: {most}",
            f"Virksomheter {paper.scope.words} som ikke oppfyller kravet. De fleste stoppes av flere krav",
            "krav",
        ),
        "Krav",
        "Oppfyller ikke",
        bars,
    )


def where_of(paper: Paper) -> HorizontalBars | None:
    drawn = map(paper.drawer.groups, (MUNICIPALITY, INDUSTRY))
    return next((one for one in drawn if one is not None and _tells_most(one)), None)


def _tells_most(figure: HorizontalBars) -> bool:
    """At least two bars have a figure, and no more are withheld than told."""
    told = sum(bar.text != WITHHELD for bar in figure.bars)
    return told >= max(FEWEST_BARS, len(figure.bars) - told)


def left_out_of(paper: Paper) -> Iterator[str]:
    """What the paper would have shown, had it not been about so few."""
    reach, drawer = paper.reach, paper.drawer
    if reach.eligible != 0 and not tells_cost(reach):
        yield f"Kostnaden: {COULD_TELL}"
    if any(one.not_met != 0 for one in reach.criteria) and not tells_who_is_stopped_alone(reach):
        yield f"Hvem bare ett krav stopper: {COULD_TELL}"
    if any(map(drawer.groups, (MUNICIPALITY, INDUSTRY))) and where_of(paper) is None:
        yield f"Hvordan virksomhetene fordeler seg på kommuner og næringer: {COULD_TELL}"
    if drawer.near() is not None and not any(near_of(paper)):
        yield f"Hvem som er nesten innenfor: {COULD_TELL}"


def as_block(figure: Figure) -> Chart:
    """The drawing of the page, set in the letters' face."""
    svg = figure.svg().replace("<svg ", '<svg font-family="Inter" ', 1)
    words = figure.words
    return Chart(
        figure.identity,
        words.finding,
        words.measure,
        svg,
        f"{words.finding}. {figure.description}",
        figure.columns,
        figure.rows,
        words.source,
    )


def near_of(paper: Paper) -> Iterator[Grid]:
    """One table for each requirement that somebody just misses."""
    figure = paper.drawer.near()
    for group in figure.groups if figure is not None else ():
        if all(bar.text == WITHHELD for bar in group.bars):
            continue
        rows = tuple((bar.name, bar.text) for bar in group.bars)
        yield Grid(f"Nesten innenfor krav {group.name}", ("Mangler", "Virksomheter"), rows)


def sources_of(paper: Paper) -> Iterator[Grid]:
    figure = paper.drawer.sources()
    if figure is not None and tells_cost(paper.reach):
        yield Grid(f"Penger i tusen kroner: {figure.words.finding}", figure.columns, figure.rows)


def sentences_of(paper: Paper) -> tuple[str, ...]:
    """For the case itself: each can be pasted as it stands, with what it rests on."""
    reach = paper.reach
    found = finding_of(reach, paper.scope)
    sentences = [found.sentence, *_uncertainty(paper), _where(paper), _basis_sentence(reach)]
    return tuple(sentence for sentence in sentences if sentence)


def _uncertainty(paper: Paper) -> Iterator[str]:
    low, _, high = paper.planned.take_up
    if paper.reach.eligible and low != high:
        yield (
            f"Anslaget er usikkert. Det laveste bygger på at {low} av dem som kan få støtte, søker, "
            f"det høyeste på at {high} søker."
        )


def _where(paper: Paper) -> str:
    """The three places or industries with most companies, when they may be told."""
    places = [one for one in MUNICIPALITY.groups(paper.reach) if one.eligible]
    dimension = MUNICIPALITY if len(places) > 1 else INDUSTRY
    largest = [one for one in dimension.groups(paper.reach) if one.eligible][:3]
    if len(largest) < 2:  # noqa: PLR2004 - one is no ranking
        return ""
    named = [f"{dimension.name_of(one.code)} ({count_text(one.eligible)})" for one in largest]
    return f"{dimension.most_said(listed([dimension.in_sentence(name) for name in named]))}."


def _basis_sentence(reach: Reach) -> str:
    snapshot = reach.snapshot
    return f"Anslaget bygger på {snapshot.source} slik registeret var {date_text(snapshot.as_of_date)}."
