"""What the reference room refuses to answer, by name."""


class ReferenceRefusal(ValueError):
    """Any question this room cannot answer with certainty; the message says what and how to mend it."""


class UnknownMunicipality(ReferenceRefusal):
    """The number is not in the table (numbers from before 2020 are not held)."""


class SplitMunicipality(ReferenceRefusal):
    """The old number became several municipalities; `candidates` are their numbers."""

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


class UnknownCounty(ReferenceRefusal):
    """The county number was not valid on the day asked about."""


class UnknownIndustry(ReferenceRefusal):
    """The code is in neither held edition of the standard, or not in the edition named."""


class UnknownLegalForm(ReferenceRefusal):
    """The organisation form code is not in the table."""


class UnknownSector(ReferenceRefusal):
    """The institutional sector code is not in the table."""


class UnknownFigure(ReferenceRefusal):
    """No version of the figure, rule or reference is held for that day."""


class UnverifiedFigure(ReferenceRefusal):
    """The figure is held but marked unverified: confirm it with its source before using it."""


class InvalidOrganisationNumber(ReferenceRefusal):
    """Not nine digits with a right check digit."""


class InvalidAccountNumber(ReferenceRefusal):
    """Not eleven digits with a right check digit."""


class InvalidKid(ReferenceRefusal):
    """Not a payment reference the payee's agreement can accept."""


class SyntheticRangeExhausted(ReferenceRefusal):
    """More synthetic numbers were asked for than the range holds."""
