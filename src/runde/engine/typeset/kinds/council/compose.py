"""Composes the council's paper: the proposal first, then five lines, then the figures and what they rest on."""

from collections.abc import Iterator

from runde.engine.typeset.errors import IncompleteLetter
from runde.engine.typeset.kinds.council.facts import AssumptionFacts, CouncilFacts
from runde.engine.typeset.letter import Block, Letter, Paragraph, Recipient, Section, Steps, Summary, Table
from runde.engine.typeset.texts import Texts


def council_paper(facts: CouncilFacts) -> Letter:
    """The paper. What is proposed and what is reckoned stand apart from each other.

    Raises IncompleteLetter for a paper that has no charts and does not tell why.
    """
    if not facts.charts and not facts.left_out:
        raise IncompleteLetter("Brevet mangler: chart, eller hvorfor det ikke er noen.")
    texts = Texts("council", facts.language, facts.made_date)
    return Letter(
        kind="council",
        language=facts.language,
        sender=facts.sender,
        recipient=Recipient(""),
        letter_date=facts.made_date,
        made_at=facts.made_at,
        heading=facts.heading,
        blocks=tuple(_blocks(facts, texts)),
        mark=facts.mark,
        text_ids=tuple(texts.used),
    )


def _blocks(facts: CouncilFacts, texts: Texts) -> Iterator[Block]:
    yield Section("proposal", texts.fill("proposal.title"), (facts.proposal,), facts.money_items)
    yield Summary(texts.fill("summary.title"), facts.summary)
    yield from facts.charts
    yield from facts.sources
    if facts.left_out:
        yield Section("left_out", texts.fill("left_out.title"), items=facts.left_out)
    yield Steps(texts.fill("criteria.title"), facts.criteria)
    yield Steps(texts.fill("amount.title"), facts.amount)
    yield from facts.near
    yield _assumptions(facts, texts)
    for one in facts.assumptions:
        yield from _assumption(one, texts)
    yield _method(facts, texts)
    yield Section("sentences", texts.fill("sentences.title"), facts.sentences)


def _assumptions(facts: CouncilFacts, texts: Texts) -> Section:
    """What is assumed, and by name what nobody has stated."""
    lead = texts.fill("assumptions.lead" if facts.assumptions else "assumptions.none")
    take_up = texts.fill("assumptions.take_up", take_up=facts.take_up)
    return Section("assumptions", texts.fill("assumptions.title"), (lead, take_up, *facts.missing))


def _assumption(one: AssumptionFacts, texts: Texts) -> Iterator[Block]:
    columns = (texts.fill("assumptions.who"), texts.fill("assumptions.what"))
    yield Table(one.label, columns, one.lines, values_are_figures=False)
    yield Paragraph(texts.fill("assumptions.source", source=one.source))


def _method(facts: CouncilFacts, texts: Texts) -> Section:
    paragraphs = (
        texts.fill("method.how"),
        texts.fill("method.cost"),
        facts.register,
        facts.withheld,
    )
    return Section("method", texts.fill("method.title"), tuple(one for one in paragraphs if one))
