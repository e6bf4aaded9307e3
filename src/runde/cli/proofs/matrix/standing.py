"""Gives each town of the region something in every table and every state, so that there is something to leak."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import synthetic_account, synthetic_orgnr
from runde.foundation.forms.api import put_in_bank
from runde.foundation.people.api import ask_to_act, register_person
from runde.foundation.trust.api import fence
from runde.grants.applications.api import NewApplication, get_receipt, start_many, submit_many
from runde.grants.casework.api import (
    Case,
    Line,
    accept_grant,
    approve_proposal,
    ask_information,
    confirm_reading,
    declare_impartiality,
    draft_appeal,
    draft_message,
    list_cases,
    may_step,
    move_cases,
    open_reversal,
    propose,
    propose_as_checked,
    return_proposal,
    say_delay,
    send_appeal,
    send_message,
    tell_waiting,
    write_letters,
)
from runde.grants.designs.api import share_version, start_draft_from_version
from runde.grants.payments.api import (
    Payment,
    approve_batch,
    ask_account_change,
    bank_file_bytes,
    mark_sent,
    prepare_batch,
    return_batch,
)
from runde.grants.schemes.api import (
    CallTerms,
    attach_funding,
    get_call,
    move_call,
    open_call,
    publish_call,
    publish_version,
    sources_of,
)

from ..region import CALL, Town, answers, send
from .answered import answer_from_bank
from .begun import begin_things, change_call
from .budgeted import keep_the_books
from .files import hand_in
from .listed import work_the_list
from .paneled import judge
from .wording import change_letter, word_letters

COMPANIES = 18
A_DAY = timedelta(days=1)
TO_ACCEPT = f"{CALL}-godta"


def fill(town: Town, at: datetime) -> None:
    """Drafts, open, proposed, returned, granted and refused cases; batches prepared, returned, sealed and sent."""
    _design(town, at)
    _draft(town, town.companies[0], at)
    _ask(town, synthetic_orgnr(90_000), at)
    sent = send(town, town.companies[1:13], at)
    send(town, town.companies[13:15], at, fall="slight")
    with fence(town.id):
        get_receipt(application=sent[0], by=town.applying(at), at=at)
        cases = list_cases(get_call(CALL).id)
        green = [case.id for case in cases if case.lane == "green"]
        word_letters(town, at)
        change_letter(town, green[8], at)
        _settle(town, green, [case.id for case in cases if case.lane == "yellow"][0], at)
        _pay(town, at)
        _follow(town, at)
        begin_things(town, get_call(TO_ACCEPT), sent[0], at)
        for slug in (CALL, TO_ACCEPT):
            change_call(town, get_call(slug), at)
        _move(town, at)
        judge(town, at)
        work_the_list(town, at)
        keep_the_books(town, at)


def _design(town: Town, at: datetime) -> None:
    """A draft of the town's next version, the standing one on the shelf, and a question in the bank."""
    with fence(town.id):
        version, manager = get_call(CALL).scheme_version, town.actor("manager", at)
        share_version(version=version, by=manager, at=at)
        asked = version.form.definition["sections"][0]["questions"][0]
        put_in_bank(question=asked, by=manager, at=at)
        start_draft_from_version(version=version, by=manager, at=at)


def _ask(town: Town, number: str, at: datetime) -> None:
    """Somebody asks to act for a company that nobody acts for, so the municipality answers."""
    asker = register_person(email=f"spor@{town.tenant.slug}.example", name=f"Spør {town.mark}")
    with fence(town.id):
        ask_to_act(
            person=asker, organisation_number=number, role="leder", message="", caretaker=town.tenant, at=at
        )


def _move(town: Town, at: datetime) -> None:
    """The scheme's next version, and an open case judged by it from now on."""
    call, manager = get_call(CALL), town.actor("manager", at)
    known = call.scheme_version
    newer = publish_version(
        scheme=known.scheme,
        texts=known.texts,
        rules=known.rules,
        form=known.form,
        legal_basis=known.legal_basis,
        by=manager,
        at=at,
    )
    move_call(call=get_call(TO_ACCEPT), to_version=newer, reason=f"{town.mark} retter.", by=manager, at=at)
    case = next(one for one in list_cases(call.id) if one.state == Case.State.OPEN)
    _delay(town, at)
    reason = f"{town.mark} har rettet ordningen."
    move_cases(call=call, version=newer, case_ids=[case.id], key="flytt", reason=reason, by=manager, at=at)


def _delay(town: Town, at: datetime) -> None:
    """The answer comes later than said, and the applicants who have waited too long are told."""
    by = town.actor("officer", at)
    case = next(one for one in list_cases(get_call(CALL).id) if may_step(one, "delay", by=by))
    after = timezone.localdate(at) + timedelta(days=400)
    words = f"{town.mark} venter på en uttalelse."
    say_delay(
        case_id=case.id,
        expected_date=after,
        reason_code="other",
        reason_text=words,
        by=by,
        at=at,
    )
    tell_waiting(at=at + timedelta(days=365))


