"""Composes the receipt: when the application came, its number, and every question with its answer."""

from runde.engine.reference.api import moment_text, weekday_date_text
from runde.engine.typeset.decision_blocks import contact_section
from runde.engine.typeset.facts import AnswerGroup, ReceiptFacts
from runde.engine.typeset.letter import Block, Fact, Letter, Paragraph, Section, Steps, Summary, Table
from runde.engine.typeset.texts import Texts


def receipt_letter(facts: ReceiptFacts) -> Letter:
    """The receipt; answers left empty are said to be empty."""
    texts = Texts("receipt", facts.language, facts.received_at.date())
    moment = moment_text(facts.received_at, facts.language)
    blocks: tuple[Block, ...] = (
        Paragraph(texts.fill("context", company=facts.recipient.name, scheme=facts.scheme)),
        _summary(facts, texts, moment),
        Steps(texts.fill("steps.title"), (texts.fill("steps.check"), texts.fill("steps.notice"))),
        *(_answers(group, texts) for group in facts.groups),
        *_attachments(facts, texts),
        contact_section(facts.contact, facts.case_number, texts),
    )
    return Letter(
        kind="receipt",
        language=facts.language,
        sender=facts.sender,
        recipient=facts.recipient,
        letter_date=facts.received_at.date(),
        made_at=facts.made_at,
        heading=texts.fill("heading"),
        blocks=blocks,
        case_number=facts.case_number,
        mark=facts.mark,
        text_ids=tuple(texts.used),
    )


def _summary(facts: ReceiptFacts, texts: Texts, moment: str) -> Summary:
    rows = [
        Fact(texts.fill("summary.case"), facts.case_number),
        Fact(texts.fill("summary.received"), moment),
        Fact(texts.fill("summary.by"), facts.submitted_by),
    ]
    if facts.answer_by_date is not None:
        day = weekday_date_text(facts.answer_by_date, facts.language)
        rows.append(Fact(texts.fill("summary.answer"), texts.fill("summary.answer_value", date=day)))
    return Summary(texts.fill("summary.title"), tuple(rows))


def _answers(group: AnswerGroup, texts: Texts) -> Table:
    rows = tuple(
        Fact(fact.label, fact.value if fact.value.strip() else texts.fill("answers.empty"))
        for fact in group.answers
    )
    columns = (texts.fill("answers.question"), texts.fill("answers.answer"))
    return Table(group.title, columns, rows, values_are_figures=False)


def _attachments(facts: ReceiptFacts, texts: Texts) -> tuple[Section, ...]:
    if not facts.attachments:
        return ()
    return (Section("attachments", texts.fill("attachments.title"), (), facts.attachments),)
