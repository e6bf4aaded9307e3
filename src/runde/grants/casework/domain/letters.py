"""The decision letter, built from the decision's snapshot alone: no register, no rules, no database.

Made again years later it says the same, in the same sentences the officer and the applicant saw on screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from runde.engine.reference.api import Language, amount_text, date_text, format_orgnr
from runde.engine.rules import CriterionResult, RowResult, Verdict
from runde.engine.typeset.api import (
    AS_FIXED,
    Block,
    Contact,
    Criteria,
    CriterionRow,
    DecisionFacts,
    DeMinimisAid,
    Edit,
    Fact,
    GrantFacts,
    Letter,
    Person,
    Recipient,
    RefusalFacts,
    Section,
    Sender,
    Summary,
    Texts,
    Wording,
    edits_without_place,
    fixed_text,
    grant_letter,
    letter_fields,
    places_to_fill,
    refusal_letter,
    worded,
)
from runde.grants.letters.api import wording_in

from .changed import change_sentences
from .final import word_in
from .reasons import get_reason
from .set_by_hand import sentences_about
from .words import as_language, in_language, words

ALWAYS_SHOWN = ("base", "factor", "subtotal", "addition", "deduction")
LEAD = "reasons.lead"
APPEAL_DAY = "{appeal_day}"
ONLY_WHEN_APPLIED = ("floor", "cap", "rounding")


def letter_of(snapshot: Mapping[str, Any], *, is_demo: bool = False) -> Letter:
    """The letter of a decision, in the applicant's language."""
    language = as_language(snapshot["applicant"]["language"])
    verdict = Verdict.from_dict(snapshot["verdict"])
    given = _common(snapshot, verdict, language)
    given["mark"] = words("demo", language) if is_demo else None
    wording = given["wording"]
    if snapshot["outcome"]["outcome"] == "granted":
        grant = GrantFacts(**given, **_of_grant(snapshot, verdict, language))
        return _finished(grant_letter(grant), grant, verdict, wording)
    refusal = RefusalFacts(**given, short_reason=_sentence(snapshot, language))
    return _finished(refusal_letter(refusal), refusal, verdict, wording)


def unready(snapshot: Mapping[str, Any]) -> tuple[str, ...]:
    """Why the letter cannot be sent as it is, in whole sentences: places to fill, changes that lost their place."""
    part = snapshot.get("letter")
    if not part or not (part["edits"] or _has_places(part)):
        return ()
    found = []
    open_places = places_to_fill(letter_of(snapshot))
    if open_places:
        count = len(open_places)
        found.append(f"{count} felt må fylles ut før brevet kan sendes: {', '.join(open_places)}.")
    if lost_edits(snapshot):
        found.append("Et avsnitt som er endret for hånd, står ikke i brevet lenger. Behold eller slett det.")
    return tuple(found)


def _has_places(part: Mapping[str, Any]) -> bool:
    """Asked before the letter is composed: hardly any letter has a place to fill."""
    own = (*part["texts"].values(), *(text for rows in part["added"].values() for text in rows))
    return any("[[" in text for text in own)


def lost_edits(snapshot: Mapping[str, Any]) -> tuple[Edit, ...]:
    """What an officer changed in paragraphs the letter no longer has."""
    edits = wording_in(snapshot["letter"], _decided(snapshot)).edits if snapshot.get("letter") else ()
    return edits_without_place(letter_without_edits(snapshot), edits) if edits else ()


def letter_without_edits(snapshot: Mapping[str, Any]) -> Letter:
    """The letter as the template and the rules alone make it."""
    part = snapshot.get("letter")
    return letter_of({**snapshot, "letter": {**part, "edits": []}} if part else snapshot)


def _finished(letter: Letter, facts: DecisionFacts, verdict: Verdict, wording: Wording) -> Letter:
    letter = _with_criteria(letter, verdict)
    if not wording.added and not wording.edits:
        return letter
    return worded(letter, wording, letter_fields(facts))


def _wording(snapshot: Mapping[str, Any]) -> Wording:
    """The municipality's own words, frozen with the decision; older decisions have none."""
    part = snapshot.get("letter")
    wording = wording_in(part, _decided(snapshot)) if part else AS_FIXED
    return _without_appeal_day(wording) if word_in(snapshot) else wording


def _without_appeal_day(wording: Wording) -> Wording:
    """What names the last day to appeal is left out of a letter nobody can appeal against."""
    texts = {key: text for key, text in wording.texts.items() if APPEAL_DAY not in text}
    added = {
        block: tuple(text for text in rows if APPEAL_DAY not in text) for block, rows in wording.added.items()
    }
    return replace(wording, texts=texts, added={block: rows for block, rows in added.items() if rows})


