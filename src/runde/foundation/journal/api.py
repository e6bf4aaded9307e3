"""The door to the journal: write what happened, ask whether it still stands as it was written."""

from .heads_file import HeadsUnwritable
from .models import Chain
from .operations import Happening, record, record_many, record_reading
from .queries import PastEvent, events_of, export_lines, last_witnessed_at, verify, verify_all
from .reading import NoCheckRole
from .verification import ChainReport, Fault
from .witnessing import witness

__all__ = [
    "Chain",
    "ChainReport",
    "Fault",
    "Happening",
    "HeadsUnwritable",
    "NoCheckRole",
    "PastEvent",
    "events_of",
    "export_lines",
    "last_witnessed_at",
    "record",
    "record_many",
    "record_reading",
    "verify",
    "verify_all",
    "witness",
]
