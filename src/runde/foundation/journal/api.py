"""The door to the journal: write what happened; read the history of a subject."""

from .models import Chain
from .operations import Happening, record, record_many, record_reading

__all__ = ["Chain", "Happening", "record", "record_many", "record_reading"]
