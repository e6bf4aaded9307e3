"""What the bank has answered, in the words and rows that the pages show."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.urls import reverse

from runde.engine.reference.api import amount_text, date_text, mask_account, number_text
from runde.grants.payments.api import BankPage, BankState, BankTotals, Payment, Trouble
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.finance.shown import amount
from runde.web.staff import count_text, day_and_clock

FORMATS = {"pain": "Svar på betalingsfil", "camt": "Bevegelser på kontoen"}


def bank_heading(page: BankPage) -> str:
    """The whole answer in one sentence: "246 av 247 er betalt. 1 trenger deg." """
    if not page.sent and not page.troubles:
        return "Ingen betalinger er sendt til banken ennå"
    count, needs = number_text(page.paid), len(page.troubles)
    if page.paid == page.sent and not needs:
        return f"Alt er betalt: {count} av {number_text(page.sent)}"
    paid = f"{count} av {number_text(page.sent)} er betalt."
    if needs:
        return f"{paid} {number_text(needs)} trenger deg."
    return f"{paid} Resten venter på svar fra banken."


def bank_totals_facts(totals: BankTotals) -> list[Fact]:
    return [
        Fact("Vedtatt", amount_text(totals.decided_nok)),
        Fact("Sendt til bank", amount_text(totals.sent_nok)),
        Fact("Betalt av banken", amount_text(totals.paid_nok)),
    ]


def bank_totals_sentence(totals: BankTotals) -> str:
    if totals.agree:
        return "Alle tre er like: Det som er vedtatt, er sendt og betalt."
    parts = []
    if totals.decided_nok > totals.sent_nok:
        parts.append(f"{amount_text(totals.decided_nok - totals.sent_nok)} er ikke sendt til banken.")
    if totals.sent_nok > totals.paid_nok:
        parts.append(f"{amount_text(totals.sent_nok - totals.paid_nok)} er sendt, men ikke bekreftet betalt.")
    return " ".join(parts)


def what_happened(one: Trouble) -> str:
    """In plain words what the bank has said, or what does not fit."""
    answer = one.answer
    because = f"fordi {one.reason.why}"
    own = f" Banken skriver: «{answer.note}»." if answer.note and not one.reason.is_known else ""
    if one.state is BankState.UNSURE:
        return "Banken har sagt både at den er betalt og at den er avvist."
    said = {
        "rejected": f"Banken avviste betalingen {because}.{own}",
        "returned": f"Pengene kom tilbake {because}.{own}",
        "repeated": "Banken har fått den før, og gjorde ikke noe denne gangen.",
        "differs": f"Banken oppgir {amount_text(answer.amount_nok) if answer.amount_nok else 'et annet beløp'}.",
        "paid_again": "Banken har ført betalingen to ganger.",
        "unknown": "Ingen betaling herfra har denne referansen.",
    }
    return said[answer.kind]


def what_to_do(one: Trouble) -> str:
    """The proposed act, as an instruction."""
    if one.paid_anew:
        return "Ring banken i dag: pengene kan være betalt to ganger."
    if one.state is BankState.UNSURE:
        return "Ring banken. Avklar når du vet hva som gjelder."
    by_kind: dict[str, Callable[[], str]] = {
        "rejected": lambda: _after_failure(one),
        "returned": lambda: _after_failure(one),
        "repeated": lambda: "Vent på kvitteringen for den første filen.",
        "paid_again": lambda: "Ring banken i dag, og be om pengene tilbake.",
    }
    return by_kind.get(one.answer.kind, lambda: "Finn ut hva det gjelder, og avklar.")()


def _after_failure(one: Trouble) -> str:
    if one.reason.effect == "account":
        return "Be om nytt kontonummer. Mottakeren har fått e-post om det."
    if one.reason.effect == "payer":
        return "Rett opp hos oss eller i banken, og klargjør betalingen på nytt."
    return "Ring banken, og klargjør betalingen på nytt når du vet at det går."


def troubles_table(troubles: Iterable[Trouble], slug: str, *, links: bool) -> Table:
    """Only the exceptions: who, what happened, what to do, how much. With `links` each leads to where it is settled."""
    columns = (
        Column("Mottaker"),
        Column("Hva har skjedd"),
        Column("Gjør dette"),
        Column("Beløp (kr)", "number"),
    )
    return Table(
        "Trenger deg",
        columns,
        tuple(_trouble_row(one, slug, links=links) for one in troubles),
        hide_caption=True,
    )


def _trouble_row(one: Trouble, slug: str, *, links: bool) -> Row:
    url = reverse("bank_trouble", args=[slug, one.answer.id]) if links else ""
    payment = one.payment
    who = Cell(
        payment.recipient_name if payment else one.answer.named,
        url=url,
        note=f"Sak {payment.case_number}, {payment.reference}" if payment else "Referanse fra banken",
    )
    value = payment.amount_nok if payment else one.answer.amount_nok
    return Row(
        (
            who,
            Cell(what_happened(one)),
            Cell(what_to_do(one)),
            Cell(amount(value) if value is not None else ""),
        ),
        tone="danger",
    )


def sent_table(payments: Iterable[Payment], caption: str, slug: str, *, links: bool) -> Table:
    """Payments that are sent; with `links` each leads to where a receipt is written down by hand."""
    columns = (Column("Mottaker"), Column("Sak"), Column("Referanse"), Column("Beløp (kr)", "number"))
    rows = tuple(
        Row(
            (
                Cell(
                    one.recipient_name,
                    url=reverse("bank_receipt", args=[slug, one.id]) if links else "",
                ),
                Cell(one.case_number),
                Cell(one.reference),
                Cell(amount(one.amount_nok)),
            )
        )
        for one in payments
    )
    return Table(caption, columns, rows, hide_caption=True)


def files_table(page: BankPage) -> Table:
    columns = (Column("Fil"), Column("Lest"), Column("Kontrollsum (SHA-256)"), Column("Nye svar", "number"))
    rows = tuple(
        Row(
            (
                Cell(one.file.file_name, note=f"{FORMATS[one.file.format[:4]]}, {one.file.format}"),
                Cell(
                    day_and_clock(one.file.read_at),
                    note=page.names.get(one.file.read_by, "Ukjent")
                    if one.file.read_by
                    else "Fra kommandolinjen",
                ),
                Cell(f"{one.file.sha256[:16]} …"),
                Cell(number_text(one.answers)),
            )
        )
        for one in page.files
    )
    return Table("Filer fra banken, nyeste først", columns, rows, hide_caption=True)


def trouble_facts(one: Trouble) -> list[Fact]:
    answer, payment = one.answer, one.payment
    facts = [Fact("Hva har skjedd", what_happened(one)), Fact("Gjør dette", what_to_do(one))]
    if payment:
        account = (answer.sealed.account_number if answer.sealed else "") or payment.account_number
        facts += [
            Fact("Mottaker", payment.recipient_name),
            Fact("Sak", payment.case_number),
            Fact("Beløp", amount_text(payment.amount_nok)),
            Fact("Konto", mask_account(account)),
        ]
    facts.append(Fact("Referanse", answer.named))
    if answer.booked_date:
        facts.append(Fact("Ført av banken", date_text(answer.booked_date)))
    where = f"Linje {answer.line} i {answer.file.file_name}" if answer.file else "Skrevet inn for hånd"
    facts.append(Fact("Hvor det står", where, source=f"Lest {day_and_clock(answer.at)}"))
    if one.renewal:
        facts.append(Fact("Skyldes på nytt", one.renewal.reference))
    return facts


def read_sentence(new: dict[str, int], known: int, others: int) -> str:
    """What came of a file, in one or two sentences."""
    words = {
        "accepted": ("er mottatt av banken", "er mottatt av banken"),
        "paid": ("er betalt", "er betalt"),
        "rejected": ("er avvist", "er avvist"),
        "returned": ("kom tilbake", "kom tilbake"),
    }
    parts = [
        f"{count_text(n, 'betaling', 'betalinger')} {words[kind][0]}"
        for kind, n in new.items()
        if kind in words
    ]
    odd = sum(n for kind, n in new.items() if kind not in words)
    if odd:
        parts.append(f"{count_text(odd, 'svar trenger deg', 'svar trenger deg')}")
    said = f"{', '.join(parts)}." if parts else "Filen hadde ingen nye svar."
    more = f" {count_text(known, 'svar', 'svar')} var kjent fra før." if known else ""
    return f"{said}{more}" + (
        f" {count_text(others, 'linje', 'linjer')} gjelder ikke betalinger herfra." if others else ""
    )