def _decided(snapshot: Mapping[str, Any]) -> date:
    return date.fromisoformat(snapshot["outcome"]["decided_date"])


def _common(snapshot: Mapping[str, Any], verdict: Verdict, language: Language) -> dict[str, Any]:
    authority, applicant, outcome = snapshot["authority"], snapshot["applicant"], snapshot["outcome"]
    decided = _decided(snapshot)
    return {
        "language": language,
        "sender": Sender(authority["name"]),
        "recipient": _recipient(applicant, language),
        "contact": _contact(authority),
        "case_number": outcome["case_number"],
        "scheme": _mid_sentence(in_language(snapshot["scheme"]["texts"]["name"], language)),
        "applied_date": date.fromisoformat(applicant["submitted_date"]),
        "decided_date": decided,
        "notified_date": decided,
        "made_at": datetime.fromisoformat(outcome["decided_at"]),
        "officer": Person(outcome["prepared_by_name"], words("officer", language)),
        "approver": Person(outcome["decided_by_name"], words("approver", language)),
        "authority": _of_scheme(snapshot, "authority", language),
        "appeal_body": _of_scheme(snapshot, "appeal_body", language),
        "scheme_rules": f"{in_language(snapshot['scheme']['legal_basis']['guidelines'], language)}.",
        "reasons": _reasons(snapshot, verdict, language),
        "register_date": _register_date(applicant["facts"]),
        "wording": _wording(snapshot),
        "fields": (snapshot.get("letter") or {}).get("fields", {}),
        "final": word_in(snapshot),
    }


def _recipient(applicant: Mapping[str, Any], language: Language) -> Recipient:
    number = format_orgnr(applicant["organisation_number"])
    address = applicant["facts"].get("address", [])
    return Recipient(
        applicant["company_name"], (*address, words("organisation_number", language, number=number))
    )


def _contact(authority: Mapping[str, Any]) -> Contact:
    reach = authority["contact_phone"] or authority["contact_email"] or authority["name"]
    return Contact(authority["contact_name"] or authority["name"], reach)


def _of_scheme(snapshot: Mapping[str, Any], key: str, language: Language) -> str:
    """What the scheme's legal basis says of itself, or the usual word."""
    own = snapshot["scheme"]["legal_basis"].get(key)
    return in_language(own, language) if own else words(key, language)


def _sentence(snapshot: Mapping[str, Any], language: Language) -> str:
    return in_language(get_reason(snapshot["outcome"]["reason_code"]).sentence, language)


def _reasons(snapshot: Mapping[str, Any], verdict: Verdict, language: Language) -> tuple[str, ...]:
    """The coded reason and the officer's own words. A refusal says the first on top: not again beside own words."""
    outcome = snapshot["outcome"]
    own = tuple(text.strip() for text in outcome["reason_text"].split("\n") if text.strip())
    own = (*change_sentences(snapshot, language), *own)
    own = (*own, *_gone_past(snapshot, language), *sentences_about(snapshot, verdict, language))
    own = (*own, *_moved(snapshot, language))
    if own and outcome["outcome"] == "refused":
        return own
    return (_sentence(snapshot, language), *own)


