"""Where a case is, in one sentence: every state, each with who, when and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from runde.web.applicant.situation import Story, situation, steps

TODAY = date(2026, 11, 23)
SENT = Story("Moss kommune", date(2027, 1, 4), datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
PROPOSED = replace(SENT, is_proposed=True)
GRANTED = replace(
    SENT,
    decided_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
    outcome="granted",
    amount_nok=Decimal("117400"),
    appeal_by_date=date(2026, 12, 15),
)
IN_FILE = replace(GRANTED, planned_date=date(2026, 12, 4), is_in_bank_file=True)
PAID = replace(IN_FILE, is_in_bank_file=False, sent_to_bank_at=datetime(2026, 12, 3, 8, 0, tzinfo=UTC))
REFUSED = replace(GRANTED, outcome="refused", amount_nok=Decimal(0))
WITHDRAWN = replace(SENT, is_withdrawn=True)


@pytest.mark.parametrize(
    ("story", "heading", "who", "status"),
    [
        (SENT, "Du får svar innen mandag 4. januar 2027", "Moss kommune vurderer søknaden.", "submitted"),
        (
            PROPOSED,
            "Du får svar innen mandag 4. januar 2027",
            "Moss kommune vurderer søknaden.",
            "in_progress",
        ),
        (GRANTED, "Dere får 117 400 kroner", "Moss kommune gjør utbetalingen klar.", "granted"),
        (
            IN_FILE,
            "Dere får 117 400 kroner",
            "Pengene kommer etter planen fredag 4. desember 2026.",
            "granted",
        ),
        (
            PAID,
            "117 400 kroner er på vei til kontoen",
            "Pengene er sendt til banken 3. desember 2026.",
            "paying",
        ),
        (
            REFUSED,
            "Dere får ikke tilskudd",
            "Moss kommune har fattet vedtak. Brevet sier hvorfor.",
            "refused",
        ),
        (WITHDRAWN, "Søknaden er trukket", "Moss kommune behandler den ikke.", "withdrawn"),
    ],
)
def test_each_state_says_what_who_and_status(story: Story, heading: str, who: str, status: str) -> None:
    now = situation(story, "nb", today=TODAY)
    assert now.heading.replace("\u00a0", " ") == heading
    assert now.who.replace("\u00a0", " ") == who
    assert now.status == status
    assert now.must


def test_a_late_answer_is_admitted() -> None:
    now = situation(SENT, "nb", today=date(2027, 1, 5))
    assert now.heading == "Dette tar lengre tid enn vi sa"
    assert now.who.replace("\u00a0", " ") == "Moss kommune skulle ha svart innen mandag 4. januar 2027."


def test_the_last_day_is_not_late() -> None:
    assert situation(SENT, "nb", today=date(2027, 1, 4)).heading.startswith("Du får svar innen")


@pytest.mark.parametrize(
    ("story", "whens"),
    [
        (SENT, ["done", "now", "later", "later"]),
        (GRANTED, ["done", "done", "done", "now"]),
        (PAID, ["done", "done", "done", "done"]),
        (REFUSED, ["done", "done", "done"]),
        (WITHDRAWN, ["done", "done"]),
    ],
)
def test_the_track_has_one_present_step_at_most(story: Story, whens: list[str]) -> None:
    assert [step.when for step in steps(story, "nb")] == whens
