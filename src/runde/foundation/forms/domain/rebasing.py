"""Answers moved from one version of a form to another. Nothing is lost: what has no place is set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from runde.engine.reference.api import Language

from .definition import Definition, type_of
from .question import BadAnswer, Json, Question, Raw, chosen
from .showing import Answers


@dataclass(frozen=True, slots=True)
class SetAside:
    """An answer that has no place in the new form: what was asked, the answer as text, and as it was kept."""

    label: str
    text: str
    type: str
    value: Json


@dataclass(frozen=True, slots=True)
class Rebased:
    """`kept` and `set_aside` hold every answer there was, each in one of them.

    `to_see` names the questions to look at again, in the form's order: new ones, those asked in another way since
    they were answered, and those whose answer was set aside.
    """

    kept: dict[str, Json] = field(default_factory=dict)
    set_aside: dict[str, SetAside] = field(default_factory=dict)
    to_see: tuple[str, ...] = ()


def rebase(old: Definition, new: Definition, answers: Answers, language: Language) -> Rebased:
    """Move answers to another version of the form.

    An answer is kept where the question still means the same and takes it; the same words for people is the test.
    """
    rebased = Rebased()
    for slug, value in answers.items():
        carried = _carried(old.by_slug.get(slug), new.by_slug.get(slug), value, language)
        if carried is None:
            rebased.set_aside[slug] = _set_aside(slug, old.by_slug.get(slug), value, language)
        else:
            rebased.kept[slug] = carried
    return Rebased(rebased.kept, rebased.set_aside, tuple(_to_see(old, new, rebased)))


def _carried(old: Question | None, new: Question | None, value: Json, language: Language) -> Json | None:
    """The answer as the new question keeps it, None when it cannot."""
    if old is None or new is None:
        return None
    if (old.type, old.settings) == (new.type, new.settings):
        return value if type_of(new).means_the_same(old, new) else None
    if old.type != new.type and old.type not in type_of(new).takes_over:
        return None
    if old.type == new.type and not type_of(new).means_the_same(old, new):
        return None
    return _read_again(old, new, value, language)


def _read_again(old: Question, new: Question, value: Json, language: Language) -> Json | None:
    """What stood in the old field read by the new; only when the new field would show the same."""
    raw = type_of(old).written(value, old)
    try:
        read = type_of(new).read(raw, new, language)
    except BadAnswer:
        return None
    if read is None:
        return None
    again = type_of(new).written(read, new)
    return read if _filled_in(again) == _filled_in(raw) else None


def _filled_in(raw: Raw) -> list[object]:
    """What stands in the fields, whichever shape they have: one line is a list of one, an empty cell is none."""
    listed = raw if isinstance(raw, list) else [raw]
    return [
        {name: text for name, text in one.items() if text} if isinstance(one, dict) else one for one in listed
    ]


def _set_aside(slug: str, question: Question | None, value: Json, language: Language) -> SetAside:
    if question is None:
        return SetAside(slug, str(value), "", value)
    text = type_of(question).shown(value, question, language)
    return SetAside(chosen(question.label, language), text, question.type, value)


def _to_see(old: Definition, new: Definition, rebased: Rebased) -> Iterator[str]:
    for question in new.questions:
        slug, before = question.slug, old.by_slug.get(question.slug)
        is_news = before is None or slug in rebased.set_aside
        if is_news or (slug in rebased.kept and before is not None and _is_asked_otherwise(before, question)):
            yield slug


def _is_asked_otherwise(old: Question, new: Question) -> bool:
    """Whether the applicant would read another question; not its help, its place or when it is shown."""
    return (old.type, old.label, old.unit, old.settings) != (new.type, new.label, new.unit, new.settings)
