"""A letter in the municipality's own words: written, approved, used; and one letter changed before it is sent."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

import pytest
from django.utils import timezone
from pypdf import PdfReader

from runde.foundation.documents.api import list_documents, open_version
from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Case,
    Decision,
    approve_proposal,
    list_cases,
    propose_as_checked,
    write_letters,
)
from runde.grants.letters.api import LetterUse, standing_edits
from runde.grants.schemes.api import get_call

from .region import CALL, Region, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
OWN = "Gratulerer med tilskuddet."
VISIT = {"Bokmål": "Vi kommer på besøk.", "Nynorsk": "Vi kjem på besøk.", "Engelsk": "We will visit you."}


def arrive(region: Region, visitor: Visitor, who: str, address: str) -> Visitor:
    visitor.go(address)
    visitor.sign_in(region.moss.email(who))
    return visitor


def box(visitor: Visitor, key: str, language: str = "nb") -> str:
    """Where one writes: the text with chips when there is script, the plain field without."""
    plain = f"#t-{key.replace('.', '-')}-{language}"
    return f"{plain}-box" if visitor.script else plain


def add_visit(visitor: Visitor) -> None:
    """A paragraph of their own under what the recipient must do."""
    part = visitor.page.locator("#del-steps")
    part.get_by_text("Legg til et avsnitt").click()
    for language, words in VISIT.items():
        part.get_by_label(f"{language}: nytt avsnitt").first.fill(words)
    part.get_by_role("button", name="Legg til avsnittet").click()
    visitor.page.wait_for_load_state()


def decide(region: Region, case: Case) -> str:
    """Proposed, approved and written; gives what the letter says."""
    at, town = timezone.now(), region.moss
    officer, approver = town.actor("officer", at), town.actor("approver", at)
    proposal = propose_as_checked(case_ids=[case.id], by=officer, at=at, declares_impartial=True)
    approve_proposal(proposal_id=proposal.id, key="brev", by=approver, at=at)
    decision = Decision.objects.get(case=case)
    write_letters(decision_ids=[decision.id], at=at)
    [version] = [one for one in list_documents("case", case.id) if one.document.kind == "decision_letter"]
    content = open_version(version, by=approver, at=at)
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.mark.parametrize("size", SIZES)
def test_a_template_is_written_approved_and_used(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    ida = arrive(region, visitor(size), "officer", "/moss/brev/")
    assert ida.heading() == "Brev"
    ida.look("letters")
    ida.press("Skriv eget brev")
    ida.look("start")
    ida.page.get_by_label("Brev", exact=True).select_option("grant")
    ida.press("Begynn på malen")
    assert ida.heading() == "Brev: innvilget"
    ida.page.locator("#letter-picture").evaluate("picture => picture.decode()")
    ida.look("template")

    write_with_a_field(ida)
    add_visit(ida)
    ida.page.locator("#letter-picture").evaluate("picture => picture.decode()")
    ida.look("written")
    ida.press("Send til godkjenning …")
    ida.look("ask")
    ida.press("Send til godkjenning")
    assert "Til godkjenning" in ida.text()
    address = ida.page.url
    ida.close()

    per = arrive(region, visitor(size), "approver", address)
    per.look("to-approve")
    per.press("Godkjenn …")
    per.look("approve")
    per.press("Godkjenn malen")
    per.close()

    ida = arrive(region, visitor(size), "officer", address)
    ida.press("Ta i bruk …")
    ida.look("use")
    ida.press("Ta malen i bruk")
    assert "I bruk" in ida.text()
    ida.look("in-use")
    ida.press("Versjoner og endringer")
    ida.look("history")

    with fence(region.moss.tenant.id):
        case = next(one for one in list_cases(get_call(CALL).id) if one.lane == "green")
        letter = decide(region, case)
        assert OWN in letter
        assert VISIT["Bokmål"] in letter
        assert LetterUse.objects.get().case_id == case.id


def write_with_a_field(ida: Visitor) -> None:
    """In the text with chips: words at the end, and the field for the company by a press."""
    where = ida.page.locator(box(ida, "context"))
    assert where.locator(".rd-merge").count() == 2
    where.click()
    ida.page.keyboard.press("Control+End")
    ida.page.keyboard.type(f" {OWN} Til ")
    row = ida.page.locator("[data-key='context']")
    row.get_by_text("Felt du kan sette inn").click()
    with ida.page.expect_response(lambda answer: answer.url.endswith("/tekst/")):
        row.get_by_role("button", name="virksomhet").click()
    assert where.locator(".rd-merge").count() == 3
    ida.page.get_by_text("Lagret kl.").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_one_letter_is_changed_before_it_is_sent(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    with fence(region.moss.tenant.id):
        case = next(one for one in list_cases(get_call(CALL).id) if one.lane == "green")
    ida = arrive(region, visitor(size), "officer", f"/moss/saker/{case.id}/")
    ida.page.get_by_label("Ja, jeg kan behandle saken").check()
    ida.press("Lagre svaret")
    ida.go(f"/moss/saker/{case.id}/brev/endre/")
    ida.page.locator(".rd-letter-page").evaluate("picture => picture.decode()")
    ida.look("one-letter")
    first = ida.page.locator("#context-1")
    first.fill(f"{first.input_value()} {OWN}")
    ida.page.locator("#context-1-f").get_by_role("button", name="Lagre").click()
    ida.page.wait_for_load_state()
    assert "1 endring i dette brevet" in ida.text()
    assert "Malen sier:" in ida.text()
    ida.look("one-letter-changed")
    ida.go("/moss/brev/endringer/")
    assert OWN in ida.text()
    ida.look("changes")

    with fence(region.moss.tenant.id):
        assert [edit.block for edit in standing_edits([case.id])[case.id]] == ["context"]
        assert OWN in decide(region, case)
        proposal = Decision.objects.get(case=case).proposal_id
    made(ida, case.id, proposal)


def made(ida: Visitor, case_id: UUID, proposal: UUID) -> None:
    """The letter is sent: the count says so, and it can be changed no more."""
    ida.go(f"/moss/forslag/{proposal}/brev/")
    assert ida.heading() == "Alle brevene er laget"
    assert "1 av 1 brev" in ida.text()
    ida.look("made")


def test_a_template_can_be_written_without_script(region: Region, visitor: VisitorFactory) -> None:
    ida = arrive(region, visitor(DESKTOP, script=False), "officer", "/moss/brev/ny/?brev=refusal")
    ida.press("Begynn på malen")
    ida.page.locator(box(ida, "steps.title")).fill("Dette kan dere gjøre videre")
    ida.page.get_by_role("button", name="Lagre Overskrift på bokmål").nth(1).click()
    ida.page.wait_for_load_state()
    assert "egen tekst" in ida.text()
    ida.look("written")
