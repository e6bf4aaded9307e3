"""Composes a letter in a case that is no decision: what has happened, why, what comes now, and by which rules."""

from runde.engine.reference.api import rules_text
from runde.engine.typeset.kinds.case_letter.facts import CaseLetterFacts
from runde.engine.typeset.letter import Block, Fact, Letter, Paragraph, Section, Signatures, Summary
from runde.engine.typeset.requirements import LONGEST_HEADING
from runde.engine.typeset.texts import Texts, fixed_text, has_text
from runde.engine.typeset.wording import worded

KIND = "case_letter"


def case_letter(facts: CaseLetterFacts) -> Letter:
    """The letter in the municipality's own words where it has any, else the fixed ones.

    Raises UnknownText for a variant there are no texts for, MissingSlot for a value that is not handed in.
    """
    texts = Texts(
        KIND, facts.language, facts.letter_date, wording=facts.wording, fields=case_letter_fields(facts)
    )
    heading, blocks = _heading(facts, texts), _blocks(facts, texts)
    letter = Letter(
        kind=KIND,
        language=facts.language,
        sender=facts.sender,
        recipient=facts.recipient,
        letter_date=facts.letter_date,
        made_at=facts.made_at,
        heading=heading,
        blocks=blocks,
        case_number=facts.case_number,
        mark=facts.mark,
        text_ids=tuple(texts.used),
    )
    return worded(letter, facts.wording, texts.fields)


def case_letter_fields(facts: CaseLetterFacts) -> dict[str, str]:
    """What own wording may name in any text of the letter, by slot."""
    return {
        "company": facts.recipient.name,
        "case_number": facts.case_number,
        "scheme": facts.scheme,
        "applied_day": facts.applied_day,
        "sender": facts.sender.name,
        "department": facts.contact.department,
        "phone": facts.contact.phone,
        **facts.values,
    }


def _blocks(facts: CaseLetterFacts, texts: Texts) -> tuple[Block, ...]:
    return (
        Paragraph(" ".join((_said(facts, texts, "about"), *facts.about))),
        Paragraph(_said(facts, texts, "lead")),
        *_summary(facts, texts),
        *_section("reasons", facts.said, facts, texts),
        *_section("quoted", facts.quoted, facts, texts),
        *_papers(facts, texts),
        Section("next", _said(facts, texts, "next.title"), (_said(facts, texts, "next.body"),)),
        Section("contact", _said(facts, texts, "contact.title"), (_said(facts, texts, "contact.body"),)),
        _signatures(facts, texts),
        _rules(facts, texts),
    )


def _said(facts: CaseLetterFacts, texts: Texts, key: str) -> str:
    """The municipality's own text, else the variant's, else the one all variants share."""
    if key in texts.wording.texts:
        return texts.fill(key)
    return _fixed(facts, texts, key)


def _fixed(facts: CaseLetterFacts, texts: Texts, key: str) -> str:
    found = key if _is_shared(facts, texts, key) else f"{key}.{facts.variant}"
    slots = fixed_text(KIND, found, facts.language, texts.on).slots
    return texts.fill(found, **{slot: texts.fields[slot] for slot in sorted(slots) if slot in texts.fields})


def _is_shared(facts: CaseLetterFacts, texts: Texts, key: str) -> bool:
    return not _has_own(facts, texts, key) and has_text(KIND, key, facts.language, texts.on)


def _has_own(facts: CaseLetterFacts, texts: Texts, key: str) -> bool:
    return has_text(KIND, f"{key}.{facts.variant}", facts.language, texts.on)


def _heading(facts: CaseLetterFacts, texts: Texts) -> str:
    """A heading of the municipality's own gives way when the result would come too late to be read."""
    said = _said(facts, texts, "heading")
    return said if len(said) <= LONGEST_HEADING else _fixed(facts, texts, "heading")


def _summary(facts: CaseLetterFacts, texts: Texts) -> tuple[Summary, ...]:
    rows = [Fact(texts.fill(key), value) for key, value in facts.rows]
    if _has_own(facts, texts, "duty"):
        rows.append(Fact(texts.fill("duty"), _fixed(facts, texts, "duty")))
    return (Summary(texts.fill("summary.title"), tuple(rows)),) if rows else ()


def _section(
    name: str, paragraphs: tuple[str, ...], facts: CaseLetterFacts, texts: Texts
) -> tuple[Section, ...]:
    return (Section(name, _said(facts, texts, f"{name}.title"), paragraphs),) if paragraphs else ()


def _papers(facts: CaseLetterFacts, texts: Texts) -> tuple[Section, ...]:
    return (Section("papers", texts.fill("papers.title"), (), facts.papers),) if facts.papers else ()


def _signatures(facts: CaseLetterFacts, texts: Texts) -> Signatures:
    title = texts.fill("signatures.title")
    if not facts.signed_by:
        return Signatures(title, (facts.sender.name,), texts.fill("signatures.automatic"))
    return Signatures(title, (f"{facts.signed_by}, {facts.sender.name}",), texts.fill("signatures.statement"))


def _rules(facts: CaseLetterFacts, texts: Texts) -> Section:
    acts = rules_text(facts.rule_keys, facts.letter_date, facts.language)
    return Section("rules", texts.fill("rules.title"), (acts,), is_quiet=True)
