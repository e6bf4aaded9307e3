"""Composes the letter that grants, in whole or in part."""

from decimal import Decimal

from runde.engine.reference.api import (
    Language,
    aid_ceiling,
    amount_text,
    count_word,
    date_text,
    euro_text,
    number_text,
    weekday_date_text,
)
from runde.engine.typeset.decision_blocks import (
    appeal_row,
    closing_blocks,
    reasons_blocks,
    result_heading,
    texts_of,
)
from runde.engine.typeset.facts import DeMinimisAid, GrantFacts
from runde.engine.typeset.letter import Block, Fact, Letter, Paragraph, Section, Steps, Summary, Table
from runde.engine.typeset.texts import Texts

_AID_TEXTS = {"rolling": "aid.rolling", "fiscal_years": "aid.fiscal_years"}


def grant_letter(facts: GrantFacts) -> Letter:
    """The letter, with every block in the order readers need them."""
    texts = texts_of("grant", facts)
    heading = _heading(facts, texts)
    blocks: tuple[Block, ...] = (
        Paragraph(_context(facts, texts)),
        _summary(facts, texts),
        _steps(facts, texts),
        _calculation(facts, texts),
        *reasons_blocks(facts, texts),
        _conditions(facts, texts),
        *(_aid(facts, facts.aid, texts) if facts.aid else ()),
        *closing_blocks(facts, texts, ("de_minimis",) if facts.aid else ()),
    )
    return Letter(
        kind="grant",
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


def _is_part(facts: GrantFacts) -> bool:
    return facts.applied_nok is not None and facts.applied_nok > facts.amount_nok


def _heading(facts: GrantFacts, texts: Texts) -> str:
    name, amount = facts.recipient.name, amount_text(facts.amount_nok, facts.language)
    if not _is_part(facts) or facts.applied_nok is None:
        return result_heading(
            texts.fill("heading", company=name, amount=amount), texts.fill("heading.short", amount=amount)
        )
    amount, applied = _both_amounts(facts.amount_nok, facts.applied_nok, facts.language)
    return result_heading(
        texts.fill("heading.part", company=name, amount=amount, applied=applied),
        texts.fill("heading.part_short", amount=amount, applied=applied),
    )


def _both_amounts(amount_nok: Decimal, applied_nok: Decimal, language: Language) -> tuple[str, str]:
    # The unit is said once: after the last figure in Norwegian, before the first in English.
    decimals = 0 if amount_nok == int(amount_nok) and applied_nok == int(applied_nok) else 2
    amount, applied = (number_text(value, language, decimals) for value in (amount_nok, applied_nok))
    if language == "en":
        return f"NOK\u00a0{amount}", applied
    return amount, f"{applied}\u00a0kroner"


def _context(facts: GrantFacts, texts: Texts) -> str:
    applied = date_text(facts.applied_date, facts.language)
    return texts.fill("context.part" if _is_part(facts) else "context", date=applied, scheme=facts.scheme)


def _summary(facts: GrantFacts, texts: Texts) -> Summary:
    rows = [Fact(texts.fill("summary.amount"), amount_text(facts.amount_nok, facts.language))]
    if facts.payment_date is not None:
        day = weekday_date_text(facts.payment_date, facts.language)
        rows.append(Fact(texts.fill("summary.payment"), texts.fill("summary.payment_value", date=day)))
    if facts.accept_by_date is not None:
        day = weekday_date_text(facts.accept_by_date, facts.language)
        rows.append(Fact(texts.fill("summary.duty"), texts.fill("summary.duty_value", date=day)))
    rows.append(appeal_row(facts, texts))
    return Summary(texts.fill("summary.title"), tuple(rows))


def _steps(facts: GrantFacts, texts: Texts) -> Steps:
    items = []
    if facts.accept_by_date is not None:
        day = weekday_date_text(facts.accept_by_date, facts.language)
        items.append(texts.fill("steps.accept", date=day))
    items.append(texts.fill("steps.account", ending=facts.account[-2:]))
    if facts.report_by_date is not None:
        items.append(texts.fill("steps.report", date=date_text(facts.report_by_date, facts.language)))
    return Steps(texts.fill("steps.title"), tuple(items))


def _calculation(facts: GrantFacts, texts: Texts) -> Table:
    total = Fact(texts.fill("calculation.total"), amount_text(facts.amount_nok, facts.language), True)
    return Table(
        texts.fill("calculation.title"),
        (texts.fill("calculation.what"), texts.fill("calculation.figure")),
        (*facts.calculation, total),
    )


def _conditions(facts: GrantFacts, texts: Texts) -> Section:
    return Section(
        "conditions", texts.fill("conditions.title"), (*facts.conditions, texts.fill("conditions.breach"))
    )


def _aid(facts: GrantFacts, aid: DeMinimisAid, texts: Texts) -> tuple[Section]:
    ceiling = aid_ceiling(aid.rule, facts.decided_date)
    body = texts.fill(
        _AID_TEXTS[ceiling.window_type],
        ceiling=euro_text(ceiling.amount, facts.language),
        years=count_word(ceiling.window_years, facts.language),
    )
    own = texts.fill(
        "aid.own",
        amount=euro_text(aid.amount_eur, facts.language),
        rate=number_text(aid.rate, facts.language, max(2, -int(aid.rate.as_tuple().exponent))),
        date=date_text(aid.rate_date, facts.language),
    )
    return (Section("aid", texts.fill("aid.title"), (f"{body} {own}",)),)
