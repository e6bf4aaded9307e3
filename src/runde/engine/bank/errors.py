"""What the bank room refuses, by name. The messages are for the person who must mend the batch."""


class BankFileRefusal(ValueError):
    """The base of every refusal to write or read a bank file."""


class EmptyBatch(BankFileRefusal):
    """A batch without payments."""


class InvalidReference(BankFileRefusal):
    """A reference is empty, longer than the format allows or has characters the bank refuses."""


class DuplicateReference(BankFileRefusal):
    """Two payments in the batch carry the same reference."""


class InvalidAmount(BankFileRefusal):
    """An amount is not a Decimal above zero with at most two decimals, or too large for the format."""


class InvalidAccount(BankFileRefusal):
    """An account number has the wrong length or check digit, or payer and payee are the same account."""


class InvalidPayer(BankFileRefusal):
    """The payer's organisation number, division or bank code is wrong."""


class InvalidRemittance(BankFileRefusal):
    """A payment carries both KID and text, neither, or one that the format cannot hold."""


class UnwritableText(BankFileRefusal):
    """A name or text has control characters, or nothing the bank can print is left of it."""


class InvalidExecutionDate(BankFileRefusal):
    """The payment day is not a bank day, is past, or is more than a year ahead."""


class InvalidCreationTime(BankFileRefusal):
    """The moment of making the file has no time zone."""


class UnreadableBankFile(BankFileRefusal):
    """The file is not well-formed, not of a kind we read, or carries things no bank file has (DTD, entities)."""


class ControlTotalsDiffer(BankFileRefusal):
    """What was read back from the written file is not what was to be paid."""


class SchemaMissing(BankFileRefusal):
    """The XML schema is not installed, so validity cannot be told."""
