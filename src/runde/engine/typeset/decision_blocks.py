"""The blocks that a grant and a refusal share, in the words of the fixed texts."""

from collections.abc import Iterable
from datetime import date

from runde.engine.reference.api import amount_text, date_text, deadline, rules_text, weekday_date_text
from runde.engine.typeset.facts import BodyWord, Contact, Criterion, DecisionFacts
from runde.engine.typeset.letter import Block, Criteria, CriterionRow, Fact, Section, Signatures
from runde.engine.typeset.requirements import LONGEST_HEADING
from runde.engine.typeset.texts import Texts

_RULE_KEYS = ("access", "reasons", "appeal", "suspension", "costs")
_FINAL_RULE_KEYS = ("access", "reasons", "costs")


def appeal_last_date(facts: DecisionFacts) -> date:
    """The last day to appeal, by the deadline rule in force on the day of the notice."""
    return deadline("appeal", facts.notified_date)


def texts_of(kind: str, facts: DecisionFacts) -> Texts:
    """The fixed texts of the kind, or the wording that stands in their place."""
    fields = letter_fields(facts) if facts.wording.texts else {}
    return Texts(kind, facts.language, facts.decided_date, wording=facts.wording, fields=fields)


def letter_fields(facts: DecisionFacts) -> dict[str, str]:
    """What own wording may name in any text of the letter, by slot."""
    return {
        "company": facts.recipient.name,
        "case_number": facts.case_number,
        "scheme": facts.scheme,
        "applied_day": date_text(facts.applied_date, facts.language),
        "decided_day": date_text(facts.decided_date, facts.language),
        "appeal_body": facts.appeal_body,
        "sender": facts.sender.name,
        "department": facts.contact.department,
        "phone": facts.contact.phone,
        **_appeal_day(facts),
        **_amount(facts),
        **facts.fields,
    }


def _appeal_day(facts: DecisionFacts) -> dict[str, str]:
    """Nothing when nobody can appeal: wording that names the day has no place in such a letter."""
    return {} if facts.final else {"appeal_day": weekday_date_text(appeal_last_date(facts), facts.language)}


def _amount(facts: DecisionFacts) -> dict[str, str]:
    amount = getattr(facts, "amount_nok", None)
    return {} if amount is None else {"amount": amount_text(amount, facts.language)}


def result_heading(full: str, short: str) -> str:
    """The heading with the recipient's name, or without it when the result would come too late to be read."""
    return full if len(full) <= LONGEST_HEADING else short


def appeal_row(facts: DecisionFacts, texts: Texts) -> Fact:
    """In the short box: the last day to appeal, or that the appeal body has ended the case."""
    if facts.final:
        return Fact(texts.fill("summary.final"), texts.fill("summary.final_value"))
    return Fact(texts.fill("summary.appeal"), weekday_date_text(appeal_last_date(facts), facts.language))


def reasons_blocks(facts: DecisionFacts, texts: Texts) -> tuple[Block, ...]:
    """Why: the kind's own lead, the officers' reasons, where the facts came from, then each criterion."""
    paragraphs = [texts.fill("reasons.lead"), *facts.reasons]
    if facts.register_date is not None:
        paragraphs.append(texts.fill("reasons.sources", date=date_text(facts.register_date, facts.language)))
    section = Section("reasons", texts.fill("reasons.title"), tuple(paragraphs))
    return (section, _criteria(facts.criteria, texts)) if facts.criteria else (section,)


def unmet_first(criteria: Iterable[Criterion]) -> list[Criterion]:
    """The criteria with the unmet before the weighed before the met, otherwise in the scheme's order."""
    return sorted(criteria, key=lambda c: {False: 0, None: 1, True: 2}[c.is_met])


def shortfall(criterion: Criterion, texts: Texts) -> str:
    """What was found, what was asked and how much was missing."""
    if criterion.distance is None:
        return texts.fill("criteria.unmet", found=criterion.found, required=criterion.required)
    return texts.fill(
        "criteria.short",
        found=criterion.found,
        required=criterion.required,
        distance=criterion.distance,
    )


def closing_blocks(
    facts: DecisionFacts, texts: Texts, extra_rule_keys: tuple[str, ...] = ()
) -> tuple[Block, ...]:
    """Appeal, access, contact, signatures and, last, the rules."""
    return (
        _final(facts, facts.final, texts) if facts.final else _appeal(facts, texts),
        Section("access", texts.fill("access.title"), (texts.fill("access.body"),)),
        contact_section(facts.contact, facts.case_number, texts),
        _signatures(facts, texts),
        _rules(facts, texts, extra_rule_keys),
    )


def contact_section(contact: Contact, case_number: str, texts: Texts) -> Section:
    """Where to ask, and with what number."""
    body = texts.fill(
        "contact.body", department=contact.department, phone=contact.phone, case_number=case_number
    )
    return Section("contact", texts.fill("contact.title"), (body,))


def _criteria(criteria: Iterable[Criterion], texts: Texts) -> Criteria:
    verdicts = {True: "criteria.met", False: "criteria.not_met", None: "criteria.weighed"}
    return Criteria(
        texts.fill("criteria.caption"),
        (
            texts.fill("criteria.requirement"),
            texts.fill("criteria.found"),
            texts.fill("criteria.verdict"),
        ),
        tuple(
            CriterionRow(
                _requirement(c), _found(c, texts), texts.fill(verdicts[c.is_met]), c.is_met is not False
            )
            for c in unmet_first(criteria)
        ),
    )


def _requirement(criterion: Criterion) -> str:
    return f"{criterion.name}: {criterion.required}"


def _found(criterion: Criterion, texts: Texts) -> str:
    if criterion.distance is None:
        return criterion.found
    return texts.fill("criteria.found_short", found=criterion.found, distance=criterion.distance)


def _appeal(facts: DecisionFacts, texts: Texts) -> Section:
    last_day = weekday_date_text(appeal_last_date(facts), facts.language)
    return Section(
        "appeal",
        texts.fill("appeal.title"),
        (
            texts.fill("appeal.how", last_day=last_day),
            texts.fill("appeal.then", appeal_body=facts.appeal_body),
            texts.fill("appeal.help"),
        ),
    )


def _final(facts: DecisionFacts, word: BodyWord, texts: Texts) -> Section:
    """In the place of how to appeal: whose word the case ends with, and where it is written."""
    about = [texts.fill("final.who", appeal_body=facts.appeal_body)]
    if word.decided_date and word.reference:
        day = date_text(word.decided_date, facts.language)
        about.append(texts.fill("final.where", date=day, reference=word.reference))
    body = " ".join((*about, texts.fill("final.body")))
    return Section("appeal", texts.fill("final.title"), (body, texts.fill("final.costs")))


def _signatures(facts: DecisionFacts, texts: Texts) -> Signatures:
    officer, approver = facts.officer, facts.approver
    return Signatures(
        texts.fill("signatures.title"),
        (
            texts.fill("signatures.officer", name=officer.name, title=officer.title),
            texts.fill(
                "signatures.approver", name=approver.name, title=approver.title, authority=facts.authority
            ),
        ),
        texts.fill("signatures.statement"),
    )


def _rules(facts: DecisionFacts, texts: Texts, extra_keys: tuple[str, ...]) -> Section:
    keys = _FINAL_RULE_KEYS if facts.final else _RULE_KEYS
    acts = rules_text((*extra_keys, *keys), facts.decided_date, facts.language)
    return Section("rules", texts.fill("rules.title"), (f"{facts.scheme_rules} {acts}",), is_quiet=True)
