"""From template to sent letter: the words are frozen with the decision, and one letter may be changed before it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from runde.engine.typeset.api import render_letter
from runde.foundation.documents.api import list_documents, open_version
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed, Refused
from runde.grants.casework.api import (
    Case,
    CaseDecided,
    Decision,
    LinesRefused,
    approve_proposal,
    declare_impartiality,
    edit_letter,
    keep_lost_edit,
    letter_page,
    letter_pdf,
    letters_made,
    propose_as_checked,
    public_letter_pdf,
    undo_letter_edit,
    write_letters,
)
from runde.grants.casework.domain.letters import letter_of
from runde.grants.letters.api import (
    LetterEdit,
    LetterUse,
    LockedText,
    TextRefused,
    most_changed,
    standing_edits,
    uses_of_version,
    words_for,
    write_paragraph,
)
from tests.factories import an_actor

from .conftest import Desk

OWN = "Dere søkte om «ordning». Gratulerer, «virksomhet»!"


def decided(desk: Desk, case: Case) -> Decision:
    office = desk.office
    proposal = propose_as_checked(case_ids=[case.id], by=office.officer, at=desk.at, declares_impartial=True)
    approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=desk.at)
    return Decision.objects.select_related("case").get(case=case)


def words_of(pdf: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def context_of(desk: Desk, case: Case) -> str:
    page = letter_page(case_id=case.id, by=desk.office.officer, at=desk.at)
    return next(block for block in page.blocks if block.name == "context").sentences[0].text


def change(desk: Desk, case: Case, new: str, **words: str) -> LetterEdit:
    given = {"block": "context", "old": context_of(desk, case)} | words
    return edit_letter(case_id=case.id, new=new, by=desk.office.officer, at=desk.at, **given)


def test_a_template_in_use_writes_the_letter_and_is_frozen_with_the_decision(desk: Desk) -> None:
    version = desk.in_use(desk.draft(context=OWN))
    case = desk.office.green()[0]
    decision = decided(desk, case)
    part = decision.snapshot["letter"]
    assert part["template"] == {"version": str(version.id), "number": 1, "digest": version.digest}
    assert part["texts"] == {"context": "Dere søkte om {scheme}. Gratulerer, {company}!"}
    assert uses_of_version(version.id) == (1, [case.id])

    before = letter_pdf(decision)
    desk.in_use(desk.draft(context="Noe annet om «ordning»."))
    assert letter_pdf(Decision.objects.get(id=decision.id)) == before
    assert f"Gratulerer, {case.application.company_name}!" in words_of(before)


def test_what_is_seen_before_is_what_is_sent(desk: Desk) -> None:
    """The preview and the letter are set from the same words: with the same deed they are the same bytes."""
    desk.in_use(desk.draft(context=OWN))
    case = desk.office.green()[0]
    change(desk, case, "Velkommen skal dere være.")
    shown = letter_page(case_id=case.id, by=desk.office.officer, at=desk.at)
    decision = decided(desk, case)
    write_letters(decision_ids=[decision.id], at=desk.at)
    [version] = [one for one in list_documents("case", case.id) if one.document.kind == "decision_letter"]
    sent = open_version(version, by=desk.office.approver, at=desk.at)
    named = {**shown.snapshot, "outcome": decision.snapshot["outcome"]}
    assert render_letter(letter_of(named, is_demo=settings.DEMO), settings.FONT_DIRECTORY) == sent


def test_a_change_is_kept_with_who_and_can_be_changed_and_undone(desk: Desk) -> None:
    case = desk.office.green()[0]
    old = context_of(desk, case)
    first = change(desk, case, "Gratulerer!")
    edit_letter(
        case_id=case.id,
        block="context",
        old=old,
        new="Gratulerer så mye!",
        place=first.place,
        by=desk.office.approver,
        at=desk.at + timedelta(minutes=1),
    )
    assert context_of(desk, case) == "Gratulerer så mye!"
    assert [edit.made_by for edit in LetterEdit.objects.order_by("made_at")] == [
        desk.office.officer.person_id,
        desk.office.approver.person_id,
    ]
    undo_letter_edit(
        case_id=case.id, place=first.place, by=desk.office.officer, at=desk.at + timedelta(minutes=2)
    )
    assert context_of(desk, case) == old
    assert standing_edits([case.id]) == {}


@pytest.mark.parametrize("block", ["appeal", "access", "rules", "summary", "criteria"])
def test_the_law_and_the_rules_own_words_stay(desk: Desk, block: str) -> None:
    case = desk.office.green()[0]
    with pytest.raises(LockedText):
        change(desk, case, "Noe annet.", block=block, old="")


def test_generated_sentences_are_added_to_and_not_rewritten(desk: Desk) -> None:
    case = desk.office.green()[0]
    with pytest.raises(LockedText):
        change(desk, case, "Fordi.", block="reasons", old="Dere oppfyller alle kravene i ordningen.")
    change(desk, case, "Vi la vekt på bygdas behov.", block="reasons", old="")
    assert "Vi la vekt på bygdas behov." in words_of(letter_pdf(decided(desk, case)))


def test_what_cannot_stand_is_refused(desk: Desk) -> None:
    case = desk.office.green()[0]
    with pytest.raises(Refused):
        change(desk, case, " ")
    with pytest.raises(TextRefused):
        change(desk, case, "Hei\x00")
    with pytest.raises(Refused):
        change(desk, case, "Hei", old="Dette har aldri stått der.")


def test_nobody_with_an_interest_and_nothing_after_sending(desk: Desk) -> None:
    case = desk.office.green()[0]
    partial = an_actor(Role.OFFICER, at=desk.at)
    declare_impartiality(
        case_id=case.id, is_impartial=False, reason="Min søsters firma.", by=partial, at=desk.at
    )
    with pytest.raises(NotAllowed):
        edit_letter(case_id=case.id, block="steps", old="", new="Hei.", by=partial, at=desk.at)
    decided(desk, case)
    with pytest.raises(CaseDecided):
        edit_letter(case_id=case.id, block="steps", old="", new="Hei.", by=desk.office.officer, at=desk.at)


def test_a_place_to_fill_stops_the_sending_until_it_is_filled(desk: Desk) -> None:
    version = desk.draft()
    texts = {
        "nb": "Vi var hos dere [[dag]].",
        "nn": "Vi var hos dykk [[dag]].",
        "en": "We visited you on [[day]].",
    }
    version = write_paragraph(version_id=version.id, block="reasons", texts=texts, by=desk.writer, at=desk.at)
    desk.in_use(version)
    case = desk.office.green()[0]
    assert letter_page(case_id=case.id, by=desk.office.officer, at=desk.at).unready == (
        "1 felt må fylles ut før brevet kan sendes: dag.",
    )
    with pytest.raises(LinesRefused, match="ikke ferdig"):
        decided(desk, case)
    proposal = case.proposal_lines.get(is_open=True).proposal
    change(desk, case, "Vi var hos dere 3. november.", block="reasons", old="Vi var hos dere [[dag]].")
    approve_proposal(proposal_id=proposal.id, key="igjen", by=desk.office.approver, at=desk.at)
    assert "Vi var hos dere 3. november." in words_of(letter_pdf(Decision.objects.get(case=case)))


def test_a_change_whose_paragraph_is_gone_is_kept_or_dropped_by_hand(desk: Desk) -> None:
    case = desk.office.green()[0]
    edit = change(desk, case, "Gratulerer!")
    desk.in_use(desk.draft(context=OWN))
    page = letter_page(case_id=case.id, by=desk.office.officer, at=desk.at)
    assert [one.place for one in page.lost] == [edit.place]
    assert len(page.unready) == 1
    later = desk.at + timedelta(minutes=1)
    keep_lost_edit(case_id=case.id, place=edit.place, by=desk.office.officer, at=later)
    page = letter_page(case_id=case.id, by=desk.office.officer, at=later)
    assert (page.lost, page.unready) == ((), ())
    [context] = [block for block in page.blocks if block.name == "context"]
    assert [one.text for one in context.sentences][1:] == ["Gratulerer!"]
    undo_letter_edit(
        case_id=case.id, place=edit.place, by=desk.office.officer, at=later + timedelta(minutes=1)
    )
    assert standing_edits([case.id]) == {}


def test_the_words_are_asked_for_once_whatever_the_number_of_letters(desk: Desk) -> None:
    desk.in_use(desk.draft(context=OWN))
    ids = [case.id for case in desk.office.green(3)]
    counts = []
    for some in (ids[:1], ids):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            words = words_for(scheme_id=desk.scheme.id, case_ids=some)
            parts = [words.part(kind="grant", language="nb", case_id=one) for one in some]
        counts.append(len(asked))
    assert counts == [2, 2]
    assert parts[0] is parts[1]


def test_letters_without_own_words_leave_nothing_behind(desk: Desk) -> None:
    decided(desk, desk.office.green()[0])
    assert not LetterUse.objects.exists()


def test_how_far_the_letters_have_come_is_counted(desk: Desk) -> None:
    office = desk.office
    cases = office.green(3)
    proposal = propose_as_checked(
        case_ids=[case.id for case in cases], by=office.officer, at=desk.at, declares_impartial=True
    )
    done = approve_proposal(proposal_id=proposal.id, key="alle", by=office.approver, at=desk.at)
    write_letters(decision_ids=done.decision_ids[:2], at=desk.at)
    made = letters_made(proposal.id, by=office.officer)
    assert (made.made, made.total, made.is_done, len(made.waiting)) == (2, 3, False, 1)
    write_letters(decision_ids=done.decision_ids, at=desk.at)
    assert letters_made(proposal.id, by=office.officer).is_done


def test_the_report_counts_like_sentences_together(desk: Desk) -> None:
    cases = desk.office.green(3)
    for case in cases[:2]:
        change(desk, case, "Gratulerer!")
    change(desk, cases[2], "Ring oss.", block="steps", old="")
    report = most_changed(since=desk.at - timedelta(days=1), by=desk.writer)
    assert report.letters == 3
    assert [(row.block, row.letters, row.people) for row in report.rows] == [
        ("context", 2, 1),
        ("steps", 1, 1),
    ]
    assert report.rows[0].pattern.startswith("Dere søkte #. november # om tilskudd")
    assert report.rows[0].examples == ("Gratulerer!",)


def test_the_public_version_shows_the_amount_and_hides_what_was_told_in_confidence(desk: Desk) -> None:
    case = desk.office.green()[0]
    decision = decided(desk, case)
    whole = words_of(letter_pdf(decision))
    public = words_of(public_letter_pdf(case_id=case.id, by=desk.office.officer, at=desk.at))
    assert "180 000 kroner" in whole
    assert "180 000 kroner" not in public
    assert "Unntatt offentlighet, offl. § 13" in public
    assert "Offentlig versjon" in public
    amount = f"{decision.amount_nok:,.0f}".replace(",", " ")
    assert f"{amount} kroner" in public
    ending = decision.snapshot["applicant"]["account_number"][-2:]
    assert f"slutter på {ending}" in whole
    assert f"slutter på {ending}" not in public
