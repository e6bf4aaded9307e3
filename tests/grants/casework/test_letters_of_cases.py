"""Letters that are no decision, made from real cases: kept once, seen by the party, worded by the municipality."""

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from runde.engine.reference.api import deadline, weekday_date_text
from runde.foundation.documents.api import Version, find_document, list_documents, read_version
from runde.foundation.notices.models import Notice
from runde.foundation.people.api import Role
from runde.grants.casework import api as casework
from runde.grants.casework.models import AppealStep, ProvisionalReply
from runde.grants.casework.operations import waiting_letters
from runde.grants.casework.operations.appeal_letters import appeal_letter_key, statement_key, write_interim
from runde.grants.casework.operations.provisional import tell_waiting
from runde.grants.casework.operations.queue_letters import queue_missing_letters
from runde.grants.casework.operations.receipts import write_receipt
from runde.grants.casework.operations.waiting_letters import waiting_letter_key, write_waiting_letters
from runde.grants.casework.queries.appeal_page import appeal_page, partys_appeal
from runde.grants.letters.api import (
    approve_template,
    ask_template_approval,
    start_template,
    take_in_use,
    write_text,
)
from tests.factories import an_actor

from .appealing import Board, refused_yellow
from .conftest import Office

LATE = timedelta(days=35)


@pytest.fixture
def board(office: Office) -> Board:
    return refused_yellow(office)