def _draft(town: Town, number: str, at: datetime) -> None:
    new = NewApplication(number, answers(number, "slight", town.mark))
    with fence(town.id):
        start_many(call=get_call(CALL), new=[new], by=town.applying(at), at=at)


def _settle(town: Town, green: Sequence[UUID], yellow: UUID, at: datetime) -> None:
    officer, approver = town.actor("officer", at), town.actor("approver", at)
    returned = propose_as_checked(case_ids=green[:1], by=officer, at=at, declares_impartial=True)
    return_proposal(proposal_id=returned.id, reason=f"Se på dette igjen, {town.mark}.", by=approver, at=at)
    granted = propose_as_checked(case_ids=green[:8], by=officer, at=at, declares_impartial=True)
    _approve(granted.id, town, at)
    words = f"{town.mark} har ikke vist til forhold som gir rett til støtte."
    line = Line(yellow, "refused", "discretion_refused", None, words)
    refused = propose(lines=[line], by=officer, at=at, declares_impartial=True)
    [decided] = _approve(refused.id, town, at)
    open_reversal(
        decision_id=decided, ground="no_harm", why=f"{town.mark} ser på det igjen.", by=officer, at=at
    )
    propose_as_checked(case_ids=green[8:10], by=officer, at=at, declares_impartial=True)
    declare_impartiality(
        case_id=green[10], is_impartial=False, reason=f"{town.mark} er i familie.", by=officer, at=at
    )


def _follow(town: Town, at: datetime) -> None:
    """A case with everything after sending: asked, answered, granted, read, accepted and appealed, on a new account."""
    officer, by, tomorrow = town.actor("officer", at), town.applying(at), timezone.localdate(at) + A_DAY
    case_id = _sent_to_accept(town, at)
    request = ask_information(
        case_id=case_id, text=f"{town.mark} spør.", due_date=tomorrow, by=officer, at=at
    )
    message = draft_message(case_id=case_id, by=by, at=at, from_applicant=True)
    send_message(message_id=message.id, text=f"{town.mark} svarer.", answers=request.id, by=by, at=at)
    granted = propose_as_checked(case_ids=[case_id], by=officer, at=at, declares_impartial=True)
    [decision_id] = _approve(granted.id, town, at)
    confirm_reading(decision_id=decision_id, by=by, at=at)
    accept_grant(decision_id=decision_id, by=by, at=at)
    appeal = draft_appeal(decision_id=decision_id, by=by, at=at)
    send_appeal(appeal_id=appeal.id, text=f"{town.mark} vil ha mer.", by=by, at=at)
    ask_account_change(case_id=case_id, account_number=synthetic_account(99_001), by=by, at=at)
    unsent = draft_message(case_id=case_id, by=by, at=at, from_applicant=True)
    hand_in(unsent.id, by, at)


def _sent_to_accept(town: Town, at: datetime) -> UUID:
    """The case of an application to a call whose grants must be accepted."""
    known, manager, by = get_call(CALL), town.actor("manager", at), town.applying(at)
    call = open_call(
        scheme_version=known.scheme_version,
        slug=TO_ACCEPT,
        opens_at=known.opens_at,
        closes_at=known.closes_at,
        answer_by_date=known.answer_by_date,
        euro_rate=known.euro_rate,
        euro_rate_date=known.euro_rate_date,
        euro_rate_source=known.euro_rate_source,
        terms=CallTerms(needs_acceptance=True, acceptance_days=14),
        by=manager,
        at=at,
    )
    for rank, source in enumerate(sources_of(known), start=1):
        attach_funding(call=call, source=source, rank=rank, by=manager, at=at)
    call = publish_call(call=call, by=manager, at=at)
    number = town.companies[15]
    new = [NewApplication(number, answers(number, "deep", town.mark))]
    submit_many(applications=start_many(call=call, new=new, by=by, at=at), by=by, at=at)
    return list_cases(call.id)[0].id


def _approve(proposal_id: UUID, town: Town, at: datetime) -> tuple[UUID, ...]:
    approver = town.actor("approver", at)
    done = approve_proposal(proposal_id=proposal_id, key=str(proposal_id), by=approver, at=at)
    write_letters(decision_ids=done.decision_ids, at=at)
    return done.decision_ids


def _pay(town: Town, at: datetime) -> None:
    """Four batches of two payments each."""
    first, second = town.actor("finance", at), town.actor("second_finance", at)
    payments = list(Payment.objects.order_by("reference"))
    day = max(payment.due_date for payment in payments)
    pairs = [[one.id for one in payments[place : place + 2]] for place in (0, 2, 4)]
    batches = [prepare_batch(execution_date=day, payment_ids=pair, by=first, at=at) for pair in pairs]
    return_batch(batch_id=batches[0].id, reason=f"Feil dag, {town.mark}.", by=second, at=at)
    for batch in batches[1:]:
        approve_batch(batch_id=batch.id, key=str(batch.id), by=second, at=at)
        bank_file_bytes(batch_id=batch.id, by=second, at=at)
    mark_sent(batch_id=batches[1].id, by=first, at=at)
    answer_from_bank(town, batches[1], at)
    prepare_batch(execution_date=day, payment_ids=pairs[0], by=second, at=at)
