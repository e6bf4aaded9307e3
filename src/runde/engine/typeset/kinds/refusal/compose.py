"""Composes the letter that refuses: same order, with what the applicant can do now in place of duties."""

from runde.engine.reference.api import date_text, weekday_date_text
from runde.engine.typeset.decision_blocks import (
    appeal_last_date,
    appeal_row,
    closing_blocks,
    reasons_blocks,
    result_heading,
    shortfall,
    texts_of,
    unmet_first,
)
from runde.engine.typeset.facts import RefusalFacts
from runde.engine.typeset.letter import Block, Fact, Letter, Paragraph, Steps, Summary, Table
from runde.engine.typeset.texts import Texts


def refusal_letter(facts: RefusalFacts) -> Letter:
    """The letter; every unmet criterion stands in the box with its distance."""
    texts = texts_of("refusal", facts)
    heading = result_heading(texts.fill("heading", company=facts.recipient.name), texts.fill("heading.short"))
    applied = date_text(facts.applied_date, facts.language)
    blocks: tuple[Block, ...] = (
        Paragraph(texts.fill("context", date=applied, scheme=facts.scheme, reason=facts.short_reason)),
        _summary(facts, texts),
        _steps(facts, texts),
        *_calculation(facts, texts),
        *reasons_blocks(facts, texts),
        *closing_blocks(facts, texts),
    )
    return Letter(
        kind="refusal",
        language=facts.language,
        sender=facts.sender,
        recipient=facts.recipient,
        letter_date=facts.decided_date,
        made_at=facts.made_at,
        heading=heading,
        blocks=blocks,
        case_number=facts.case_number,
        mark=facts.mark,
        text_ids=tuple(texts.used),
    )


def _summary(facts: RefusalFacts, texts: Texts) -> Summary:
    unmet = [criterion for criterion in unmet_first(facts.criteria) if criterion.is_met is False]
    rows = [Fact(criterion.name, shortfall(criterion, texts)) for criterion in unmet]
    return Summary(texts.fill("summary.title"), (*rows, appeal_row(facts, texts)))


def _steps(facts: RefusalFacts, texts: Texts) -> Steps:
    return Steps(texts.fill("steps.title"), (*_own_steps(facts, texts), *facts.other_options))


def _own_steps(facts: RefusalFacts, texts: Texts) -> tuple[str, ...]:
    """Figures can be put right and an appeal sent while the case is not ended by the appeal body."""
    if facts.final:
        return (texts.fill("steps.final"),)
    last_day = weekday_date_text(appeal_last_date(facts), facts.language)
    return texts.fill("steps.check"), texts.fill("steps.appeal", date=last_day)


def _calculation(facts: RefusalFacts, texts: Texts) -> tuple[Table, ...]:
    if not facts.calculation:
        return ()
    columns = (texts.fill("calculation.what"), texts.fill("calculation.figure"))
    return (Table(texts.fill("calculation.title"), columns, facts.calculation),)
