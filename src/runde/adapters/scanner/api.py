"""The door to the scanner."""

from .address import BadAddress, read_address
from .clamd import Clamd, connect

__all__ = ["BadAddress", "Clamd", "connect", "read_address"]
