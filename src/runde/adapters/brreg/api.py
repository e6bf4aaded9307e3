"""The door to the business register's service."""

from .client import Brreg, connect

__all__ = ["Brreg", "connect"]
