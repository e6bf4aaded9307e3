"""What every proof is: a name, a size, a seed, and what was found."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from .ground import Ground


@dataclass(slots=True)
class Findings:
    """What a proof has seen so far. `failures` are sentences; `figures` are measured on the way."""

    failures: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    def expect(self, holds: bool, sentence: str) -> None:
        """Note the sentence as a failure unless it holds."""
        if not holds:
            self.failures.append(sentence)

    def control(self, name: str, found: object) -> None:
        """A planted fault must be found; a proof that misses it proves nothing."""
        self.expect(bool(found), f"control not found: {name}")
        self.figures["controls found"] = self.figures.get("controls found", 0) + bool(found)


@dataclass(frozen=True, slots=True)
class Proof:
    """`run(ground, n, seed)` gives its findings. `slice_n` is its size in `make test`, `campaign_n` in full."""

    name: str
    words: str
    run: Callable[[Ground, int, int], Findings]
    slice_n: int
    campaign_n: int
    durable: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome as `--json` prints it; `figures` are for people and are not printed there."""

    name: str
    n: int
    failures: list[str]
    seconds: float
    seed: int
    figures: dict[str, Any]

    @property
    def holds(self) -> bool:
        return not self.failures

    def to_dict(self) -> dict[str, Any]:
        facts = asdict(self)
        del facts["figures"]
        return facts


def prove(proof: Proof, ground: Ground, *, n: int, seed: int) -> Result:
    """Run one proof to its end."""
    started = time.monotonic()
    found = proof.run(ground, n, seed)
    seconds = round(time.monotonic() - started, 2)
    return Result(proof.name, n, found.failures, seconds, seed, found.figures)
