"""One entrance for what the bank answers, whichever of the formats it is in."""

from runde.engine.bank.answer_xml import parse_answer
from runde.engine.bank.answers import AnswerFile
from runde.engine.bank.camt054 import read_camt054
from runde.engine.bank.pain002 import read_pain002

_PREFIX = "urn:iso:std:iso:20022:tech:xsd:"
READERS = {
    "pain.002.001.03": read_pain002,
    "pain.002.001.10": read_pain002,
    "camt.054.001.02": read_camt054,
    "camt.054.001.08": read_camt054,
}


def read_bank_answer(content: bytes) -> AnswerFile:
    """What the bank says in a pain.002 or camt.054.

    Raises UnreadableBankFile with the line and what is wrong; entities, DTDs and huge files are refused, nothing is
    ever fetched. Elements the format allows and we do not use are passed over.
    """
    root, namespace = parse_answer(content)
    name = namespace.removeprefix(_PREFIX)
    if root.name != "Document" or name not in READERS:
        raise root.refusal(f"filen er av typen «{name[:40]}». Vi leser {', '.join(READERS)}")
    return READERS[name](root, name)
