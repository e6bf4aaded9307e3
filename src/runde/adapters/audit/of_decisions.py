"""Questions to applications, cases and decisions."""

from __future__ import annotations

from .findings import Question

AMOUNTS = Question(
    "decision_is_its_awards",
    "Det hvert vedtak gir, er summen av det kildene bærer; et avslag gir ingenting.",
    """
    SELECT decision.tenant_id, decision.id, 'vedtatt ' || decision.amount_nok || ', kildene bærer ' ||
        coalesce(sum(award.amount_nok), 0)
    FROM casework_decision decision LEFT JOIN casework_award award ON award.decision_id = decision.id
    GROUP BY decision.id
    HAVING coalesce(sum(award.amount_nok), 0) <> decision.amount_nok
        OR (decision.outcome = 'granted') <> (decision.amount_nok > 0)
    """,
)
FOUR_EYES = Question(
    "decision_by_two",
    "Den som forberedte et vedtak, fattet det ikke.",
    """
    SELECT tenant_id, id, 'samme person' FROM casework_decision WHERE prepared_by = decided_by
    """,
)
APPROVED = Question(
    "decision_approved",
    "Hvert vedtak er godkjent av den som står som beslutter.",
    """
    SELECT decision.tenant_id, decision.id, 'ingen godkjenning fra beslutteren'
    FROM casework_decision decision
    WHERE NOT EXISTS (
        SELECT 1 FROM approvals_approval approval
        WHERE approval.tenant_id = decision.tenant_id AND approval.kind = 'proposal'
            AND approval.subject_id = decision.proposal_id AND approval.outcome = 'approved'
            AND approval.decided_by = decision.decided_by AND approval.prepared_by = decision.prepared_by
    )
    """,
)
APPROVALS = Question(
    "approval_by_two",
    "Ingen har godkjent sitt eget.",
    """
    SELECT tenant_id, subject_id, kind FROM approvals_approval WHERE decided_by = prepared_by
    """,
)
IMPARTIAL = Question(
    "decision_impartial",
    "Ingen har forberedt eller fattet vedtak i en sak der de har meldt fra om egen interesse.",
    """
    SELECT decision.tenant_id, decision.id, 'person ' || declared.person_id
    FROM casework_decision decision
    JOIN casework_impartiality declared ON declared.case_id = decision.case_id
        AND declared.person_id IN (decision.prepared_by, decision.decided_by)
    WHERE NOT declared.is_impartial
    """,
)
DECLARED = Question(
    "decision_declared",
    "Både den som forberedte og den som fattet vedtaket, har svart på om de kan behandle saken.",
    """
    SELECT decision.tenant_id, decision.id, 'person ' || acting.person_id
    FROM casework_decision decision
    CROSS JOIN LATERAL (VALUES (decision.prepared_by), (decision.decided_by)) AS acting(person_id)
    WHERE NOT EXISTS (
        SELECT 1 FROM casework_impartiality declared
        WHERE declared.case_id = decision.case_id AND declared.person_id = acting.person_id
    )
    """,
)
ONE_LIVE = Question(
    "one_live_decision",
    "Hver sak har høyst ett gjeldende vedtak.",
    """
    SELECT decision.tenant_id, decision.case_id, count(*) || ' gjeldende vedtak'
    FROM casework_decision decision
    WHERE NOT EXISTS (SELECT 1 FROM casework_decision newer WHERE newer.replaces_id = decision.id)
    GROUP BY decision.tenant_id, decision.case_id HAVING count(*) > 1
    """,
)
CASE_STATE = Question(
    "case_state_fits",
    "En sak er vedtatt når den har et vedtak, og bare da.",
    """
    SELECT cases.tenant_id, cases.number, cases.state
    FROM casework_case cases
    LEFT JOIN (SELECT DISTINCT case_id FROM casework_decision) decided ON decided.case_id = cases.id
    WHERE (cases.state = 'decided' AND decided.case_id IS NULL)
        OR (cases.state IN ('open', 'withdrawn') AND decided.case_id IS NOT NULL)
    """,
)
CASE_FOR_APPLICATION = Question(
    "application_has_case",
    "Hver søknad som er sendt inn, har en sak, og hver sak en søknad.",
    """
    SELECT application.tenant_id, application.number, 'ingen sak' FROM applications_application application
    WHERE application.state = 'submitted'
        AND NOT EXISTS (SELECT 1 FROM casework_case cases WHERE cases.application_id = application.id)
    UNION ALL
    SELECT cases.tenant_id, cases.number, 'søknaden er ikke sendt inn' FROM casework_case cases
    LEFT JOIN applications_application application ON application.id = cases.application_id
    WHERE application.id IS NULL OR application.seal = ''
    """,
)
LETTER = Question(
    "decision_has_letter",
    "Hvert vedtak har sitt brev, eller brevet ligger i køen.",
    """
    SELECT decision.tenant_id, decision.id, 'mangler brev' FROM casework_decision decision
    WHERE NOT EXISTS (
        SELECT 1 FROM documents_document document JOIN documents_version version ON version.document_id = document.id
        WHERE document.tenant_id = decision.tenant_id AND document.key = 'decision_letter:' || decision.id
    ) AND NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs job WHERE job.status IN ('todo', 'doing')
            AND job.task_name = 'casework.write_letters' AND job.args -> 'decision_ids' ? decision.id::text
    )
    """,
)
SNAPSHOT = Question(
    "decision_as_sealed",
    "Utfall, beløp og personer i vedtaket er de som ble forseglet.",
    """
    SELECT tenant_id, id, 'raden er en annen enn det forseglede' FROM casework_decision
    WHERE snapshot #>> '{outcome,decision_id}' <> id::text
        OR snapshot #>> '{outcome,outcome}' <> outcome
        OR (snapshot #>> '{outcome,amount_nok}')::numeric <> amount_nok
        OR snapshot #>> '{outcome,prepared_by}' <> prepared_by::text
        OR snapshot #>> '{outcome,decided_by}' <> decided_by::text
        OR snapshot #> '{outcome,amount_nok}' IS NULL
    """,
)
AID = Question(
    "aid_is_decided",
    "Støtten som er skrevet opp, er det gjeldende vedtak gir, uten det som er avslått eller falt bort.",
    """
    WITH due AS (
        SELECT decision.tenant_id, decision.case_id, decision.amount_nok,
            snapshot #>> '{applicant,organisation_number}' AS orgnr
        FROM casework_decision decision LEFT JOIN casework_acceptance acceptance ON acceptance.decision_id = decision.id
        WHERE decision.outcome = 'granted' AND coalesce(acceptance.answer, 'accepted') = 'accepted'
            AND NOT EXISTS (SELECT 1 FROM casework_decision newer WHERE newer.replaces_id = decision.id)
    ), written AS (
        -- A grant that has been raised stands on several decisions in the case: what each of them gave.
        SELECT aid.tenant_id, coalesce(decision.case_id, aid.decision_id) AS case_id, aid.organisation_number AS orgnr,
            sum(aid.amount_nok) AS amount_nok
        FROM aid_aidaward aid LEFT JOIN casework_decision decision
            ON decision.id = aid.decision_id AND decision.tenant_id = aid.tenant_id
        WHERE aid.reversed_at IS NULL GROUP BY 1, 2, 3
    )
    SELECT coalesce(due.tenant_id, written.tenant_id), coalesce(due.case_id, written.case_id)::text,
        'vedtatt ' || coalesce(due.amount_nok, 0) || ', skrevet opp ' || coalesce(written.amount_nok, 0)
    FROM due FULL JOIN written
        ON written.tenant_id = due.tenant_id AND written.case_id = due.case_id AND written.orgnr = due.orgnr
    WHERE due.amount_nok IS DISTINCT FROM written.amount_nok
    """,
)
DECISIONS = (
    AMOUNTS,
    FOUR_EYES,
    APPROVED,
    APPROVALS,
    IMPARTIAL,
    DECLARED,
    ONE_LIVE,
    CASE_STATE,
    CASE_FOR_APPLICATION,
    LETTER,
    SNAPSHOT,
    AID,
)
