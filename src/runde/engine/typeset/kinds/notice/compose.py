"""Composes a letter that tells how a case stands, or what has been decided about it elsewhere."""

from runde.engine.typeset.decision_blocks import contact_section, result_heading
from runde.engine.typeset.errors import UnknownText
from runde.engine.typeset.facts import NoticeFacts
from runde.engine.typeset.letter import Block, Letter, Paragraph, Section
from runde.engine.typeset.texts import Texts, topics_of
from runde.engine.typeset.wording import worded

KIND = "notice"


def list_notice_topics() -> tuple[str, ...]:
    """What such a letter can be about."""
    return topics_of(KIND)


def notice_letter(facts: NoticeFacts) -> Letter:
    """The letter. Raises UnknownText for a topic we have no texts for, MissingSlot for a field that is not given."""
    if facts.topic not in list_notice_topics():
        raise UnknownText(f"Ingen tekster for brev om «{facts.topic}».")
    texts = Texts(KIND, facts.language, facts.letter_date, wording=facts.wording, fields=notice_fields(facts))
    blocks: tuple[Block, ...] = (
        Paragraph(_said(texts, facts, "context")),
        *((Section("reasons", texts.fill("reasons.title"), facts.words),) if facts.words else ()),
        Section("next", texts.fill("next.title"), (_said(texts, facts, "next"),)),
        contact_section(facts.contact, facts.case_number, texts),
    )
    letter = Letter(
        kind=KIND,
        language=facts.language,
        sender=facts.sender,
        recipient=facts.recipient,
        letter_date=facts.letter_date,
        made_at=facts.made_at,
        heading=result_heading(_said(texts, facts, "heading"), _said(texts, facts, "heading.short")),
        blocks=blocks,
        case_number=facts.case_number,
        mark=facts.mark,
        text_ids=tuple(texts.used),
    )
    return worded(letter, facts.wording, notice_fields(facts))


def notice_fields(facts: NoticeFacts) -> dict[str, str]:
    """What own wording may name in any text of the letter, by slot."""
    return {
        "company": facts.recipient.name,
        "case_number": facts.case_number,
        "sender": facts.sender.name,
        "department": facts.contact.department,
        "phone": facts.contact.phone,
        **facts.fields,
    }


def _said(texts: Texts, facts: NoticeFacts, name: str) -> str:
    key = f"{facts.topic}.{name}"
    return texts.fill(key, **{slot: facts.fields[slot] for slot in texts.slots(key) if slot in facts.fields})
