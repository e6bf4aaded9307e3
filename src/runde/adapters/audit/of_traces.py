"""Questions to the journal, the running numbers and the walls themselves."""

from __future__ import annotations

from .findings import Question


def _told(name: str, promise: str, table: str, key: str, action: str, where: str = "true") -> Question:
    """Each row of a table has exactly one event about it."""
    return Question(
        name,
        promise,
        f"""
        SELECT thing.tenant_id, thing.{key}, coalesce(told.events, 0) || ' hendelser av ' || thing.rows
        FROM (SELECT tenant_id, {key}, count(*) AS rows FROM {table} WHERE {where} GROUP BY tenant_id, {key}) thing
        LEFT JOIN (
            SELECT tenant_id, subject_id, count(*) AS events FROM journal_event
            WHERE chain = 'events' AND action = '{action}' GROUP BY tenant_id, subject_id
        ) told ON told.tenant_id = thing.tenant_id AND told.subject_id = thing.{key}::text
        WHERE coalesce(told.events, 0) <> thing.rows
        """,  # noqa: S608 - names written here, nothing from outside
    )


TOLD_DECISIONS = _told(
    "decision_in_journal",
    "Hvert vedtak har sin hendelse i journalen.",
    "casework_decision",
    "case_id",
    "casework.decided",
)
TOLD_PAYMENTS = _told(
    "payment_in_journal",
    "Hver betaling har sin hendelse i journalen.",
    "payments_payment",
    "id",
    "payments.made",
)
TOLD_SUBMISSIONS = _told(
    "submission_in_journal",
    "Hver innsendt søknad har sin hendelse i journalen.",
    "applications_application",
    "id",
    "applications.submitted",
    "seal <> ''",
)
TOLD_FILES = _told(
    "file_in_journal",
    "Hver bankfil har sin hendelse i journalen.",
    "payments_bankfile",
    "batch_id",
    "payments.batch_sealed",
)
HEADS = Question(
    "journal_head_fits",
    "Journalen har ingen hull, og hodet er den siste hendelsen.",
    """
    SELECT coalesce(head.tenant_id, events.tenant_id), coalesce(head.chain, events.chain),
        'hodet sier ' || coalesce(head.seq, 0) || ', hendelsene ' || coalesce(events.last, 0)
    FROM journal_head head FULL JOIN (
        SELECT tenant_id, chain, max(seq) AS last, count(*) AS rows FROM journal_event GROUP BY tenant_id, chain
    ) events ON events.tenant_id = head.tenant_id AND events.chain = head.chain
    LEFT JOIN journal_event final
        ON final.tenant_id = head.tenant_id AND final.chain = head.chain AND final.seq = head.seq
    WHERE coalesce(head.seq, 0) <> coalesce(events.last, 0) OR coalesce(events.rows, 0) <> coalesce(events.last, 0)
        OR (head.seq > 0 AND final.hash IS DISTINCT FROM head.hash)
    """,
)
CASE_NUMBERS = Question(
    "case_numbers_whole",
    "Saksnumrene har ingen hull, og telleren er det siste.",
    """
    SELECT coalesce(counter.tenant_id, used.tenant_id), 'saker ' || coalesce(counter.year, used.year),
        'telleren ' || coalesce(counter.value, 0) || ', siste ' || coalesce(used.last, 0) || ', antall ' ||
        coalesce(used.rows, 0)
    FROM (SELECT * FROM trust_counter WHERE kind = 'case') counter FULL JOIN (
        SELECT tenant_id, 2000 + split_part(number, '/', 1)::int AS year,
            max(split_part(number, '/', 2)::int) AS last, count(*) AS rows
        FROM applications_application WHERE number <> '' GROUP BY 1, 2
    ) used ON used.tenant_id = counter.tenant_id AND used.year = counter.year
    WHERE coalesce(counter.value, 0) <> coalesce(used.last, 0) OR coalesce(used.rows, 0) <> coalesce(used.last, 0)
    """,
)
PAYMENT_NUMBERS = Question(
    "payment_numbers_whole",
    "Betalingsreferansene har ingen hull, og telleren er den siste.",
    """
    SELECT coalesce(counter.tenant_id, used.tenant_id), 'betalinger ' || coalesce(counter.year, used.year),
        'telleren ' || coalesce(counter.value, 0) || ', siste ' || coalesce(used.last, 0) || ', antall ' ||
        coalesce(used.rows, 0)
    FROM (SELECT * FROM trust_counter WHERE kind = 'payment') counter FULL JOIN (
        SELECT tenant_id, split_part(reference, '-', 2)::int AS year,
            max(split_part(reference, '-', 3)::int) AS last, count(*) AS rows
        FROM payments_payment GROUP BY 1, 2
    ) used ON used.tenant_id = counter.tenant_id AND used.year = counter.year
    WHERE coalesce(counter.value, 0) <> coalesce(used.last, 0) OR coalesce(used.rows, 0) <> coalesce(used.last, 0)
    """,
)
BATCH_NUMBERS = Question(
    "batch_numbers_whole",
    "Buntnumrene har ingen hull, og telleren er det siste.",
    """
    SELECT coalesce(counter.tenant_id, used.tenant_id), 'bunter',
        'telleren ' || coalesce(counter.value, 0) || ', siste ' || coalesce(used.last, 0) || ', antall ' ||
        coalesce(used.rows, 0)
    FROM (SELECT * FROM trust_counter WHERE kind = 'payment_batch') counter FULL JOIN (
        SELECT tenant_id, max(number) AS last, count(*) AS rows FROM payments_batch GROUP BY tenant_id
    ) used ON used.tenant_id = counter.tenant_id
    WHERE coalesce(counter.value, 0) <> coalesce(used.last, 0) OR coalesce(used.rows, 0) <> coalesce(used.last, 0)
    """,
)
FENCES = Question(
    "fences_stand",
    "Hver tabell med en kommunes data er gjerdet inn, også for eieren.",
    """
    SELECT '', relation.relname, 'uten gjerde'
    FROM pg_class relation JOIN pg_attribute attribute ON attribute.attrelid = relation.oid
    WHERE relation.relkind = 'r' AND relation.relnamespace = 'public'::regnamespace
        AND attribute.attname = 'tenant_id' AND NOT attribute.attisdropped
        AND relation.relname <> 'schemes_announcement'
        AND NOT (relation.relrowsecurity AND relation.relforcerowsecurity
            AND EXISTS (SELECT 1 FROM pg_policy policy WHERE policy.polrelid = relation.oid))
    """,
)
GUARDS = Question(
    "guards_awake",
    "Ingen av databasens vakter er slått av.",
    """
    SELECT '', relation.relname, guard.tgname
    FROM pg_trigger guard JOIN pg_class relation ON relation.oid = guard.tgrelid
    WHERE relation.relnamespace = 'public'::regnamespace AND guard.tgenabled NOT IN ('O', 'A')
    """,
)
# What the database must hold by itself: (table, guard).
EXPECTED = (
    *((table, "append_only") for table in (
        "journal_event", "ledger_account", "ledger_entry", "ledger_leg", "casework_check", "casework_impartiality",
        "casework_decision", "casework_award", "payments_payment", "payments_paymentpart", "payments_batchline",
        "payments_bankfile", "payments_sealedpayment", "approvals_approval", "documents_version",
        "trust_idempotencykey", "casework_decisionreading", "casework_acceptance", "aid_aidaward",
        "payments_accountchange",
    )),
    ("casework_message", "casework_sent_kept"),
    ("casework_appeal", "casework_sent_kept"),
    ("casework_appealstep", "append_only"),
    ("casework_decision", "casework_appeal_decided_by_others"),
    *((table, "casework_ends_once") for table in (
        "casework_setaside", "casework_suspension", "casework_reasonsdemand", "casework_reversal",
    )),
    ("casework_informationrequest", "casework_request_kept"),
    ("casework_acceptance", "casework_acceptance_asked"),
    ("payments_payment", "payments_owed_when_accepted"),
    ("payments_payment", "payments_renewed_when_failed"),
    ("payments_sealedpayment", "payments_account_holds"),
    ("payments_accountchange", "payments_account_change_kept"),
    ("ledger_leg", "ledger_leg_check"),
    ("journal_head", "journal_head_moves_forward"),
    ("casework_decision", "casework_decision_impartial"),
    ("applications_application", "applications_sealed"),
    ("payments_batch", "payments_batch_states"),
    ("payments_batchline", "payments_line_enters"),
    ("payments_batchline", "payments_line_leaves"),
    ("payments_paymentpart", "payments_parts_sum"),
    ("payments_sealedpayment", "payments_file_whole"),
)  # fmt: skip
PRESENT = Question(
    "guards_present",
    "Alle databasens vakter er der.",
    f"""
    SELECT '', expected.relation, expected.guard
    FROM (VALUES {", ".join(f"('{relation}', '{guard}')" for relation, guard in EXPECTED)}) expected(relation, guard)
    WHERE NOT EXISTS (
        SELECT 1 FROM pg_trigger found JOIN pg_class relation ON relation.oid = found.tgrelid
        WHERE relation.relnamespace = 'public'::regnamespace AND relation.relname = expected.relation
            AND found.tgname = expected.guard
    )
    """,  # noqa: S608 - names written here, nothing from outside
)
# (table, columns) of the unique rules that stand between a retry and a second payment.
ONCE = (
    ("payments_sealedpayment", "payment_id"),
    ("payments_bankfile", "batch_id"),
    ("payments_payment", "tenant_id,decision_id,attempt"),
    ("payments_payment", "renews_id"),
    ("payments_answerfile", "tenant_id,sha256"),
    ("payments_bankanswer", "tenant_id,sealed_id,kind"),
    ("payments_payment", "tenant_id,reference"),
    ("payments_bankfile", "tenant_id,message_id"),
    ("ledger_entry", "tenant_id,key"),
    ("ledger_leg", "tenant_id,entry_id,position"),
    ("journal_event", "tenant_id,chain,seq"),
    ("casework_decision", "replaces_id"),
    ("casework_acceptance", "decision_id"),
    ("aid_aidaward", "decision_id"),
    ("trust_idempotencykey", "tenant_id,operation,key"),
)
UNIQUE = Question(
    "once_is_once",
    "Reglene som hindrer at noe gjøres to ganger, står i databasen.",
    f"""
    SELECT '', expected.relation, expected.columns
    FROM (VALUES {", ".join(f"('{relation}', '{columns}')" for relation, columns in ONCE)}) expected(relation, columns)
    WHERE NOT EXISTS (
        SELECT 1 FROM pg_index found JOIN pg_class relation ON relation.oid = found.indrelid
        WHERE relation.relnamespace = 'public'::regnamespace AND relation.relname = expected.relation
            AND found.indisunique AND found.indisvalid AND found.indpred IS NULL
            AND (SELECT string_agg(attribute.attname, ',' ORDER BY place)
                 FROM unnest(found.indkey::int2[]) WITH ORDINALITY AS key(number, place)
                 JOIN pg_attribute attribute
                     ON attribute.attrelid = relation.oid AND attribute.attnum = key.number) = expected.columns
    )
    """,  # noqa: S608 - names written here, nothing from outside
)
TRACES = (
    TOLD_DECISIONS,
    TOLD_PAYMENTS,
    TOLD_SUBMISSIONS,
    TOLD_FILES,
    HEADS,
    CASE_NUMBERS,
    PAYMENT_NUMBERS,
    BATCH_NUMBERS,
    FENCES,
    GUARDS,
    PRESENT,
    UNIQUE,
)
