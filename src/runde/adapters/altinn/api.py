"""The door to Altinn."""

from .answers import OddAnswer
from .client import AltinnRefuses, AltinnRights, AltinnSilent, Identity
from .wiring import connect, nobody_is_known

__all__ = [
    "AltinnRefuses",
    "AltinnRights",
    "AltinnSilent",
    "Identity",
    "OddAnswer",
    "connect",
    "nobody_is_known",
]