def _gone_past(snapshot: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    """The officer's own words for each criterion that is not met and yet does not stand in the way."""
    found = snapshot.get("weighing", {}).get("deviations", ())
    asked = {one["slug"]: one["texts"][language]["requirement"] for one in snapshot["verdict"]["criteria"]}
    return tuple(
        words("gone_past", language, requirement=asked[one["criterion"]], words=one["words"]) for one in found
    )


def _moved(snapshot: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    """Rules other than those in force when the applicant applied are told, with the reason."""
    move = snapshot.get("move")
    if move is None:
        return ()
    day = date_text(date.fromisoformat(move["moved_date"]), language)
    number = str(move["version_number"])
    return (words("moved", language, number=number, date=day, reason=move["reason"]),)


def _register_date(facts: Mapping[str, Any]) -> date | None:
    days = [one["as_of"] for one in facts.get("register", {}).values() if one["as_of"]]
    return date.fromisoformat(max(days)) if days else None


def _of_grant(snapshot: Mapping[str, Any], verdict: Verdict, language: Language) -> dict[str, Any]:
    amount = Decimal(snapshot["outcome"]["amount_nok"])
    conditions = snapshot["scheme"]["texts"].get("conditions", [])
    return {
        "amount_nok": amount,
        "account": snapshot["applicant"]["account_number"],
        "conditions": (*(in_language(one, language) for one in conditions), *_follow_up(snapshot, language)),
        "calculation": _calculation(verdict, amount, language),
        "aid": _aid(snapshot["scheme"], amount),
    }


def _follow_up(snapshot: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    """What the recipient must do after a grant, with its last day."""
    asked = snapshot.get("follow_up") or {}
    found = []
    if asked.get("accept_by_date"):
        day = date_text(date.fromisoformat(asked["accept_by_date"]), language)
        found.append(words("accept_condition", language, day=day))
    if asked.get("report_days"):
        found.append(words("report_condition", language, days=str(asked["report_days"])))
    return tuple(found)


def _calculation(verdict: Verdict, amount: Decimal, language: Language) -> tuple[Fact, ...]:
    """The rows a reader needs; with another amount than the rules gave, also what they gave."""
    rows = [_row(row, language) for row in verdict.rows if _is_shown(row)]
    if verdict.rows and verdict.rows[-1].value not in (None, amount):
        calculated = verdict.rows[-1].value or Decimal(0)
        rows.append(Fact(words("calculated", language), amount_text(calculated, language)))
    return tuple(rows)


def _is_shown(row: RowResult) -> bool:
    if row.value is None or row.audit_only:
        return False
    return row.kind in ALWAYS_SHOWN or (row.kind in ONLY_WHEN_APPLIED and row.applied)


def _row(row: RowResult, language: Language) -> Fact:
    texts = row.texts[language]
    label = f"{texts['label']}: {texts['workings']}" if texts["workings"] else texts["label"]
    return Fact(label, texts["shown"])


def _aid(scheme: Mapping[str, Any], amount: Decimal) -> DeMinimisAid | None:
    rule = scheme["legal_basis"].get("aid_rule")
    if not rule:
        return None
    rate = Decimal(scheme["euro_rate"])
    euros = (amount / rate).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return DeMinimisAid(euros, rate.normalize(), date.fromisoformat(scheme["euro_rate_date"]), rule)


def _with_criteria(letter: Letter, verdict: Verdict) -> Letter:
    """Every criterion in the rules' own sentences; in a refusal the unmet ones in the short box too."""
    texts = Texts(letter.kind, letter.language, letter.letter_date)
    criteria = _criteria(verdict, texts, letter.language)
    unmet = _unmet(verdict, letter.language) if letter.kind == "refusal" else ()
    lead = texts.fill(LEAD)
    blocks: list[Block] = []
    for block in letter.blocks:
        if isinstance(block, Summary):
            blocks.append(replace(block, facts=(*unmet, *block.facts)))
        elif isinstance(block, Section) and block.name == "reasons":
            blocks += [_without(block, lead), *([criteria] if criteria.rows else [])]
        else:
            blocks.append(block)
    return replace(letter, blocks=tuple(blocks), text_ids=_ids(letter, texts))


def _without(section: Section, lead: str) -> Section:
    """The usual lead says that every requirement is met, or not: here the coded reason says what is true."""
    first, *rest = section.paragraphs
    return replace(section, paragraphs=tuple(rest)) if first == lead and rest else section


def _ids(letter: Letter, texts: Texts) -> tuple[str, ...]:
    lead = fixed_text(letter.kind, LEAD, letter.language, letter.letter_date).id
    return tuple(one for one in dict.fromkeys((*letter.text_ids, *texts.used)) if one != lead)


def _criteria(verdict: Verdict, texts: Texts, language: Language) -> Criteria:
    columns = ("criteria.requirement", "criteria.found", "criteria.verdict")
    return Criteria(
        texts.fill("criteria.caption"),
        (texts.fill(columns[0]), texts.fill(columns[1]), texts.fill(columns[2])),
        tuple(_criterion(result, texts, language) for result in _unmet_first(verdict)),
    )


def _criterion(result: CriterionResult, texts: Texts, language: Language) -> CriterionRow:
    verdicts = {"met": "criteria.met", "not_met": "criteria.not_met", "unknown": "criteria.weighed"}
    said = result.texts[language]
    word = texts.fill(verdicts[result.outcome])
    return CriterionRow(said["requirement"], said["reason"], word, result.outcome == "met")


def _unmet(verdict: Verdict, language: Language) -> tuple[Fact, ...]:
    """A short name and the whole sentence for each unmet criterion; one for each name, the rest is in the table."""
    named: dict[str, str] = {}
    for result in verdict.not_met:
        named.setdefault(_name(result, language), result.texts[language]["reason"])
    return tuple(Fact(name, sentence) for name, sentence in named.items())


def _name(result: CriterionResult, language: Language) -> str:
    wanted = result.distance.name if result.distance else None
    named = next((value for value in result.values if value.name == wanted), None) or result.values[0]
    return in_language(named.label, language)


def _unmet_first(verdict: Verdict) -> list[CriterionResult]:
    order = {"not_met": 0, "unknown": 1, "met": 2}
    return sorted(verdict.criteria, key=lambda result: order[result.outcome])


def _mid_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]
