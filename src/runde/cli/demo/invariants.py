"""What must hold after the round, asked of the database and of the sealed files themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from runde.cli.audit import run_audit
from runde.engine.bank.api import read_pain001, validate_bank_file
from runde.foundation.documents.api import standing_keys
from runde.foundation.journal.api import verify_all, witness
from runde.foundation.ledger.api import is_balanced
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, latest_decisions, letter_key, list_cases
from runde.grants.payments.api import bank_file_bytes, list_batches, reconciliation

from .round import Account, Round
from .setting import acting


@dataclass(slots=True)
class Outcome:
    """The round in figures. Amounts in whole NOK.

    `stages` is where this process spent its time. `letters_bare_seconds` is what typst alone needed for the same
    letters in the same run, on the same processors; 0 when it was not asked.
    """

    applications: int = 0
    granted: int = 0
    refused: int = 0
    referred: int = 0
    awarded_nok: int = 0
    paid_nok: int = 0
    letters: int = 0
    bank_files: int = 0
    bank_file_valid: bool = True
    ledger_balanced: bool = True
    journal_verified: bool = True
    seconds: float = 0.0
    stages: Mapping[str, float] = field(default_factory=dict)
    letters_bare_seconds: float = 0.0


def find_breaches(account: Account) -> tuple[Outcome, list[str]]:
    """Count the round up again from what is stored; and every promise that was not kept, in words."""
    outcome, breaches = Outcome(seconds=round(account.seconds, 2), stages=account.stages), []
    for one in account.rounds:
        with fence(one.tenant_id):
            breaches += _count(one, outcome, account)
    outcome.journal_verified = _verify_journals(account)
    if not outcome.bank_file_valid:
        breaches.append("en bankfil følger ikke skjemaet")
    if not outcome.ledger_balanced:
        breaches.append("hovedboka balanserer ikke")
    if not outcome.journal_verified:
        breaches.append("journalen er ikke hel")
    if outcome.applications != outcome.granted + outcome.refused + outcome.referred:
        breaches.append("søknadene går ikke opp i innvilget, avslag og til vurdering")
    if outcome.paid_nok != outcome.awarded_nok:
        breaches.append("betalt og innvilget er ikke like")
    if outcome.letters != outcome.granted + outcome.refused:
        breaches.append("det mangler vedtaksbrev")
    breaches += [f"revisjonen: {finding}" for finding in run_audit().findings]
    return outcome, breaches


def _verify_journals(account: Account) -> bool:
    """Let the municipalities witness each other, then walk every chain."""
    witness([one.tenant_id for one in account.rounds], at=account.ended_at)
    return all(report.holds for report in verify_all())


def _count(one: Round, outcome: Outcome, account: Account) -> list[str]:
    cases = list_cases(one.setting.call.id)
    decisions = latest_decisions([case.id for case in cases])
    kinds = Counter(decision.outcome for decision in decisions.values())
    outcome.applications += len(one.applications)
    outcome.granted += kinds["granted"]
    outcome.refused += kinds["refused"]
    outcome.referred += sum(case.state != Case.State.DECIDED for case in cases)
    outcome.awarded_nok += int(sum((decision.amount_nok for decision in decisions.values()), Decimal(0)))
    outcome.letters += len(standing_keys([letter_key(decision.id) for decision in decisions.values()]))
    outcome.ledger_balanced &= is_balanced()
    totals = reconciliation()
    breaches = _count_files(one, outcome, account)
    if not totals.agree:
        breaches.append(f"{one.municipality.town.name}: vedtak, bankfil og sendt er ikke like")
    return breaches


def _count_files(one: Round, outcome: Outcome, account: Account) -> list[str]:
    breaches = []
    finance = acting(one.municipality.staff.finance, account.ended_at)
    for row in list_batches():
        content = bank_file_bytes(batch_id=row.batch.id, by=finance, at=account.ended_at).content
        problems = validate_bank_file(content)
        outcome.bank_files += 1
        outcome.bank_file_valid &= not problems
        outcome.paid_nok += int(read_pain001(content).sum_nok)
        breaches += [f"bankfil {row.batch.number}: {problem}" for problem in problems]
    return breaches
