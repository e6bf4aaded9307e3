"""What the allocation room refuses, by name. The messages are for the person who answers for the money."""

from collections.abc import Sequence


class AllocationRefusal(ValueError):
    """The base of every refusal. `keys` are what it is about: awards, sources, ceilings or shares."""

    def __init__(self, message: str, keys: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.keys = tuple(keys)


class InvalidAward(AllocationRefusal):
    """An award is not whole kroner above zero, comes twice, or names a source that is not there."""


class InvalidSource(AllocationRefusal):
    """A source has no amount of money, comes twice, or has limits that contradict themselves."""


class InvalidTerm(AllocationRefusal):
    """A ceiling, a minimum share or a lock names something that is not there, or is out of range."""


class LocksDoNotFit(AllocationRefusal):
    """What is locked by hand cannot be carried within the money, the ceilings and the minimum shares."""


class AllocationBroken(AllocationRefusal):
    """An allocation breaks a limit. Raised by the control that every allocation passes before it is handed out."""
