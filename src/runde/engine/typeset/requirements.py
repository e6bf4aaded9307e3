"""What a letter of each kind must have before it is set."""

from functools import cache
from pathlib import Path

from runde.engine.typeset.errors import HeadingTooLong, IncompleteLetter, UnknownLetterKind
from runde.engine.typeset.letter import Letter, Section

LONGEST_HEADING = 60
_KINDS = Path(__file__).parent / "kinds"
_OF_DECISIONS = ("summary", "steps", "reasons", "appeal", "access", "contact", "signatures", "rules")
_IN_A_CASE = ("grant", "refusal", "case_letter")
_REQUIRED: dict[str, tuple[str, ...]] = {
    "grant": (*_OF_DECISIONS, "table", "conditions"),
    "refusal": _OF_DECISIONS,
    "receipt": ("summary", "table"),
    "document": (),
    "case_letter": ("paragraph", "next", "contact", "signatures", "rules"),
    "council": ("proposal", "summary", "steps", "assumptions", "method"),
}


@cache
def list_kinds() -> tuple[str, ...]:
    """The kinds of letter, by name: each is a folder with a template."""
    return tuple(sorted(path.parent.name for path in _KINDS.glob("*/letter.typ")))


def check_letter(letter: Letter) -> None:
    """Raises UnknownLetterKind, HeadingTooLong or IncompleteLetter."""
    if letter.kind not in list_kinds():
        raise UnknownLetterKind(f"Ukjent brevtype «{letter.kind}». Kjente: {', '.join(list_kinds())}.")
    if not letter.heading.strip():
        raise IncompleteLetter("Brevet mangler overskrift.")
    if len(letter.heading) > LONGEST_HEADING:
        raise HeadingTooLong(
            f"Overskriften har {len(letter.heading)} tegn. Resultatet må sies med høyst {LONGEST_HEADING}."
        )
    if letter.made_at.utcoffset() is None:
        raise IncompleteLetter("Tidspunktet brevet ble laget, mangler tidssone.")
    _check_blocks(letter)


def _check_blocks(letter: Letter) -> None:
    present = [block.name if isinstance(block, Section) else block.type for block in letter.blocks]
    missing = [name for name in _REQUIRED.get(letter.kind, ()) if name not in present]
    if missing:
        raise IncompleteLetter(f"Brevet mangler: {', '.join(missing)}.")
    if letter.kind in _IN_A_CASE and present[-1] != "rules":
        raise IncompleteLetter("Reglene skal stå sist i brevet.")
    if letter.kind in _IN_A_CASE and not letter.case_number:
        raise IncompleteLetter("Brevet mangler saksnummer.")