def text_in(version: Version | None) -> str:
    assert version is not None
    pages = PdfReader(io.BytesIO(read_version(version))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def plain(text: str) -> str:
    return " ".join(text.split())


def letter_of(subject_id: UUID) -> str:
    return text_in(find_document(appeal_letter_key(subject_id)))


def first_step(board: Board) -> AppealStep:
    return board.appeal().steps.get(number=1)


def test_a_provisional_reply_is_a_letter_of_the_case(office: Office) -> None:
    [case] = office.green()
    at = office.at + LATE
    tell_waiting(at=at)
    reply = ProvisionalReply.objects.get(case=case)
    assert write_waiting_letters(reply_ids=[reply.id], at=at + timedelta(minutes=3)) == 1
    text = text_in(find_document(waiting_letter_key(reply.id)))
    assert "Vi har ikke avgjort søknaden ennå" in text
    assert plain(weekday_date_text(reply.expected_date, "nb")) in text
    assert "i den rekkefølgen de kom" in text
    assert "§ 11 a" in text
    assert case.number in text
    [mail] = Notice.objects.filter(subject_id=case.id, key__startswith="provisional:")
    assert "Dette står også i et brev i saken." in mail.body
    assert [one.document.kind for one in list_documents("case", case.id)] == ["letter"]


def test_the_letter_is_made_once_and_the_same_whenever_it_is_made(office: Office) -> None:
    cases = office.green(2)
    at = office.at + LATE
    tell_waiting(at=at)
    replies = list(ProvisionalReply.objects.filter(case__in=cases).order_by("id"))
    tenant = waiting_letters.get_tenant(waiting_letters.current_tenant())
    early = [waiting_letters._sealing(one, tenant).content for one in replies]
    ids = [one.id for one in replies]
    assert write_waiting_letters(reply_ids=ids, at=at + timedelta(days=2)) == 2
    assert write_waiting_letters(reply_ids=ids, at=at + timedelta(days=3)) == 0
    kept = [find_document(waiting_letter_key(one.id)) for one in replies]
    assert [read_version(one) for one in kept if one] == early
    assert early[0] != early[1]


def test_the_next_reply_says_that_it_takes_longer(office: Office) -> None:
    [case] = office.green()
    tell_waiting(at=office.at + LATE)
    told = ProvisionalReply.objects.get(case=case)
    later = office.at + LATE + timedelta(days=(told.expected_date - (office.at + LATE).date()).days + 1)
    tell_waiting(at=later)
    second = ProvisionalReply.objects.get(case=case, number=2)
    write_waiting_letters(reply_ids=[second.id], at=later)
    assert "Svaret tar lengre tid enn vi sa" in text_in(find_document(waiting_letter_key(second.id)))


def test_the_municipality_words_its_provisional_replies(office: Office) -> None:
    writer, approver = an_actor(Role.OFFICER, at=office.at), an_actor(Role.SCHEME_MANAGER, at=office.at)
    version = start_template(kind="provisional", scheme=None, by=writer, at=office.at)
    typed = "«virksomhet» må vente til «dagen for svaret»."
    write_text(version_id=version.id, key="lead", language="nb", typed=typed, by=writer, at=office.at)
    ask_template_approval(version_id=version.id, by=writer, at=office.at)
    approve_template(version_id=version.id, by=approver, at=office.at)
    take_in_use(version_id=version.id, by=writer, at=office.at)
    [case] = office.green()
    tell_waiting(at=office.at + LATE)
    reply = ProvisionalReply.objects.get(case=case)
    write_waiting_letters(reply_ids=[reply.id], at=office.at + LATE)
    kept = find_document(waiting_letter_key(reply.id))
    assert f"{case.application.company_name} må vente til" in text_in(kept)
    assert kept is not None
    assert kept.data["wording"] == f"template:{version.id}"


def test_an_appeal_is_answered_with_a_receipt_that_says_who_looks_at_it_and_when(board: Board) -> None:
    step = first_step(board)
    assert write_receipt(step_id=step.id, at=board.at + timedelta(minutes=1)) == 1
    assert write_receipt(step_id=step.id, at=board.at + timedelta(minutes=2)) == 0
    text = letter_of(step.id)
    assert "Vi har fått klagen deres" in text
    assert "Tallene er feil." in text
    assert "klagenemnda i kommunen" in text
    assert plain(weekday_date_text(deadline("interim_reply", step.at.date()), "nb")) in text
    assert "Systemet vårt har laget brevet" in text
    mail = Notice.objects.get(key=f"appeal:{step.appeal_id}")
    assert "Dette står også i et brev i saken." in mail.body


def test_a_late_appeal_has_another_receipt_and_what_is_asked_stands_in_it(board: Board) -> None:
    at = board.at + timedelta(days=60)
    appeal = board.appeal(at, late_words="Vi var på reise.", wants_wait=True)
    step = appeal.steps.get(number=1)
    write_receipt(step_id=step.id, at=at)
    text = letter_of(step.id)
    assert "Klagen kom etter fristen" in text
    assert "Vi var på reise." in text
    assert "Dere har bedt oss vente" in text
    assert appeal.last_date
    assert plain(weekday_date_text(appeal.last_date, "nb")) in text


def test_the_receipt_is_of_the_day_it_came_whatever_has_happened_since(board: Board) -> None:
    appeal = board.taken()
    step = appeal.steps.get(number=1)
    before = casework_receipt(step)
    board.forward(appeal)
    again = AppealStep.objects.select_related("appeal__decision__case__application__scheme_version")
    assert casework_receipt(again.get(id=step.id)) == before


def casework_receipt(step: AppealStep) -> bytes:
    from runde.grants.casework.operations.receipts import _sealing

    return _sealing(step).content


def test_the_party_and_the_officer_find_the_receipt_at_its_step(board: Board) -> None:
    step = first_step(board)
    write_receipt(step_id=step.id, at=board.at)
    theirs = partys_appeal(step.appeal_id, of_case=board.case.id, by=board.party)
    ours = appeal_page(step.appeal_id, by=board.other_officer)
    assert step.id in theirs.letters
    assert step.id in ours.letters
    assert step.event in {one.event for one in theirs.told}


def test_a_defect_is_told_in_a_letter_with_its_day(board: Board) -> None:
    appeal = board.appeal()
    due = board.at.date() + timedelta(days=10)
    casework.ask_appeal_correction(
        appeal_id=appeal.id,
        words="Skriv hva dere vil ha endret.",
        due_date=due,
        by=board.other_officer,
        at=board.at,
    )
    text = letter_of(appeal.steps.get(event="ask_correction").id)
    assert "Klagen mangler noe" in text
    assert "Skriv hva dere vil ha endret." in text
    assert plain(weekday_date_text(due, "nb")) in text


def test_the_appeal_body_gets_the_statement_the_appeal_and_a_list_of_papers(board: Board) -> None:
    appeal = board.taken()
    receipt = appeal.steps.get(number=1)
    write_receipt(step_id=receipt.id, at=board.at)
    board.forward(appeal)
    step = appeal.steps.get(event="forward")
    kept = find_document(statement_key(step.id))
    text = text_in(kept)
    assert kept is not None
    assert kept.document.title == "Vår uttalelse til klageinstansen"
    assert "Vi ber dere avgjøre en klage" in text
    assert f"{board.case.application.company_name} har klaget på vedtaket" in text
    assert "Vi mener vedtaket er riktig." in text
    assert "Tallene er feil." in text
    assert "ikke tilskudd" in text
    assert "Vi har fått klagen deres" in text, "the list of papers"
    assert "Vi har sendt klagen videre" in letter_of(step.id)
    assert step.id in appeal_page(appeal.id, by=board.other_officer).statements


def test_an_interim_reply_to_an_appeal_says_why_and_the_new_day(board: Board) -> None:
    appeal = board.taken()
    step = appeal.steps.get(event="take")
    day = date(2027, 1, 15)
    write_interim(appeal, step.id, answer_date=day, why="Vi venter på regnskapet.", at=board.at)
    text = letter_of(step.id)
    assert "Vi har ikke avgjort klagen ennå" in text
    assert "Vi venter på regnskapet." in text
    assert plain(weekday_date_text(day, "nb")) in text
    assert "§ 11 a" in text


def test_what_a_job_did_not_write_is_asked_for_again(office: Office) -> None:
    board = refused_yellow(office)
    step = first_step(board)
    [waits] = office.green()
    at = office.at + LATE
    tell_waiting(at=at)
    reply = ProvisionalReply.objects.get(case=waits)
    ProcrastinateJob.objects.all().delete()
    queue_missing_letters(step.at + timedelta(hours=1))
    queue_missing_letters(at + timedelta(hours=1))
    names = set(ProcrastinateJob.objects.values_list("task_name", flat=True))
    assert {"casework.write_receipt", "casework.write_waiting_letters"} <= names
    write_receipt(step_id=step.id, at=at)
    write_waiting_letters(reply_ids=[reply.id], at=at)
    ProcrastinateJob.objects.all().delete()
    queue_missing_letters(at + timedelta(hours=2))
    left = set(ProcrastinateJob.objects.values_list("task_name", flat=True))
    assert not left & {"casework.write_receipt", "casework.write_waiting_letters"}


def test_replies_in_nynorsk_and_english_follow_the_application(office: Office) -> None:
    for language, heading in (("nn", "Vi har ikkje avgjort søknaden enno"), ("en", "We have not decided")):
        case = office.yellow(language)  # type: ignore[arg-type]
        at = office.at + LATE
        tell_waiting(at=at)
        reply = ProvisionalReply.objects.get(case=case)
        write_waiting_letters(reply_ids=[reply.id], at=at)
        assert heading in text_in(find_document(waiting_letter_key(reply.id)))
