"""Wording that is not ours: a municipality's own texts in place of the fixed ones, paragraphs it adds, and what
an officer changed in one letter. Without any, a letter is what the fixed texts make it, byte for byte."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from string import Formatter

from runde.engine.typeset.errors import MissingSlot
from runde.engine.typeset.letter import Block, Letter, Paragraph, Section, Steps

CONTEXT = "context"
PARTED = "\n\n"
TO_FILL = re.compile(r"\[\[([^\[\]\n]{1,80})\]\]")
_TYPES = {"paragraph": CONTEXT, "table": "calculation"}


@dataclass(frozen=True, slots=True)
class Edit:
    """A paragraph of one letter as somebody left it: `old` empty is an added one, `new` empty takes it out."""

    block: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Wording:
    """`texts` replace fixed texts by key, `added` are paragraphs by block, both with `{slots}`; `edits` are plain.

    `source` says where the wording comes from, in the letter's `text_ids`.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    source: str = "own"


AS_FIXED = Wording()


def block_name(block: Block) -> str:
    """What a block is called when one speaks of its paragraphs."""
    return block.name if isinstance(block, Section) else _TYPES.get(block.type, block.type)


def paragraphs_of(block: Block) -> tuple[str, ...]:
    """The sentences of a block that may be added to; a table or a box has none."""
    if isinstance(block, Paragraph):
        return tuple(block.text.split(PARTED))
    if isinstance(block, Steps):
        return block.items
    return block.paragraphs if isinstance(block, Section) else ()


def worded(letter: Letter, wording: Wording, fields: Mapping[str, str]) -> Letter:
    """The letter with the added paragraphs, then the edits. An edit whose old words are gone changes nothing."""
    if not wording.added and not wording.edits:
        return letter
    blocks = tuple(_worded_block(block, wording, fields) for block in letter.blocks)
    own = tuple(f"{wording.source}.{name}.{letter.language}" for name in wording.added)
    return replace(letter, blocks=blocks, text_ids=(*letter.text_ids, *own))


def edits_without_place(letter: Letter, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits of paragraphs the letter no longer has; `letter` is the one without them."""
    standing = {block_name(block): paragraphs_of(block) for block in letter.blocks}
    return tuple(one for one in edits if one.old and one.old not in standing.get(one.block, ()))


def places_to_fill(letter: Letter) -> tuple[str, ...]:
    """What somebody must write before the letter can be sent, as `[[…]]` in a paragraph: one name for each place."""
    texts = [text for block in letter.blocks for text in paragraphs_of(block)]
    return tuple(name for text in texts for name in TO_FILL.findall(text))


def filled(text: str, fields: Mapping[str, str]) -> str:
    """The text with its slots filled, piece by piece: braces in a value are text. Raises MissingSlot."""
    found = []
    for literal, slot, _, _ in Formatter().parse(text):
        if slot is not None and slot not in fields:
            raise MissingSlot(f"Teksten «{text[:60]}» mangler verdi for: {slot}.")
        found.append(literal + (fields[slot] if slot is not None else ""))
    return "".join(found)


def _worded_block(block: Block, wording: Wording, fields: Mapping[str, str]) -> Block:
    name = block_name(block)
    edits = [one for one in wording.edits if one.block == name]
    added = [filled(text, fields) for text in wording.added.get(name, ())]
    if not edits and not added:
        return block
    changed = {one.old: one.new for one in edits if one.old}
    texts = [changed.get(text, text) for text in (*paragraphs_of(block), *added)]
    texts += [one.new for one in edits if not one.old]
    return _with_paragraphs(block, tuple(text for text in texts if text))


def _with_paragraphs(block: Block, texts: tuple[str, ...]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=PARTED.join(texts))
    if isinstance(block, Steps):
        return replace(block, items=texts)
    return replace(block, paragraphs=texts) if isinstance(block, Section) else block
