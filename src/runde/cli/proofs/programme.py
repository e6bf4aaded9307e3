"""The proofs there are."""

from __future__ import annotations

from .frame import Proof
from .kills import KILLS
from .matrix.proof import MATRIX
from .races import RACES
from .tamper import TAMPER

PROOFS: dict[str, Proof] = {proof.name: proof for proof in (KILLS, MATRIX, RACES, TAMPER)}
