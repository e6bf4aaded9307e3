"""A form made and changed one step at a time: a definition in, a definition out, nothing stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from runde.foundation.trust.api import Refused

from .definition_checks import problems_in
from .expression_checks import references_in_form, with_known

Form = Mapping[str, Any]
Types = Mapping[str, str]


class FormEditRefused(Refused):
    """The change would leave the form with a mistake; the text says which and how to mend it."""

    code = "form_edit_refused"


def add_section(
    form: Form, section: Mapping[str, Any], *, place: int | None = None, known_types: Types | None = None
) -> dict[str, Any]:
    """A section {slug, title, why?, shown_if?}, last or at `place` (0 the first)."""
    sections = [*form["sections"]]
    sections.insert(_place(place, len(sections)), {"questions": [], **section})
    return _judged(form, {**form, "sections": sections}, known_types)


def change_section(
    form: Form, slug: str, changes: Mapping[str, Any], *, known_types: Types | None = None
) -> dict[str, Any]:
    """The section with those fields changed; None takes one away. Slug and questions stay as they are."""
    _refuse_fixed(changes, ("slug", "questions"))
    number = _section(form, slug)
    return _judged(form, _with_section(form, number, _merged(form["sections"][number], changes)), known_types)


def move_section(form: Form, slug: str, *, place: int) -> dict[str, Any]:
    sections = [*form["sections"]]
    section = sections.pop(_section(form, slug))
    sections.insert(_place(place, len(sections)), section)
    return _judged(form, {**form, "sections": sections}, None)


def remove_section(form: Form, slug: str) -> dict[str, Any]:
    """Without the section and its questions. Refused when other questions lean on one of them."""
    number = _section(form, slug)
    section = form["sections"][number]
    gone = {question["slug"] for question in section["questions"]}
    _refuse_when_used(form, gone, f"Delen «{section['title']['nb']}»")
    sections = [one for place, one in enumerate(form["sections"]) if place != number]
    return _judged(form, {**form, "sections": sections}, None)


def add_question(
    form: Form,
    question: Mapping[str, Any],
    *,
    section: str,
    place: int | None = None,
    known_types: Types | None = None,
) -> dict[str, Any]:
    """A question last in the section, or at `place` (0 the first)."""
    number = _section(form, section)
    questions = [*form["sections"][number]["questions"]]
    questions.insert(_place(place, len(questions)), dict(question))
    return _judged(form, _with_questions(form, number, questions), known_types)


def change_question(
    form: Form, slug: str, changes: Mapping[str, Any], *, known_types: Types | None = None
) -> dict[str, Any]:
    """The question with those fields changed; None takes one away. The slug stays: answers hang on it."""
    _refuse_fixed(changes, ("slug",))
    number, place = _question(form, slug)
    questions = [*form["sections"][number]["questions"]]
    questions[place] = _merged(questions[place], changes)
    return _judged(form, _with_questions(form, number, questions), known_types)


def move_question(form: Form, slug: str, *, section: str, place: int) -> dict[str, Any]:
    """To `place` in a section, its own or another; a section left empty stays until it is removed."""
    number, old_place = _question(form, slug)
    questions = [*form["sections"][number]["questions"]]
    question = questions.pop(old_place)
    without = _with_questions(form, number, questions)
    there = _section(form, section)
    moved = [*without["sections"][there]["questions"]]
    moved.insert(_place(place, len(moved)), question)
    return _judged(form, _with_questions(without, there, moved), None)


def remove_question(form: Form, slug: str) -> dict[str, Any]:
    """Without the question. Refused when another leans on it."""
    number, place = _question(form, slug)
    questions = [*form["sections"][number]["questions"]]
    label = questions.pop(place)["label"]["nb"]
    _refuse_when_used(form, {slug}, f"Spørsmålet «{label}»")
    return _judged(form, _with_questions(form, number, questions), None)


def set_checks(
    form: Form, checks: list[Mapping[str, Any]], *, known_types: Types | None = None
) -> dict[str, Any]:
    """The form with these checks of answers against each other, and no others."""
    rest = {name: value for name, value in form.items() if name != "checks"}
    return _judged(form, {**rest, "checks": [dict(one) for one in checks]} if checks else rest, known_types)


def _judged(before: Form, after: Mapping[str, Any], known_types: Types | None) -> dict[str, Any]:
    """The changed form, its own from here on. Refused for mistakes that were not there before."""
    old = set(problems_in(before, known_types, is_finished=False))
    new = [one for one in problems_in(after, known_types, is_finished=False) if one not in old]
    if new:
        raise FormEditRefused(" ".join(new), problems=new)
    if old:
        return deepcopy(dict(after))
    return deepcopy(with_known(after, known_types or {}))


def _merged(part: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    both = {**part, **changes}
    return {name: value for name, value in both.items() if value is not None}


def _refuse_fixed(changes: Mapping[str, Any], fixed: tuple[str, ...]) -> None:
    for name in fixed:
        if name in changes:
            raise FormEditRefused(f"«{name}» kan ikke endres. Lag heller et nytt spørsmål eller en ny del.")


def _refuse_when_used(form: Form, gone: set[str], what: str) -> None:
    users = list(dict.fromkeys(_users(form, gone)))
    if users:
        listed = ", ".join(f"«{user}»" for user in users)
        raise FormEditRefused(
            f"{what} er i bruk i {listed}. Endre eller ta bort det som bruker det, først.", users=users
        )


def _users(form: Form, gone: set[str]) -> Iterator[str]:
    """What leans on those that go: other questions by their words, checks by their names."""
    if problems_in(form, is_finished=False):
        return
    labels = {one["slug"]: one["label"]["nb"] for section in form["sections"] for one in section["questions"]}
    for user, used in references_in_form({**form, "checks": []}):
        if used in gone and user not in gone:
            yield labels[user]
    for check in form.get("checks", ()):
        leans = {used for _, used in references_in_form({"sections": form["sections"], "checks": [check]})}
        if gone & (leans | {check["at"]}):
            yield check["slug"]


def _section(form: Form, slug: str) -> int:
    for number, section in enumerate(form["sections"]):
        if section["slug"] == slug:
            return number
    raise FormEditRefused(f"Skjemaet har ingen del «{slug}». Noen kan ha tatt den bort.")


def _question(form: Form, slug: str) -> tuple[int, int]:
    for number, section in enumerate(form["sections"]):
        for place, question in enumerate(section["questions"]):
            if question["slug"] == slug:
                return number, place
    raise FormEditRefused(f"Skjemaet har ikke spørsmålet «{slug}». Noen kan ha tatt det bort.")


def _place(place: int | None, count: int) -> int:
    return count if place is None else min(max(place, 0), count)


def _with_section(form: Form, number: int, section: Mapping[str, Any]) -> dict[str, Any]:
    sections = [*form["sections"]]
    sections[number] = section
    return {**form, "sections": sections}


def _with_questions(form: Form, number: int, questions: list[Any]) -> dict[str, Any]:
    return _with_section(form, number, {**form["sections"][number], "questions": questions})
