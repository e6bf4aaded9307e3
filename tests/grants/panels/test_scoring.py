"""Setting up, inviting, scoring blind, opening, drawing the line and proposing, on a real database."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from runde.foundation.journal.api import events_of
from runde.foundation.ledger.api import balances
from runde.foundation.notices.api import list_notices
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed, Refused
from runde.grants.casework.api import (
    AlreadyDeclared,
    Case,
    Decision,
    HasInterest,
    NotDeclared,
    approve_proposal,
    declare_impartiality,
    return_proposal,
)
from runde.grants.panels.api import (
    Assignment,
    Criterion,
    LeaderHasInterest,
    LineTooLow,
    NotReady,
    Panel,
    RankingChanged,
    Scale,
    Score,
    ScoresRefused,
    SetUpRefused,
    StillBlind,
    WrongStage,
    case_scores,
    change_panel,
    choose_line,
    close_scoring,
    hand_in,
    invite_assessor,
    make_panel,
    note_discussion,
    preview_line,
    progress,
    propose_ranking,
    remove_assessor,
    save_draft,
    set_amount,
    sheet_page,
    standings,
    start_scoring,
    visible_sheets,
)
from runde.grants.schemes.api import sources_of
from tests.factories import PersonFactory, an_actor, an_applicant

from .conftest import CRITERIA, Jury, a_jury, a_set_up, scores

FOUR = {
    "1": [(6, 6, 6), (5, 6, 6), (6, 5, 6)],
    "2": [(3, 3, 3), (3, 3, 4), (4, 3, 3)],
    "3": [(5, 5, 5), (5, 4, 5), (4, 5, 5)],
    "4": [(2, 2, 2), (2, 3, 2), (1, 2, 2)],
}


def test_a_panel_needs_criteria_that_hold_together(jury: Jury) -> None:
    call = jury.call
    assert Panel.objects.get(call=call).led_by == jury.leader.person_id
    with pytest.raises(WrongStage):
        make_panel(call_id=call.id, set_up=a_set_up(jury.at), by=jury.leader, at=jury.at)
    uneven = a_set_up(jury.at, criteria=(Criterion("a", "A", 60), Criterion("b", "a", 60)), scale=Scale(1, 2))
    with pytest.raises(SetUpRefused) as refusal:
        change_panel(panel_id=jury.panel.id, set_up=uneven, by=jury.leader, at=jury.at)
    problems = refusal.value.facts["problems"]
    assert set(problems) == {"label_1", "highest", "discuss_from"}
    off = a_set_up(jury.at, criteria=(Criterion("a", "A", 60), Criterion("b", "B", 60)))
    with pytest.raises(SetUpRefused, match="Nå er de 120"):
        change_panel(panel_id=jury.panel.id, set_up=off, by=jury.leader, at=jury.at)


def test_only_those_who_may_lead_a_panel(jury: Jury) -> None:
    for outsider in (jury.approver, jury.assessors[0], an_actor(Role.FINANCE, at=jury.opened_at)):
        with pytest.raises(NotAllowed):
            change_panel(panel_id=jury.panel.id, set_up=a_set_up(jury.at), by=outsider, at=jury.at)
        with pytest.raises(NotAllowed):
            start_scoring(panel_id=jury.panel.id, by=outsider, at=jury.at)


def test_an_invited_person_gets_a_role_and_a_mail(jury: Jury) -> None:
    [assessor, *_] = jury.assessors
    assert assessor.roles == {Role.ASSESSOR}
    mails = list_notices("panel", jury.panel.id)
    assert {mail.to_person_id for mail in mails} == {one.person_id for one in jury.assessors}
    assert "/paneler/" in mails[0].body
    with pytest.raises(Refused, match="allerede invitert"):
        invite_assessor(
            panel_id=jury.panel.id,
            email=PersonFactory._meta.model.objects.get(id=assessor.person_id).email,
            name="",
            by=jury.leader,
            at=jury.at,
        )
    with pytest.raises(Refused, match="navnet"):
        invite_assessor(panel_id=jury.panel.id, email="ny@fag.example", name="", by=jury.leader, at=jury.at)
    with pytest.raises(Refused, match="e-postadressen"):
        invite_assessor(panel_id=jury.panel.id, email="ny", name="Ny", by=jury.leader, at=jury.at)


def test_scoring_starts_after_the_deadline_with_several_people(jury: Jury) -> None:
    with pytest.raises(NotReady, match="Søknadsfristen"):
        start_scoring(panel_id=jury.panel.id, by=jury.leader, at=jury.opened_at)
    lonely = a_jury(jury.tenant, jury.opened_at, cases=1, people=1)
    with pytest.raises(NotReady, match="minst 2"):
        lonely.started()
    empty = a_jury(jury.tenant, jury.opened_at, cases=0)
    with pytest.raises(NotReady, match="Ingen søknader"):
        empty.started()
    started = jury.started()
    assert Assignment.objects.filter(panel_case__panel=started.panel).count() == 12
    with pytest.raises(WrongStage):
        started.started()


def test_nothing_is_scored_before_the_assessor_has_spoken(jury: Jury) -> None:
    jury = jury.started()
    [case, *_] = jury.cases()
    assessor = jury.assessors[0]
    page = sheet_page(jury.assignment(assessor, case), by=assessor)
    assert (page.word, page.verdict, page.documents) == (None, None, ())
    with pytest.raises(NotDeclared):
        jury.hand_in(assessor, case, (3, 3, 3))
    jury.declare(assessor, case)
    assert sheet_page(jury.assignment(assessor, case), by=assessor).word is True
    jury.hand_in(assessor, case, (3, 3, 3))
    for other in (jury.assessors[1], jury.leader, jury.approver):
        with pytest.raises(NotAllowed):
            sheet_page(jury.assignment(assessor, case), by=other)


def test_a_sheet_must_be_whole(jury: Jury) -> None:
    jury = jury.started()
    [case, *_] = jury.cases()
    assessor = jury.assessors[0]
    jury.declare(assessor, case)
    unfinished = [Score("benefit", 7, "For mange"), Score("doable", 3, " ")]
    with pytest.raises(ScoresRefused) as refusal:
        hand_in(assignment_id=jury.assignment(assessor, case).id, scores=unfinished, by=assessor, at=jury.at)
    assert set(refusal.value.facts["problems"]) == {
        "points_benefit",
        "words_doable",
        "points_team",
        "words_team",
    }
    save_draft(assignment_id=jury.assignment(assessor, case).id, scores=unfinished, by=assessor, at=jury.at)
    draft = sheet_page(jury.assignment(assessor, case), by=assessor).draft
    assert [one.points for one in draft] == [7, 3]


def test_scores_open_for_all_when_the_last_sheet_is_in(jury: Jury) -> None:
    jury = jury.started()
    last = jury.cases()[-1]
    most = {number: rows for number, rows in FOUR.items() if number != "4"}
    jury = jury.score(most | {"4": FOUR["4"][:2]})
    assert jury.panel.state == "scoring"
    assert progress(jury.panel, by=jury.leader).given == 11
    for who in (*jury.assessors, jury.leader):
        with pytest.raises(StillBlind):
            standings(jury.panel, by=who)
    jury.declare(jury.assessors[2], last)
    jury.hand_in(jury.assessors[2], last, (2, 2, 2))
    panel = Panel.objects.get(id=jury.panel.id)
    assert (panel.state, panel.opened_why) == ("opened", "")
    found = standings(panel, by=jury.leader)
    assert [one.entry.number.rsplit("/", 1)[-1] for one in found.ranking.ranked] == ["1", "3", "2", "4"]
    assert len(visible_sheets(panel, by=jury.assessors[0])) == 12


def test_the_leader_may_close_early_with_a_reason(jury: Jury) -> None:
    jury = jury.started()
    with pytest.raises(NotReady):
        close_scoring(panel_id=jury.panel.id, reason="Syk", by=jury.leader, at=jury.at)
    jury = jury.score({"1": FOUR["1"], "3": FOUR["3"][:1]})
    with pytest.raises(Refused, match="hvorfor"):
        close_scoring(panel_id=jury.panel.id, reason=" ", by=jury.leader, at=jury.at)
    with pytest.raises(NotAllowed):
        close_scoring(panel_id=jury.panel.id, reason="Syk", by=jury.assessors[0], at=jury.at)
    panel = close_scoring(panel_id=jury.panel.id, reason="Én er syk.", by=jury.leader, at=jury.at)
    found = standings(panel, by=jury.leader)
    assert [len(one.totals) for one in found.ranking.ranked] == [3, 1]
    assert len(found.ranking.unscored) == 2


def test_an_interest_sends_the_case_to_others_for_good(jury: Jury) -> None:
    three = a_jury(jury.tenant, jury.opened_at, cases=2, people=3, per_case=2).started()
    [case, _] = three.cases()
    first = Assignment.objects.filter(panel_case__case=case).order_by("id").select_related("assessor")[0]
    assessor = next(one for one in three.assessors if one.person_id == first.assessor.person_id)
    three.declare(assessor, case, is_impartial=False)
    standing = Assignment.objects.filter(panel_case__case=case, end="")
    assert standing.count() == 2
    assert assessor.person_id not in {one.assessor.person_id for one in standing.select_related("assessor")}
    with pytest.raises(NotAllowed):
        three.hand_in(assessor, case, (6, 6, 6))
    with pytest.raises(NotAllowed):
        three.declare(assessor, case)


def test_a_late_interest_takes_the_points_out(jury: Jury) -> None:
    jury = jury.started().score(FOUR)
    [case, *_] = jury.cases()
    declare_impartiality(
        case_id=case.id, is_impartial=False, reason="Svoger", by=jury.assessors[0], at=jury.at
    )
    found = standings(jury.panel, by=jury.leader)
    [first] = [one for one in found.ranking.ranked if one.entry.case_id == case.id]
    assert set(first.totals) == {one.person_id for one in jury.assessors[1:]}
    with pytest.raises(HasInterest):
        case_scores(jury.panel, case.id, by=jury.assessors[0])
    with pytest.raises(HasInterest):
        note_discussion(
            panel_id=jury.panel.id, case_id=case.id, text="Enige.", by=jury.assessors[0], at=jury.at
        )


def test_who_acts_for_the_applicant_cannot_call_themselves_impartial(jury: Jury) -> None:
    jury = jury.started()
    [case, *_] = jury.cases()
    assessor = jury.assessors[0]
    person = PersonFactory._meta.model.objects.get(id=assessor.person_id)
    number = Case.objects.select_related("application").get(id=case.id).application.organisation_number
    both = an_applicant(number, at=jury.at, person=person)
    with pytest.raises(Refused, match="§ 6"):
        jury.declare(both, case)
    jury.declare(both, case, is_impartial=False)
    with pytest.raises((AlreadyDeclared, NotAllowed)):
        jury.declare(both, case)


def test_a_leader_with_an_interest_in_one_case_cannot_lead(jury: Jury) -> None:
    jury = jury.started().score(FOUR)
    case = jury.cases()[-1]
    declare_impartiality(case_id=case.id, is_impartial=False, reason="Søster", by=jury.leader, at=jury.at)
    digest = standings(jury.panel, by=jury.leader).digest
    with pytest.raises(LeaderHasInterest):
        choose_line(
            panel_id=jury.panel.id, way="count", value=Decimal(1), digest=digest, by=jury.leader, at=jury.at
        )
    other = an_actor(Role.OFFICER, at=jury.opened_at)
    choose_line(panel_id=jury.panel.id, way="count", value=Decimal(1), digest=digest, by=other, at=jury.at)


def test_one_who_leaves_gives_their_cases_to_others_and_keeps_what_is_in(jury: Jury) -> None:
    pair = a_jury(jury.tenant, jury.opened_at, cases=2, people=3, per_case=2).started()
    [first, _] = pair.cases()
    held = Assignment.objects.filter(panel_case__panel=pair.panel, panel_case__case=first).first()
    assert held is not None
    leaving = next(one for one in pair.assessors if one.person_id == held.assessor.person_id)
    pair.declare(leaving, first)
    pair.hand_in(leaving, first, (4, 4, 4))
    remove_assessor(assessor_id=held.assessor_id, reason="Sluttet.", by=pair.leader, at=pair.at)
    held.refresh_from_db()
    assert held.end == ""
    open_ones = Assignment.objects.filter(
        panel_case__panel=pair.panel, end="", assessor__left_at__isnull=True
    )
    assert open_ones.count() == 3
    with pytest.raises(NotAllowed):
        pair.hand_in(leaving, first, (5, 5, 5))


def test_disagreement_is_discussed_before_the_line(jury: Jury) -> None:
    far = FOUR | {"2": [(1, 1, 1), (6, 6, 6), (3, 3, 3)]}
    jury = jury.started().score(far)
    case = next(one for one in jury.cases() if one.number.endswith("/2"))
    found = standings(jury.panel, by=jury.leader)
    assert [one.entry.case_id for one in found.to_discuss] == [case.id]
    assert found.to_discuss[0].outliers == {one.person_id for one in jury.assessors[:2]}
    with pytest.raises(NotReady, match="uenig"):
        draw(jury, "count", 1)
    jury.hand_in(jury.assessors[0], case, (3, 3, 3), changed_why="Jeg hadde oversett vedlegget.")
    with pytest.raises(ScoresRefused, match="hvorfor"):
        jury.hand_in(jury.assessors[0], case, (4, 4, 4))
    note_discussion(
        panel_id=jury.panel.id, case_id=case.id, text="Vi ble enige.", by=jury.assessors[1], at=jury.at
    )
    assert standings(jury.panel, by=jury.leader).to_discuss == ()
    shown = case_scores(jury.panel, case.id, by=jury.leader)
    assert (len(shown.sheets), len(shown.history)) == (3, 4)
    assert draw(jury, "count", 1).above == 1


def draw(jury: Jury, way: str, value: int | str):  # type: ignore[no-untyped-def]
    digest = standings(jury.panel, by=jury.leader).digest
    return choose_line(
        panel_id=jury.panel.id, way=way, value=Decimal(value), digest=digest, by=jury.leader, at=jury.at
    )


def test_the_effect_is_known_before_the_line_is_drawn(jury: Jury) -> None:
    """Each grant is 86 800 and there are 200 000: two."""
    jury = jury.started().score(FOUR)
    found = standings(jury.panel, by=jury.leader)
    by_money = preview_line(found, "money", Decimal(200_000), by=jury.leader, at=jury.at)
    assert (by_money.above, by_money.carried, by_money.can_be_drawn) == (2, 2, True)
    assert by_money.effect is not None
    assert (by_money.effect.sum_nok, by_money.effect.left_nok) == (Decimal(173_600), Decimal(26_400))
    by_points = preview_line(found, "points", Decimal(3), by=jury.leader, at=jury.at)
    assert (by_points.above, by_points.can_be_drawn) == (3, False)
    assert by_points.effect is not None
    assert by_points.effect.short_nok == Decimal(60_400)
    with pytest.raises(LineTooLow, match="de 2 første"):
        draw(jury, "points", 3)
    with pytest.raises(LineTooLow):
        draw(jury, "points", "6")
    with pytest.raises(Refused):
        draw(jury, "money", 0)
    with pytest.raises(RankingChanged):
        choose_line(
            panel_id=jury.panel.id, way="count", value=Decimal(1), digest="x", by=jury.leader, at=jury.at
        )
    line = draw(jury, "money", 200_000)
    assert (line.above, line.sum_nok, line.money_nok) == (2, Decimal(173_600), Decimal(200_000))


def test_an_amount_changes_the_ranking_the_line_was_drawn_in(jury: Jury) -> None:
    jury = jury.started().score(FOUR)
    draw(jury, "money", 200_000)
    first = standings(jury.panel, by=jury.leader).ranking.ranked[0].entry
    set_amount(
        panel_id=jury.panel.id,
        case_id=first.case_id,
        amount_nok=Decimal(50_000),
        why="Mindre omfang.",
        by=jury.leader,
        at=jury.at,
    )
    with pytest.raises(RankingChanged):
        propose_ranking(panel_id=jury.panel.id, by=jury.leader, at=jury.at, declares_impartial=True)
    line = draw(jury, "money", 200_000)
    assert (line.above, line.sum_nok) == (2, Decimal(136_800))


def test_the_ranking_becomes_decisions(jury: Jury) -> None:
    jury = jury.started().score(FOUR)
    with pytest.raises(NotReady):
        propose_ranking(panel_id=jury.panel.id, by=jury.leader, at=jury.at, declares_impartial=True)
    draw(jury, "money", 200_000)
    proposal = propose_ranking(panel_id=jury.panel.id, by=jury.leader, at=jury.at, declares_impartial=True)
    [one, two, *_] = jury.cases()
    with pytest.raises(WrongStage):
        jury.hand_in(jury.assessors[0], one, (1, 1, 1), changed_why="Nei")
    with pytest.raises(WrongStage):
        draw(jury, "count", 1)
    approved = approve_proposal(proposal_id=proposal.id, key="k", by=jury.approver, at=jury.at)
    assert (approved.granted, approved.refused, approved.sum_nok) == (2, 2, Decimal(173_600))
    [source] = sources_of(jury.call)
    assert balances([source.id])[source.id].committed == Decimal(173_600)
    decided = {one.case_id: one for one in Decision.objects.all()}
    assert (decided[one.id].outcome, decided[two.id].outcome) == ("granted", "refused")
    assert decided[one.id].reason_text.startswith("Panelet ga søknaden 5,73 av 6 poeng")
    assert "nummer 3 av 4" in decided[two.id].reason_text
    assert "Nytte for kommunen 3,33" in decided[two.id].reason_text


def test_a_proposal_sent_back_opens_the_ranking_again(jury: Jury) -> None:
    jury = jury.started().score(FOUR)
    draw(jury, "money", 200_000)
    proposal = propose_ranking(panel_id=jury.panel.id, by=jury.leader, at=jury.at, declares_impartial=True)
    return_proposal(proposal_id=proposal.id, reason="Se på nummer tre.", by=jury.approver, at=jury.at)
    draw(jury, "count", 1)
    again = propose_ranking(panel_id=jury.panel.id, by=jury.leader, at=jury.at, declares_impartial=True)
    assert again.lines.filter(outcome="granted").count() == 1


def test_the_database_keeps_sheets_and_criteria(jury: Jury) -> None:
    jury = jury.started().score({"1": FOUR["1"][:1]})
    panel = Panel.objects.filter(id=jury.panel.id)
    sheets = Assignment.objects.get(sheets__isnull=False).sheets
    for tamper in (
        lambda: panel.update(criteria=[], highest=9),
        lambda: panel.update(state="preparing"),
        lambda: sheets.update(scores=[]),
        lambda: sheets.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            tamper()


def test_the_journal_tells_what_was_done_and_never_the_points(jury: Jury) -> None:
    jury = jury.started().score({"1": [(6, 5, 4)]})
    events = events_of([("panel", jury.panel.id)])
    handed = [event for event in events if event.action == "panels.handed_in"]
    assert len(handed) == 1
    assert set(handed[0].payload) == {"case", "sheet", "after_opening"}


def test_a_withdrawn_case_leaves_the_ranking(jury: Jury) -> None:
    jury = jury.started().score(FOUR)
    Case.objects.filter(number__endswith="/1").update(state=Case.State.WITHDRAWN)
    found = standings(jury.panel, by=jury.leader)
    assert [one.entry.number.rsplit("/", 1)[-1] for one in found.ranking.ranked] == ["3", "2", "4"]


def test_an_answer_from_before_still_counts_as_spoken(jury: Jury) -> None:
    """The word is the person's own, wherever it was given."""
    jury = jury.started()
    [case, *_] = jury.cases()
    declare_impartiality(case_id=case.id, is_impartial=True, by=jury.assessors[0], at=jury.at)
    jury.hand_in(jury.assessors[0], case, (3, 3, 3))
    assert scores((3, 3, 3))[0].key == CRITERIA[0].key
    assert jury.at > jury.opened_at + timedelta(days=21)


def test_those_under_the_line_may_wait_on_the_reserve_list_in_order(jury: Jury) -> None:
    jury = jury.started().score(FOUR)
    draw(jury, "count", 1)
    proposal = propose_ranking(
        panel_id=jury.panel.id, by=jury.leader, at=jury.at, declares_impartial=True, keeps_reserve=True
    )
    lines = {line.case.number[-1]: line for line in proposal.lines.select_related("case")}
    assert [lines[number].reserve_rank for number in "1324"] == [None, 1, 2, 3]
    assert {lines[number].reserve_nok for number in "324"} == {Decimal(86_800)}
