"""Tampering: a superuser changes the journal in every way we could think of, and the journal must tell.

Triggers, policies and rights do not stop the superuser: only the chain and its witnesses are left.
"""

from .proof import TAMPER

__all__ = ["TAMPER"]
