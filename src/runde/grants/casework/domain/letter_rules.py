"""What an officer may change in one letter: own sentences, never the law's, the generated ones only by adding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from runde.engine.typeset.api import Letter, block_name, paragraphs_of
from runde.grants.letters.api import LetterKind, get_kind

from .letters import letter_of, letter_without_edits

Right = Literal["rewrite", "add", "none"]
RESULT = "result"
CONTEXT = "context"
ADDED_ONLY = "Setningene kommer fra reglene. Du kan legge til avsnitt, men ikke skrive dem om."
FROM_CHECK = "Kravene og det vi fant, kommer fra reglene og sjekken i saken."
CRITERIA = "criteria"
NAMED_ELSEWHERE = {CONTEXT: RESULT}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph as the letter shows it. `old` is what the template says, `place` the change, if there is one.

    `may_rewrite`: the block's are the municipality's own, or this one is: of the template, or added to this letter.
    """

    text: str
    old: str
    place: str = ""
    may_rewrite: bool = False

    @property
    def is_changed(self) -> bool:
        return bool(self.place)


@dataclass(frozen=True, slots=True)
class LetterBlock:
    """A block with what may be done in it, and why not more."""

    name: str
    title: str
    right: Right
    may_add: bool
    why: str
    sentences: tuple[Sentence, ...]


def right_in(kind: LetterKind, name: str, *, is_overridden: bool) -> tuple[Right, bool, str]:
    """Whether paragraphs of a block may be rewritten, whether one may be added, and why not more."""
    if name == CRITERIA:
        return "none", False, FROM_CHECK
    block = kind.block(NAMED_ELSEWHERE.get(name, name))
    if block is None or block.state == "locked":
        return "none", False, block.why if block else ""
    may_add = block.may_add and name not in NAMED_ELSEWHERE
    if block.state == "own" or (is_overridden and may_add):
        return "rewrite", may_add, ""
    return ("add", True, ADDED_ONLY) if may_add else ("none", False, block.why)


def blocks_of(
    snapshot: Mapping[str, Any], places: Mapping[tuple[str, str, str], str], *, is_overridden: bool
) -> tuple[LetterBlock, ...]:
    """The letter's blocks with their sentences. `places` names each change by (block, old, new)."""
    kind = get_kind(snapshot["letter"]["kind"])
    before, after = letter_without_edits(snapshot), letter_of(snapshot)
    was = {block_name(block): paragraphs_of(block) for block in before.blocks}
    made = {block_name(block): paragraphs_of(block) for block in _as_generated(snapshot).blocks}
    found = []
    for block in after.blocks:
        name = block_name(block)
        right, may_add, why = right_in(kind, name, is_overridden=is_overridden)
        own = None if right == "rewrite" else frozenset(was.get(name, ())) - frozenset(made.get(name, ()))
        sentences = _sentences(name, was.get(name, ()), paragraphs_of(block), places, own)
        found.append(LetterBlock(name, _title(kind, name, after), right, may_add, why, sentences))
    return tuple(found)


def _as_generated(snapshot: Mapping[str, Any]) -> Letter:
    """The letter without the paragraphs the template adds, and without edits."""
    return letter_of({**snapshot, "letter": {**snapshot["letter"], "edits": [], "added": {}}})


def _sentences(
    name: str,
    was: tuple[str, ...],
    now: tuple[str, ...],
    places: Mapping[tuple[str, str, str], str],
    own: frozenset[str] | None,
) -> tuple[Sentence, ...]:
    """The template's paragraphs come first, in their order, then those added. `own` None: all may be rewritten."""
    kept = [
        Sentence(text, old, places.get((name, old, text), ""), own is None or old in own)
        for old, text in zip(was, now, strict=False)
    ]
    more = [Sentence(text, "", places.get((name, "", text), ""), True) for text in now[len(was) :]]
    return (*kept, *more)


def _title(kind: LetterKind, name: str, letter: Letter) -> str:
    if name == CRITERIA:
        return "Kravene"
    block = kind.block(NAMED_ELSEWHERE.get(name, name))
    if block is not None:
        return block.title
    shown = next((one for one in letter.blocks if block_name(one) == name), None)
    return getattr(shown, "title", "") or name
