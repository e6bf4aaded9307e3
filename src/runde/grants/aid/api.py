"""The door to aid: what every undertaking has a right to, from every municipality."""

from .models import AidAward
from .queries import PastAward, list_awards, standing_awards
from .recording import Given, Why, record_awards, reverse_awards

__all__ = [
    "AidAward",
    "Given",
    "PastAward",
    "Why",
    "list_awards",
    "record_awards",
    "reverse_awards",
    "standing_awards",
]
