"""Laying one page over what stands: read it, hold it against what others have written, and say what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from runde.engine.reference.api import Language
from runde.foundation.forms.api import FormVersion, Raw, Reading, hidden_questions, questions_of, read_answers

from ..domain.merging import Merged, Past, merge, seen_by_page
from ..domain.saving import Differing, Turn, is_blank
from ..models import AnswerChange, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One page as it was handed in. `asked` are its questions, `chosen` those where own answer was picked."""

    raw: Mapping[str, Raw]
    asked: frozenset[str]
    expected_revision: int
    turn: Turn
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a page is read against: the form, the language, and what the register says."""

    form: FormVersion
    language: Language
    known: Mapping[str, Any]
    application_id: UUID
    stage: str
    refuse_files: Callable[[Mapping[str, Any]], Mapping[str, str]]
    """Given the file answers that would change, a sentence for each that names a file which is not ours."""
    elsewhere: Mapping[str, Any] = field(default_factory=dict)
    """Answers on other sheets, that conditions may rest on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What shall stand, and what is to be told. `page_revision` is what the page may send with its next save."""

    reading: Reading
    merged: Merged
    unread: dict[str, Raw]
    not_kept: dict[str, Any] = field(default_factory=dict)
    theirs: tuple[Differing, ...] = ()
    conflicts: tuple[Differing, ...] = ()
    gone: dict[str, Raw] = field(default_factory=dict)
    knows_all: bool = True


def lay(sheet: Sheet, posted: Posted, ground: Ground) -> Laid:
    """Nothing is stored here. One SQL statement when somebody has saved since the page was shown, else none."""
    slugs = {one.slug for one in questions_of(ground.form)}
    reading = read_answers(
        ground.form,
        posted.raw,
        require=None,
        language=ground.language,
        asked=posted.asked,
        known=ground.known,
        stored={**ground.elsewhere, **sheet.answers},
    )
    changes = _changes_since(sheet, posted.expected_revision, ground)
    past = [Past(one.revision, one.page, one.changed) for one in changes]
    seen = seen_by_page(sheet.answers, past, since=posted.expected_revision, page=posted.turn.page)
    mine = _mine(sheet, posted, ground, reading, seen, slugs)
    merged = merge(seen=seen, now=sheet.answers, mine=mine, chosen=posted.chosen)
    merged, reading = _without_strange_files(merged, reading, sheet, ground)
    return Laid(
        reading=reading,
        merged=merged,
        unread=_unread(sheet, posted, reading, slugs),
        not_kept=_not_kept(merged, mine, changes, posted),
        theirs=tuple(_differing(slug, mine, seen, sheet, changes) for slug in merged.theirs),
        conflicts=tuple(_differing(slug, mine, seen, sheet, changes) for slug in merged.conflicts),
        gone={slug: raw for slug, raw in posted.raw.items() if slug not in slugs and not is_blank(raw)},
        knows_all=all(
            merged.answers.get(slug) == (mine[slug] if slug in mine else seen.get(slug))
            for slug in posted.asked & slugs
        ),
    )


def _changes_since(sheet: Sheet, revision: int, ground: Ground) -> list[AnswerChange]:
    if sheet.revision == revision:
        return []
    changes = AnswerChange.objects.filter(
        application_id=ground.application_id, stage=ground.stage, revision__gt=revision
    )
    return list(changes.order_by("revision"))


def _mine(
    sheet: Sheet,
    posted: Posted,
    ground: Ground,
    reading: Reading,
    seen: Mapping[str, Any],
    slugs: Collection[str],
) -> dict[str, Any]:
    """What the page says of each of its questions; left out are those it says nothing of.

    An answer that cannot be read says nothing. An empty field of a question that was not shown says nothing either,
    whether it was hidden when the page was made or is hidden by what the page says.
    """
    hidden = reading.hidden | hidden_questions(ground.form, {**ground.elsewhere, **seen}, ground.known)
    mine: dict[str, Any] = {}
    for slug in sorted(posted.asked & set(slugs)):
        if slug in reading.values:
            mine[slug] = reading.values[slug]
        elif slug not in reading.errors and slug not in hidden:
            mine[slug] = None
    return mine


def _not_kept(
    merged: Merged, mine: Mapping[str, Any], changes: list[AnswerChange], posted: Posted
) -> dict[str, Any]:
    """What was written where another's answer stands, for the history; once, though the page saves again."""
    known: dict[str, Any] = {}
    for one in changes:
        known |= one.not_kept if posted.turn.page and one.page == posted.turn.page else {}
    new = {slug: mine[slug] for slug in merged.conflicts}
    return {slug: value for slug, value in new.items() if slug not in known or known[slug] != value}


def _unread(sheet: Sheet, posted: Posted, reading: Reading, slugs: Collection[str]) -> dict[str, Raw]:
    """What was typed and could not be read, so that it is there when the page is opened again."""
    others = {slug: raw for slug, raw in sheet.unread.items() if slug not in posted.asked and slug in slugs}
    now = {
        slug: posted.raw[slug]
        for slug in sorted(posted.asked & set(slugs) & set(posted.raw))
        if slug not in reading.values and slug in reading.errors | dict.fromkeys(reading.hidden)
    }
    return others | {slug: raw for slug, raw in now.items() if not is_blank(raw)}


def _without_strange_files(
    merged: Merged, reading: Reading, sheet: Sheet, ground: Ground
) -> tuple[Merged, Reading]:
    """File answers that name somebody else's files are not kept; what stood there stays."""
    files = {one.slug for one in questions_of(ground.form) if one.type == "file"}
    touched = {slug: pair[1] for slug, pair in merged.changed.items() if slug in files and pair[1]}
    refused = ground.refuse_files(touched) if touched else {}
    if not refused:
        return merged, reading
    answers = {slug: value for slug, value in merged.answers.items() if slug not in refused}
    answers |= {slug: sheet.answers[slug] for slug in refused if slug in sheet.answers}
    changed = {slug: pair for slug, pair in merged.changed.items() if slug not in refused}
    values = {slug: value for slug, value in reading.values.items() if slug not in refused}
    return (
        replace(merged, answers=answers, changed=changed),
        replace(reading, values=values, errors={**reading.errors, **refused}),
    )


def _differing(
    slug: str,
    mine: Mapping[str, Any],
    seen: Mapping[str, Any],
    sheet: Sheet,
    changes: list[AnswerChange],
) -> Differing:
    last = next((one for one in reversed(changes) if slug in one.changed), None)
    by, at = (last.by, last.at) if last else (None, None)
    return Differing(slug, mine[slug], sheet.answers.get(slug), seen.get(slug), by, at)
