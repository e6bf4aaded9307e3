"""What the dividing room refuses, by name. The messages are for the person who divides the money."""

from collections.abc import Sequence


class DividingRefusal(ValueError):
    """The base of every refusal to divide. `keys` are the applications it is about; empty when it is about the way."""

    def __init__(self, message: str, keys: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.keys = tuple(keys)


class InvalidNeed(DividingRefusal):
    """An amount is not a Decimal of whole kroner from zero up, or an application comes twice."""


class InvalidMethod(DividingRefusal):
    """A limit, an amount or the bands of the way contradict themselves."""


class MissingFact(DividingRefusal):
    """The way needs points, a moment of arrival or a size that some applications do not have."""


class FloorsBeyondBudget(DividingRefusal):
    """Everybody is to have at least the floor, and the money does not reach that far."""
