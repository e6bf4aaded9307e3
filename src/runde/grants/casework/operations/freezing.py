"""Freezing what decisions rest on, beside their own words: facts as judged, the rules themselves, and the texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from runde.engine.typeset.api import list_texts
from runde.grants.applications.api import Values, plain_values, values_of_many
from runde.grants.schemes.api import SchemeVersion

from ..domain.evidence import EVIDENCE, Content, Freezing
from ..domain.reasons import get_reason
from ..domain.words import as_language, letter_words
from ..models import FrozenPart, ProposalLine

RULES, TEXTS = FrozenPart.Kind.RULES, FrozenPart.Kind.TEXTS
LetterKind = Literal["grant", "refusal"]


@dataclass(slots=True)
class Evidence:
    """What a set of decisions rests on: read once for all of them, each shared content kept once."""

    known: Mapping[UUID, Values]
    versions: Mapping[UUID, SchemeVersion]
    on: date
    freezing: Freezing

    def part(self, line: ProposalLine) -> dict[str, Any]:
        """The snapshot's own part on evidence: see `queries.replay_decision`."""
        check, version = line.check_run, self.versions[line.case_id]
        return {
            "format": EVIDENCE,
            "judged_on": check.verdict["on"],
            "known": check.known if check.known is not None else plain_values(self.known[line.case_id]),
            "overrides": check.overrides,
            "rules": self.freezing.freeze(RULES, version.rules_digest, version.rules),
            "texts": self._texts(line),
        }

    def _texts(self, line: ProposalLine) -> str:
        kind: LetterKind = "grant" if line.outcome == "granted" else "refusal"
        language = as_language(line.case.application.language)
        name = f"{kind}.{language}.{line.reason_code}"
        return self.freezing.freeze_once(
            TEXTS, name, lambda: texts_of(kind, language, line.reason_code, self.on)
        )


def gather_evidence(
    lines: Sequence[ProposalLine],
    versions: Mapping[UUID, SchemeVersion],
    on: date,
    freezing: Freezing,
) -> Evidence:
    """The values each application was sealed with; what they share goes into `freezing`."""
    known = values_of_many([line.case.application for line in lines])
    by_case = {line.case_id: values for line, values in zip(lines, known, strict=True)}
    return Evidence(by_case, versions, on, freezing)


def keep_parts(freezing: Freezing) -> None:
    """Store what is not kept already, in the caller's transaction."""
    parts = [
        FrozenPart(kind=kind, digest=digest, content=content)
        for (kind, digest), content in freezing.parts.items()
    ]
    FrozenPart.objects.bulk_create(parts, ignore_conflicts=True)


def texts_of(kind: LetterKind, language: str, reason_code: str, on: date) -> Content:
    """Every text of ours that a letter of this kind is written of that day, in its language."""
    spoken = as_language(language)
    fixed = {one.id: one.text for one in list_texts(kind, spoken, on).values()}
    reason = get_reason(reason_code).sentence
    return {
        "kind": kind,
        "language": spoken,
        "fixed": fixed,
        "words": letter_words(spoken),
        "reason": {reason_code: reason.get(spoken, reason["nb"])},
    }
