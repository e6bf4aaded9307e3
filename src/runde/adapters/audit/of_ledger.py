"""Questions to the books."""

from __future__ import annotations

from .findings import Question

BALANCED = Question(
    "entry_balanced",
    "Hvert bilag går i null innen hver finansieringskilde.",
    """
    SELECT leg.tenant_id, entry.key, 'av med ' || sum(leg.amount_nok)
    FROM ledger_leg leg
    JOIN ledger_account account ON account.id = leg.account_id
    LEFT JOIN ledger_entry entry ON entry.id = leg.entry_id
    GROUP BY leg.tenant_id, leg.entry_id, entry.key, account.source_id HAVING sum(leg.amount_nok) <> 0
    """,
)
COMPLETE = Question(
    "entry_complete",
    "Hvert bilag har alle sine linjer, og ingen flere.",
    """
    SELECT entry.tenant_id, entry.key, count(leg.id) || ' linjer av ' || entry.leg_count
    FROM ledger_entry entry LEFT JOIN ledger_leg leg ON leg.entry_id = entry.id
    GROUP BY entry.id HAVING count(leg.id) <> entry.leg_count
        OR count(leg.id) FILTER (WHERE leg.tenant_id <> entry.tenant_id) > 0
    """,
)
SOURCE_FLOOR = Question(
    "source_not_overdrawn",
    "Ingen finansieringskilde er brukt mer enn det som er bevilget.",
    """
    SELECT account.tenant_id, account.source_id, 'står i ' || sum(leg.amount_nok)
    FROM ledger_leg leg JOIN ledger_account account ON account.id = leg.account_id
    WHERE account.kind = 'available'
    GROUP BY account.tenant_id, account.source_id HAVING sum(leg.amount_nok) < 0
    """,
)
CASE_FLOOR = Question(
    "case_not_overdrawn",
    "Ingen sak har mindre enn null bundet, i bankfil eller utbetalt.",
    """
    SELECT account.tenant_id, leg.subject_id, account.kind || ' står i ' || sum(leg.amount_nok)
    FROM ledger_leg leg JOIN ledger_account account ON account.id = leg.account_id
    WHERE account.kind IN ('committed', 'in_bank_file', 'paid')
    GROUP BY account.tenant_id, account.id, leg.subject_id HAVING sum(leg.amount_nok) < 0
    """,
)
APPROPRIATED = Question(
    "given_as_decided",
    "Det som er bokført som bevilget, er det budsjettvedtaket sier, og bare for vedtatte penger.",
    """
    SELECT source.tenant_id, source.name, 'bokført ' || coalesce(given.total, 0) || ', vedtatt ' ||
        CASE source.state WHEN 'decided' THEN source.amount_nok ELSE 0 END
    FROM schemes_fundingsource source
    LEFT JOIN (
        SELECT account.source_id, -sum(leg.amount_nok) AS total
        FROM ledger_leg leg JOIN ledger_account account ON account.id = leg.account_id
        WHERE account.kind = 'giver' GROUP BY account.source_id
    ) given ON given.source_id = source.id
    WHERE coalesce(given.total, 0) <> CASE source.state WHEN 'decided' THEN source.amount_nok ELSE 0 END
    """,
)
COMMITMENTS = Question(
    "commitments_are_awards",
    "Det som er bundet for hver sak, er det gjeldende vedtak gir av hver kilde, og hver binding hører til et vedtak.",
    """
    WITH current AS (
        SELECT decision.tenant_id, decision.id, decision.case_id,
            coalesce(acceptance.answer, 'accepted') IN ('declined', 'lapsed') AS is_gone
        FROM casework_decision decision LEFT JOIN casework_acceptance acceptance ON acceptance.decision_id = decision.id
        WHERE NOT EXISTS (SELECT 1 FROM casework_decision newer WHERE newer.replaces_id = decision.id)
    ), booked AS (
        SELECT entry.id, entry.tenant_id, entry.key, entry.kind, account.source_id, leg.subject_id, leg.amount_nok
        FROM ledger_entry entry JOIN ledger_leg leg ON leg.entry_id = entry.id
        JOIN ledger_account account ON account.id = leg.account_id
        WHERE account.kind = 'committed' AND (entry.kind = 'commitment' AND entry.key NOT LIKE 'appeal:%'
            OR entry.kind = 'release' AND entry.key ~ '^(changed|declined|rest):')
    ), committed AS (
        SELECT booked.tenant_id, booked.source_id, booked.subject_id, sum(booked.amount_nok) AS total
        FROM booked LEFT JOIN current ON current.tenant_id = booked.tenant_id AND current.case_id = booked.subject_id
        -- A rest let go after the decision leaves the decision as it is; one before it (ids are in order of time) is in
        -- the decision's difference.
        WHERE booked.key NOT LIKE 'rest:%' OR booked.id < current.id
        GROUP BY booked.tenant_id, booked.source_id, booked.subject_id
    ), awarded AS (
        SELECT award.tenant_id, award.source_id, current.case_id, sum(award.amount_nok) AS total
        FROM casework_award award JOIN current ON current.id = award.decision_id
        WHERE NOT current.is_gone GROUP BY award.tenant_id, award.source_id, current.case_id
    )
    SELECT coalesce(awarded.tenant_id, committed.tenant_id), coalesce(awarded.case_id, committed.subject_id)::text,
        'vedtatt ' || coalesce(awarded.total, 0) || ', bundet ' || coalesce(committed.total, 0)
    FROM awarded FULL JOIN committed ON committed.tenant_id = awarded.tenant_id
        AND committed.source_id = awarded.source_id AND committed.subject_id = awarded.case_id
    WHERE coalesce(awarded.total, 0) <> coalesce(committed.total, 0)
    UNION ALL
    SELECT booked.tenant_id, booked.key, 'hører ikke til noe vedtak i saken'
    FROM booked WHERE booked.kind = 'commitment' AND NOT EXISTS (
        SELECT 1 FROM casework_decision decision WHERE decision.tenant_id = booked.tenant_id
            AND decision.case_id = booked.subject_id AND booked.key = 'decision:' || decision.id
    )
    """,
)
GIVEN_BACK = Question(
    "declined_is_released",
    "Det som var bundet for et tilskudd noen har takket nei til, eller som er falt bort, er frigitt, og bare det.",
    """
    WITH released AS (
        SELECT entry.tenant_id, entry.key, account.source_id, leg.subject_id, -sum(leg.amount_nok) AS total
        FROM ledger_entry entry JOIN ledger_leg leg ON leg.entry_id = entry.id
        JOIN ledger_account account ON account.id = leg.account_id
        WHERE entry.kind = 'release' AND entry.key LIKE 'declined:%' AND account.kind = 'committed'
        GROUP BY entry.tenant_id, entry.key, account.source_id, leg.subject_id
    ), declined AS (
        SELECT award.tenant_id, 'declined:' || award.decision_id AS key, award.source_id, decision.case_id,
            sum(award.amount_nok) AS total
        FROM casework_acceptance acceptance
        JOIN casework_decision decision ON decision.id = acceptance.decision_id
        JOIN casework_award award ON award.decision_id = decision.id
        WHERE acceptance.answer IN ('declined', 'lapsed')
        GROUP BY award.tenant_id, award.decision_id, award.source_id, decision.case_id
    )
    SELECT coalesce(declined.tenant_id, released.tenant_id), coalesce(declined.key, released.key),
        'bundet ' || coalesce(declined.total, 0) || ', frigitt ' || coalesce(released.total, 0)
    FROM declined FULL JOIN released ON released.tenant_id = declined.tenant_id AND released.key = declined.key
        AND released.source_id = declined.source_id AND released.subject_id = declined.case_id
    WHERE declined.total IS DISTINCT FROM released.total
    """,
)
SET_ASIDE = Question(
    "appeals_hold_what_is_set_aside",
    "Det som er bundet til klager, er det som er satt av til dem, og det er frigitt når klagen er over.",
    """
    WITH booked AS (
        SELECT entry.tenant_id, replace(entry.key, 'appeal_back:', 'appeal:') AS key, account.source_id,
            sum(leg.amount_nok) AS total
        FROM ledger_entry entry JOIN ledger_leg leg ON leg.entry_id = entry.id
        JOIN ledger_account account ON account.id = leg.account_id
        WHERE account.kind = 'committed' AND (entry.key LIKE 'appeal:%' OR entry.key LIKE 'appeal_back:%')
        GROUP BY entry.tenant_id, 2, account.source_id
    ), held AS (
        SELECT held.tenant_id, 'appeal:' || held.appeal_id || ':' || held.number AS key, held.source_id,
            CASE WHEN held.ended_at IS NULL AND appeal.settled_at IS NULL THEN held.amount_nok ELSE 0 END AS total
        FROM casework_setaside held JOIN casework_appeal appeal ON appeal.id = held.appeal_id
    )
    SELECT coalesce(held.tenant_id, booked.tenant_id), coalesce(held.key, booked.key),
        'satt av ' || coalesce(held.total, 0) || ', bundet ' || coalesce(booked.total, 0)
    FROM held FULL JOIN booked ON booked.tenant_id = held.tenant_id AND booked.key = held.key
        AND booked.source_id = held.source_id
    WHERE held.total IS DISTINCT FROM booked.total
    """,
)
LEDGER = (BALANCED, COMPLETE, SOURCE_FLOOR, CASE_FLOOR, APPROPRIATED, COMMITMENTS, GIVEN_BACK, SET_ASIDE)
