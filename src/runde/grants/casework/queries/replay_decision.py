"""A decision judged again from what was frozen with it: neither the scheme nor the register is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from runde.engine.rules import CompiledRuleSet, RuleError, RuleSet, compile_ruleset
from runde.foundation.documents.api import find_document
from runde.foundation.journal.api import events_of
from runde.foundation.trust.api import NotFound
from runde.grants.applications.api import Values, revived_values

from ..domain.differences import Difference, differences
from ..domain.evidence import EVIDENCE, digest_of
from ..domain.overrides import as_values, overrides_in
from ..domain.snapshot import seal_over
from ..models import Case, Decision, FrozenPart
from ..operations.write_letters import letter_key

NO_EVIDENCE = "Vedtaket har ikke bevis som kan spilles av: det er fattet før bevisene ble frosset."
BROKEN_SEAL = "Seglet stemmer ikke: det som ligger i vedtaket, er ikke det som ble forseglet."
OTHER_SEAL = "Journalen har et annet segl for dette vedtaket enn det som ligger i vedtaket."
NOT_IN_JOURNAL = "Journalen forteller ikke om dette vedtaket."
OTHER_COLUMNS = "Utfallet eller beløpet i vedtaket er et annet enn det som ble forseglet."
OTHER_LETTER = "Brevet er skrevet for et vedtak med et annet segl."

Parts = Mapping[tuple[str, str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Replayed:
    """How a decision came out when it was judged again. `faults` are what is altered or missing in the evidence.

    `differences` are between the frozen verdict and the new one; `lane` and `amount_nok` are of the new one, and empty
    when the evidence could not be judged. `decided_nok` is what was decided, which people may have set otherwise.
    """

    decision_id: UUID
    case_number: str
    number: int
    decided_at: datetime
    outcome: str
    decided_nok: Decimal
    seal: str
    rules_name: str
    rules_digest: str
    judged_on: date | None
    lane: str
    amount_nok: Decimal | None
    faults: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether everything is as it was frozen, and comes out the same."""
        return not self.faults and not self.differences


def find_decisions(wanted: str) -> list[Decision]:
    """By case number ("26/1216"), or by the id of a case or a decision: every decision meant, oldest first."""
    found = Decision.objects.select_related("case").order_by("case_id", "number")
    as_id = _as_id(wanted)
    if as_id is None:
        return list(found.filter(case__number=wanted.strip()))
    return list(found.filter(id=as_id)) or list(found.filter(case_id=as_id))


def replay_decision(decision_id: UUID) -> Replayed:
    """Judge one decision again and compare. Raises NotFound. The caller has asked whether it may be read."""
    decision = Decision.objects.select_related("case").filter(id=decision_id).first()
    if decision is None:
        raise NotFound("Vi finner ikke vedtaket. Gå tilbake til saken og åpne det derfra.")
    evidence = decision.snapshot.get("evidence") or {}
    digests = [evidence.get("rules", ""), evidence.get("texts", "")]
    kept = FrozenPart.objects.filter(digest__in=digests)
    faults = [*_journal_faults(decision), *_letter_faults(decision)]
    return replayed(decision, {(one.kind, one.digest): one.content for one in kept}, faults)


def replayed(decision: Decision, parts: Parts, faults: list[str] | None = None) -> Replayed:
    """The same from what is at hand: the decision and the parts it names. `faults` are those found elsewhere."""
    snapshot = decision.snapshot
    evidence = snapshot.get("evidence") or {}
    found = [*_sealing_faults(decision), *(faults or []), *_part_faults(evidence, parts)]
    again = _judged(evidence, parts, found)
    was = snapshot.get("verdict") or {}
    return Replayed(
        decision_id=decision.id,
        case_number=decision.case.number,
        number=decision.number,
        decided_at=decision.decided_at,
        outcome=decision.outcome,
        decided_nok=decision.amount_nok,
        seal=decision.seal,
        rules_name=again["ruleset"] if again else "",
        rules_digest=again["digest"] if again else "",
        judged_on=date.fromisoformat(again["on"]) if again else None,
        lane=again["lane"] if again else "",
        amount_nok=Decimal(again["amount_nok"]) if again and again["amount_nok"] else None,
        faults=tuple(found),
        differences=differences(was, again) if again else (),
    )


def _judged(evidence: Mapping[str, Any], parts: Parts, faults: list[str]) -> Mapping[str, Any] | None:
    """The verdict once more, as plain data; None with a fault when it cannot be judged."""
    content = parts.get((FrozenPart.Kind.RULES, evidence.get("rules", "")))
    if content is None:
        return None
    try:
        rules = compile_ruleset(RuleSet.from_dict(content))
        return _verdict(rules, evidence)
    except (RuleError, KeyError, ValueError, TypeError) as error:
        faults.append(f"Reglene eller opplysningene som ligger i beviset, kan ikke brukes: {error}")
        return None


def _verdict(rules: CompiledRuleSet, evidence: Mapping[str, Any]) -> Mapping[str, Any]:
    known: Values = revived_values(evidence["known"])
    on = date.fromisoformat(evidence["judged_on"])
    return rules.check(known, on, as_values(overrides_in(evidence["overrides"]))).to_dict()


def _sealing_faults(decision: Decision) -> list[str]:
    snapshot = decision.snapshot
    if seal_over(snapshot) != decision.seal:
        return [BROKEN_SEAL]
    told = snapshot["outcome"]
    decided = (told["outcome"], Decimal(told["amount_nok"]), told["decision_id"])
    if decided != (decision.outcome, decision.amount_nok, str(decision.id)):
        return [OTHER_COLUMNS]
    return []


def _part_faults(evidence: Mapping[str, Any], parts: Parts) -> list[str]:
    if evidence.get("format") != EVIDENCE:
        return [NO_EVIDENCE]
    faults = []
    for kind in FrozenPart.Kind:
        digest = evidence.get(kind.value, "")
        content = parts.get((kind, digest))
        if content is None:
            faults.append(f"{kind.label} som vedtaket bygger på, mangler i beviset.")
        elif digest_of(kind, content) != digest:
            faults.append(f"{kind.label} som vedtaket bygger på, er endret etter at det ble fattet.")
    return faults


def _journal_faults(decision: Decision) -> list[str]:
    """The journal is chained and witnessed: who alters a decision and its seal would have to alter that too."""
    told = [
        one.payload.get("seal")
        for one in events_of([("case", decision.case_id)])
        if one.action == "casework.decided" and one.payload.get("decision") == str(decision.id)
    ]
    if not told:
        return [NOT_IN_JOURNAL]
    return [] if told == [decision.seal] else [OTHER_SEAL]


def _letter_faults(decision: Decision) -> list[str]:
    letter = find_document(letter_key(decision.id))
    if letter is None or letter.data.get("seal") == decision.seal:
        return []
    return [OTHER_LETTER]


def _as_id(wanted: str) -> UUID | None:
    try:
        return UUID(wanted.strip())
    except ValueError:
        return None


def is_case(wanted: str) -> bool:
    """Whether a case by that number or id is here at all, decided or not."""
    as_id = _as_id(wanted)
    known = Case.objects.filter(id=as_id) if as_id else Case.objects.filter(number=wanted.strip())
    return known.exists()
