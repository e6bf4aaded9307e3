"""Questions to payments, batches and bank files."""

from __future__ import annotations

from .findings import Question

OWED = Question(
    "granted_is_owed",
    "Hvert gjeldende vedtak om tilskudd har sin betaling på samme beløp, når det er godtatt der det må godtas.",
    """
    SELECT decision.tenant_id, decision.id, 'vedtatt ' || decision.amount_nok || ', betaling ' ||
        coalesce(sum(payment.amount_nok), 0)
    FROM casework_decision decision LEFT JOIN payments_payment payment ON payment.decision_id = decision.id
        AND NOT EXISTS (SELECT 1 FROM payments_payment anew WHERE anew.renews_id = payment.id)
    LEFT JOIN casework_acceptance acceptance ON acceptance.decision_id = decision.id
    WHERE decision.outcome = 'granted'
        AND (decision.accept_by_date IS NULL OR acceptance.answer = 'accepted')
        AND NOT EXISTS (SELECT 1 FROM casework_decision newer WHERE newer.replaces_id = decision.id)
    GROUP BY decision.id HAVING coalesce(sum(payment.amount_nok), 0) <> decision.amount_nok
    """,
)
GRANTED = Question(
    "owed_is_granted",
    "Hver betaling hviler på et vedtak om tilskudd, til den som fikk det, på kontoen som er forseglet.",
    """
    SELECT payment.tenant_id, payment.reference, 'passer ikke med vedtaket'
    FROM payments_payment payment LEFT JOIN casework_decision decision ON decision.id = payment.decision_id
    WHERE decision.id IS NULL OR decision.outcome <> 'granted' OR decision.case_id <> payment.case_id
        OR decision.snapshot #>> '{applicant,organisation_number}' IS DISTINCT FROM payment.recipient_number
        OR left(coalesce(decision.snapshot #>> '{applicant,account_number}', ''), 11) <> payment.account_number
    """,
)
PARTS = Question(
    "payment_is_its_parts",
    "Det hver kilde bærer av en betaling, er det den bærer av vedtaket.",
    """
    SELECT coalesce(payment.tenant_id, part.tenant_id), coalesce(payment.reference, part.payment_id::text),
        'vedtaket ' || coalesce(award.amount_nok, 0) || ', betalingen ' || coalesce(part.amount_nok, 0)
    FROM payments_payment payment
    JOIN casework_award award ON award.decision_id = payment.decision_id
    FULL JOIN payments_paymentpart part ON part.payment_id = payment.id AND part.source_id = award.source_id
    WHERE part.amount_nok IS DISTINCT FROM award.amount_nok
    """,
)
WITHIN = Question(
    "paid_within_commitment",
    "Ingen sak har fått mer i bankfil og utbetalt enn det som er bundet for den.",
    """
    SELECT tenant_id, case_number, 'sendt ' || sent || ', vedtatt ' || granted FROM (
        SELECT payment.tenant_id, payment.case_number, sum(payment.amount_nok) AS sent,
            (SELECT coalesce(max(decision.amount_nok), 0) FROM casework_decision decision
             WHERE decision.case_id = payment.case_id) AS granted
        FROM payments_sealedpayment sealed JOIN payments_payment payment ON payment.id = sealed.payment_id
        WHERE NOT EXISTS (SELECT 1 FROM payments_payment anew WHERE anew.renews_id = payment.id)
        GROUP BY payment.tenant_id, payment.case_id, payment.case_number
    ) cases WHERE sent > granted
    """,
)
ONE_FILE = Question(
    "payment_in_one_file",
    "Ingen betaling står i mer enn én bankfil eller én levende bunt.",
    """
    SELECT payment.tenant_id, payment.reference, 'i ' || count(*) || ' bankfiler'
    FROM payments_sealedpayment sealed JOIN payments_payment payment ON payment.id = sealed.payment_id
    GROUP BY payment.id HAVING count(*) > 1
    UNION ALL
    SELECT payment.tenant_id, payment.reference, 'i ' || count(*) || ' bunter'
    FROM payments_batchline line JOIN payments_payment payment ON payment.id = line.payment_id
    WHERE line.is_live GROUP BY payment.id HAVING count(*) > 1
    """,
)
LINES = Question(
    "file_is_its_batch",
    "En bankfil har nøyaktig bunten sine betalinger.",
    """
    SELECT file.tenant_id, file.message_id, 'betaling ' || coalesce(line.payment_id, sealed.payment_id)
    FROM payments_bankfile file
    JOIN payments_batchline line ON line.batch_id = file.batch_id AND line.is_live
    LEFT JOIN payments_sealedpayment sealed ON sealed.payment_id = line.payment_id AND sealed.bank_file_id = file.id
    WHERE sealed.id IS NULL
    UNION ALL
    SELECT sealed.tenant_id, sealed.end_to_end_id, 'står ikke i bunten'
    FROM payments_sealedpayment sealed
    LEFT JOIN payments_bankfile file ON file.id = sealed.bank_file_id
    LEFT JOIN payments_batchline line
        ON line.batch_id = file.batch_id AND line.payment_id = sealed.payment_id AND line.is_live
    WHERE line.id IS NULL
    """,
)
TOTALS = Question(
    "file_totals",
    "Antall og sum for hver bankfil er antall og sum av betalingene.",
    """
    SELECT file.tenant_id, file.message_id, 'filen ' || file.count || ' og ' || file.sum_nok || ', betalingene ' ||
        count(payment.id) || ' og ' || coalesce(sum(payment.amount_nok), 0)
    FROM payments_bankfile file
    LEFT JOIN payments_sealedpayment sealed ON sealed.bank_file_id = file.id
    LEFT JOIN payments_payment payment ON payment.id = sealed.payment_id
    GROUP BY file.id
    HAVING file.count <> count(payment.id) OR file.sum_nok <> coalesce(sum(payment.amount_nok), 0)
    """,
)
STATES = Question(
    "batch_state_fits",
    "En bunt har en bankfil når den er godkjent, og bare da.",
    """
    SELECT batch.tenant_id, 'betaling ' || batch.number, batch.state
    FROM payments_batch batch LEFT JOIN payments_bankfile file ON file.batch_id = batch.id
    WHERE (batch.state IN ('sealed', 'sent')) <> (file.id IS NOT NULL)
    """,
)
BATCH_EYES = Question(
    "batch_by_two",
    "Hver bunt med bankfil er klargjort av én og godkjent av en annen.",
    """
    SELECT batch.tenant_id, 'betaling ' || batch.number, 'mangler godkjenning fra en annen'
    FROM payments_batch batch
    WHERE batch.state IN ('sealed', 'sent') AND (
        batch.approved_by IS NOT DISTINCT FROM batch.prepared_by
        OR NOT EXISTS (
            SELECT 1 FROM approvals_approval approval
            WHERE approval.tenant_id = batch.tenant_id AND approval.kind = 'payment_batch'
                AND approval.subject_id = batch.id AND approval.outcome = 'approved'
                AND approval.prepared_by = batch.prepared_by AND approval.decided_by = batch.approved_by
        )
    )
    """,
)
BOOKED = Question(
    "file_is_booked",
    "Hver betaling i bankfil er bokført der med sitt beløp, og ingen andre.",
    """
    WITH booked AS (
        SELECT entry.tenant_id, entry.key, sum(leg.amount_nok) AS total
        FROM ledger_entry entry JOIN ledger_leg leg ON leg.entry_id = entry.id AND leg.amount_nok > 0
        WHERE entry.kind = 'bank_file' GROUP BY entry.id
    ), in_file AS (
        SELECT payment.tenant_id, 'bank_file:' || payment.id AS key, payment.amount_nok AS total
        FROM payments_sealedpayment sealed JOIN payments_payment payment ON payment.id = sealed.payment_id
    )
    SELECT coalesce(in_file.tenant_id, booked.tenant_id), coalesce(in_file.key, booked.key),
        'i fil ' || coalesce(in_file.total, 0) || ', bokført ' || coalesce(booked.total, 0)
    FROM in_file FULL JOIN booked ON booked.tenant_id = in_file.tenant_id AND booked.key = in_file.key
    WHERE in_file.total IS DISTINCT FROM booked.total
    """,
)
SENT_BOOKED = Question(
    "sent_is_booked",
    "Hver betaling som er sendt, er bokført som utbetalt, og ingen andre.",
    """
    WITH booked AS (
        SELECT entry.tenant_id, entry.key, sum(leg.amount_nok) AS total
        FROM ledger_entry entry JOIN ledger_leg leg ON leg.entry_id = entry.id AND leg.amount_nok > 0
        WHERE entry.kind = 'payment' GROUP BY entry.id
    ), sent AS (
        SELECT payment.tenant_id, 'paid:' || payment.id AS key, payment.amount_nok AS total
        FROM payments_batch batch JOIN payments_batchline line ON line.batch_id = batch.id AND line.is_live
        JOIN payments_payment payment ON payment.id = line.payment_id WHERE batch.state = 'sent'
    )
    SELECT coalesce(sent.tenant_id, booked.tenant_id), coalesce(sent.key, booked.key),
        'sendt ' || coalesce(sent.total, 0) || ', bokført ' || coalesce(booked.total, 0)
    FROM sent FULL JOIN booked ON booked.tenant_id = sent.tenant_id AND booked.key = sent.key
    WHERE sent.total IS DISTINCT FROM booked.total
    """,
)
ACCOUNTS = Question(
    "account_of_one",
    "Ingen konto i en bankfil tilhører mer enn én mottaker.",
    """
    SELECT sealed.tenant_id, coalesce(nullif(sealed.account_number, ''), payment.account_number),
        count(DISTINCT payment.recipient_number) || ' mottakere'
    FROM payments_sealedpayment sealed JOIN payments_payment payment ON payment.id = sealed.payment_id
    GROUP BY 1, 2 HAVING count(DISTINCT payment.recipient_number) > 1
    """,
)
NOT_BEFORE_ACCEPTED = Question(
    "owed_when_accepted",
    "Ingenting er til betaling for et tilskudd som må godtas, før det er godtatt.",
    """
    SELECT payment.tenant_id, payment.reference, coalesce(acceptance.answer, 'ikke besvart')
    FROM payments_payment payment JOIN casework_decision decision ON decision.id = payment.decision_id
    LEFT JOIN casework_acceptance acceptance ON acceptance.decision_id = decision.id
    WHERE decision.accept_by_date IS NOT NULL
        AND (acceptance.answer IS DISTINCT FROM 'accepted' OR acceptance.answered_at > payment.made_at)
    """,
)
HELD = Question(
    "account_held",
    "Hver betaling i bankfil er på kontoen som gjaldt den dagen, og ingen ny konto ventet.",
    """
    WITH sent AS (
        SELECT sealed.tenant_id, payment.reference, payment.case_id, payment.account_number AS own,
            coalesce(nullif(sealed.account_number, ''), payment.account_number) AS used,
            file.sealed_at, (file.sealed_at AT TIME ZONE 'Europe/Oslo')::date AS on_day
        FROM payments_sealedpayment sealed
        JOIN payments_payment payment ON payment.id = sealed.payment_id
        JOIN payments_bankfile file ON file.id = sealed.bank_file_id
    ), standing AS (
        SELECT sent.reference, sent.tenant_id, change.new_number, change.effective_date, change.asked_at
        FROM sent JOIN payments_accountchange change
            ON change.tenant_id = sent.tenant_id AND change.case_id = sent.case_id AND change.asked_at <= sent.sealed_at
            AND (change.cancelled_at IS NULL OR change.cancelled_at > sent.sealed_at)
    )
    SELECT sent.tenant_id, sent.reference, 'brukt ' || right(sent.used, 4)
    FROM sent WHERE sent.used <> coalesce((
        SELECT standing.new_number FROM standing
        WHERE standing.tenant_id = sent.tenant_id AND standing.reference = sent.reference
            AND standing.effective_date <= sent.on_day
        ORDER BY standing.asked_at DESC LIMIT 1), sent.own)
    UNION ALL
    SELECT sent.tenant_id, sent.reference, 'en ny konto ventet til ' || standing.effective_date
    FROM sent JOIN standing ON standing.tenant_id = sent.tenant_id AND standing.reference = sent.reference
    WHERE standing.effective_date > sent.on_day
    """,
)
CAME_BACK = Question(
    "failed_is_owed_anew",
    "Det banken har avvist eller sendt tilbake, er ført tilbake og skyldes på nytt, én gang, og ikke noe annet.",
    """
    WITH booked AS (
        SELECT entry.tenant_id, entry.key, sum(leg.amount_nok) AS total
        FROM ledger_entry entry JOIN ledger_leg leg ON leg.entry_id = entry.id AND leg.amount_nok > 0
        WHERE entry.kind = 'bank_return' GROUP BY entry.id
    ), failed AS (
        SELECT DISTINCT payment.tenant_id, 'came_back:' || payment.id AS key, payment.amount_nok AS total
        FROM payments_bankanswer answer JOIN payments_sealedpayment sealed ON sealed.id = answer.sealed_id
        JOIN payments_payment payment ON payment.id = sealed.payment_id
        WHERE answer.kind IN ('rejected', 'returned')
    ), anew AS (
        SELECT tenant_id, 'came_back:' || renews_id AS key, amount_nok AS total
        FROM payments_payment WHERE renews_id IS NOT NULL
    )
    SELECT coalesce(failed.tenant_id, booked.tenant_id, anew.tenant_id), coalesce(failed.key, booked.key, anew.key),
        'avvist ' || coalesce(failed.total, 0) || ', ført tilbake ' || coalesce(booked.total, 0) ||
        ', skyldes på nytt ' || coalesce(anew.total, 0)
    FROM failed FULL JOIN booked ON booked.tenant_id = failed.tenant_id AND booked.key = failed.key
    FULL JOIN anew ON anew.tenant_id = coalesce(failed.tenant_id, booked.tenant_id)
        AND anew.key = coalesce(failed.key, booked.key)
    WHERE failed.total IS DISTINCT FROM booked.total OR failed.total IS DISTINCT FROM anew.total
    """,
)
PAYMENTS = (
    OWED,
    GRANTED,
    PARTS,
    WITHIN,
    ONE_FILE,
    LINES,
    TOTALS,
    STATES,
    BATCH_EYES,
    BOOKED,
    SENT_BOOKED,
    ACCOUNTS,
    NOT_BEFORE_ACCEPTED,
    HELD,
    CAME_BACK,
)
