"""The proofs there are."""

from __future__ import annotations

from .frame import Proof
from .tamper import TAMPER

PROOFS: dict[str, Proof] = {proof.name: proof for proof in (TAMPER,)}
