"""The model letters, as facts: the ones the wording was written against. Everyone in them is made up."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

from runde.engine.reference.api import Language
from runde.engine.typeset.api import (
    AnswerGroup,
    Contact,
    Criterion,
    DeMinimisAid,
    Fact,
    GrantFacts,
    Person,
    ReceiptFacts,
    Recipient,
    RefusalFacts,
    Sender,
)

F = TypeVar("F", GrantFacts, RefusalFacts, ReceiptFacts)
MADE_AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
_SCHEME: dict[Language, str] = {
    "nb": "tilskudd til virksomheter rammet av smitteverntiltak",
    "nn": "tilskot til verksemder ramma av smitteverntiltak",
    "en": "grants for businesses hit by infection control measures",
}

GRANT = GrantFacts(
    language="nb",
    sender=Sender("Moss kommune"),
    recipient=Recipient("Kafé Kanalen AS", ("Organisasjonsnummer 311 000 004", "Kanalgata 1", "1530 Moss")),
    contact=Contact("Næringsavdelingen", "00 00 00 00"),
    case_number="26/1200",
    scheme=_SCHEME["nb"],
    applied_date=date(2026, 11, 12),
    decided_date=date(2026, 11, 23),
    notified_date=date(2026, 11, 23),
    made_at=MADE_AT,
    officer=Person("Ida Lunde", "saksbehandler"),
    approver=Person("Per Strand", "næringssjef"),
    authority="kommunedirektøren",
    appeal_body="klagenemnda i kommunen",
    scheme_rules="Retningslinjer for ordningen punkt 3, 4 og 6 (vedtatt 1. oktober 2026).",
    reasons=(
        "Dere driver servering i Moss og var registrert før 1. mars 2026. Omsetningen falt med 45,0 prosent. "
        "Kravet er minst 30 prosent. Virksomheten er ikke konkurs eller under avvikling.",
    ),
    calculation=(
        Fact("Faste kostnader dere oppga", "320 000 kroner"),
        Fact("Fall i omsetning, november 2026 mot november 2025", "45,0 prosent"),
        Fact("Vi dekker 85 prosent av kostnadene for fallet: 320 000 × 45,0 % × 85 %", "122 400 kroner"),
        Fact("Trekk for egenandel", "−5 000 kroner"),
    ),
    register_date=date(2026, 11, 20),
    amount_nok=Decimal(117_400),
    account="15061177334",
    conditions=(
        "Pengene skal dekke faste kostnader i november 2026. Dere må ta vare på regnskapet i minst fem år.",
    ),
    payment_date=date(2026, 12, 4),
    accept_by_date=date(2026, 11, 30),
    report_by_date=date(2027, 6, 1),
    aid=DeMinimisAid(Decimal(10_017), Decimal("11.72"), date(2026, 11, 20)),
)

CRITERIA = (
    Criterion("Næring", "servering, overnatting eller kultur", "servering (56.110)", True),
    Criterion("Sted", "Moss kommune", "Moss kommune", True),
    Criterion("Registrert", "før 1. mars 2026", "14. juni 2018", True),
    Criterion("Fall i omsetning", "minst 30 prosent", "26,4 prosent", False, "3,6 prosentpoeng"),
    Criterion("Konkurs eller avvikling", "ingen av delene", "ingen av delene", True),
)

REFUSAL = RefusalFacts(
    language="nb",
    sender=Sender("Moss kommune"),
    recipient=Recipient("Bakgården Pizza AS", ("Organisasjonsnummer 311 000 012", "Bakgata 2", "1530 Moss")),
    contact=GRANT.contact,
    case_number="26/1201",
    scheme=_SCHEME["nb"],
    applied_date=date(2026, 11, 14),
    decided_date=date(2026, 11, 23),
    notified_date=date(2026, 11, 23),
    made_at=MADE_AT,
    officer=GRANT.officer,
    approver=GRANT.approver,
    authority=GRANT.authority,
    appeal_body=GRANT.appeal_body,
    scheme_rules=GRANT.scheme_rules,
    reasons=(
        "Dere omsatte for 412 000 kroner i november 2026 og 560 000 kroner i november 2025. "
        "Det er et fall på 26,4 prosent.",
        "Vi har også vurdert om særlige forhold tilsier støtte, for eksempel at lokalet var stengt i deler av "
        "måneden. Dere har ikke oppgitt slike forhold, og vi har ikke funnet noen.",
    ),
    criteria=CRITERIA,
    register_date=date(2026, 11, 20),
    short_reason="Omsetningen falt for lite til at dere kan få støtte etter reglene.",
    other_options=(
        "Se på «Omstilling for serveringssteder». Med de samme opplysningene oppfyller dere alle kravene der. "
        "Fristen er 15. januar 2027.",
    ),
)

RECEIPT = ReceiptFacts(
    language="nb",
    sender=Sender("Moss kommune"),
    recipient=GRANT.recipient,
    contact=GRANT.contact,
    case_number="26/1200",
    scheme=_SCHEME["nb"],
    submitted_by="Nora Eng, daglig leder",
    received_at=datetime(2026, 11, 12, 14, 15, tzinfo=UTC),
    made_at=MADE_AT,
    groups=(
        AnswerGroup(
            "Om virksomheten",
            (Fact("Hva heter virksomheten?", "Kafé Kanalen AS"), Fact("Hvor mange ansatte har dere?", "12")),
        ),
        AnswerGroup(
            "Tapet",
            (
                Fact("Hvor mye omsatte dere for i november 2026?", "308 000 kroner"),
                Fact("Hvordan merker dere tiltakene?", "Færre bord.\nKortere åpningstid."),
                Fact("Er det noe mer vi bør vite?", ""),
            ),
        ),
    ),
    attachments=("resultat-november.pdf",),
    answer_by_date=date(2026, 12, 10),
)


def in_language(facts: F, language: Language) -> F:
    """The same facts for a letter in another language."""
    return replace(facts, language=language, scheme=_SCHEME[language])
