"""What the bank has answered about a sent batch: a file with one payment refused and one nobody knows."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from runde.grants.payments.api import (
    BankAnswer,
    BankFile,
    Batch,
    Payment,
    list_troubles,
    read_answer,
    settle_answer,
)

from ..region import Town

STATUS = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>
<GrpHdr><MsgId>{file}-S</MsgId><CreDtTm>{at}</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>{file}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>{file}-A</OrgnlPmtInfId>{payments}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>"""
REFUSED = (
    "<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
    "<StsRsnInf><Rsn><Cd>MS03</Cd></Rsn><AddtlInf>{note}</AddtlInf></StsRsnInf></TxInfAndSts>"
)


def answer_from_bank(town: Town, batch: Batch, at: datetime) -> None:
    """Inside the town's fence. The answer about nobody is cleared up, the other is left open."""
    file, by = BankFile.objects.get(batch=batch), town.actor("finance", at)
    known = Payment.objects.filter(batch_lines__batch=batch).order_by("reference")[0].reference
    payments = "".join(REFUSED.format(reference=one, note=town.mark) for one in (known, "U-1900-000001"))
    content = STATUS.format(file=file.message_id, at=at.isoformat(), payments=payments).encode()
    read_answer(content=content, file_name=f"{town.mark}.xml", by=by, at=at)
    [unknown] = [one.answer for one in list_troubles() if one.payment is None]
    settle_answer(answer_id=unknown.id, why=f"Ikke vår, {town.mark}.", by=by, at=at)


def answered(chance: Random) -> dict[str, UUID]:
    """An answer that needs a person, and a payment that is at the bank."""
    open_one = chance.choice(list(BankAnswer.objects.filter(settled__isnull=True).order_by("id")))
    sent = Payment.objects.filter(sealed__bank_file__batch__state=Batch.State.SENT, renewal__isnull=True)
    return {"bank_answer": open_one.id, "payment": chance.choice(list(sent.order_by("id"))).id}
