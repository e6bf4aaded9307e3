"""What is wrong with a form's conditions and checks, once its questions are sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from runde.engine.rules import FACT_TYPES, RuleError, compile_condition, names_written

from .definition import in_order, owners_of, question_of, type_of, types_in
from .question import Question
from .texts import is_slug


def known_problems(known: Any, known_types: Mapping[str, str] | None) -> Iterator[str]:
    """The names a form borrows from the register: of a type there is, and the type the register gives them."""
    if not isinstance(known, dict):
        yield "«known» må være et objekt med navn og type."
        return
    for name, kind in known.items():
        if not is_slug(name) or kind not in FACT_TYPES:
            yield f"«known»: «{name}» må ha en av typene {', '.join(FACT_TYPES)}."
        elif known_types is not None and known_types.get(name) != kind:
            yield f"«known»: registeret har ingen opplysning «{name}» av typen {kind}."


def with_known(data: Mapping[str, Any], known_types: Mapping[str, str]) -> dict[str, Any]:
    """The form with the type of each register fact its expressions mention, so that it stands on its own."""
    used = {name for _, expression in _expressions(data) for name in _names(expression)}
    owned = owners_of(_questions(data))
    borrowed = {name: known_types[name] for name in sorted(used & known_types.keys() - owned.keys())}
    known = {**data.get("known", {}), **borrowed}
    return {**data, "known": known} if known else dict(data)


def references_in_form(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs of questions where the first leans on the second: by a condition, its section's or a check told at it.

    For a definition without problems.
    """
    owner = owners_of(_questions(data))
    pairs = [
        (slug, owner[name])
        for slug, expression in _leaning(data)
        for name in _names(expression)
        if name in owner and owner[name] != slug
    ]
    return list(dict.fromkeys(pairs))


def expression_problems(data: Mapping[str, Any], known_types: Mapping[str, str]) -> Iterator[str]:
    questions = _questions(data)
    yield from _name_clashes(questions)
    types = types_in(questions, {**known_types, **data.get("known", {})})
    for where, expression in _expressions(data):
        try:
            compile_condition(expression, types)
        except RuleError as error:
            yield f"{where}: {error.first.sentence()}"
    yield from _mismatches(questions, known_types)
    slugs = {question.slug for question in questions}
    for check in data.get("checks", ()):
        if check["at"] not in slugs:
            yield f"Kontrollen «{check['slug']}»: «at» viser til et spørsmål som ikke finnes."
    yield from _circles(data)


def _mismatches(questions: list[Question], known_types: Mapping[str, str]) -> Iterator[str]:
    """A question the register may answer must take the kind of answer the register gives."""
    for question in questions:
        for name, types in type_of(question).facts(question).items():
            wanted = known_types.get(name, "")
            if wanted and wanted not in types:
                yield f"Spørsmålet «{question.slug}»: registeret gir «{name}» som {wanted}. Velg en type som passer."


def _name_clashes(questions: list[Question]) -> Iterator[str]:
    """Names a question brings besides its own, such as the days of a period, may be no other question's."""
    taken: dict[str, str] = {question.slug: question.slug for question in questions}
    for question in questions:
        for name in type_of(question).facts(question):
            other = taken.setdefault(name, question.slug)
            if other != question.slug:
                yield f"Spørsmålet «{question.slug}» gir «{name}», som «{other}» bruker. Gi det ene et annet navn."


def _circles(data: Mapping[str, Any]) -> Iterator[str]:
    """Questions whose being shown rests on each other can never be told."""
    owner = owners_of(_questions(data))
    leans: dict[str, set[str]] = {}
    for section in data["sections"]:
        for question in section["questions"]:
            written = [one for one in (section.get("shown_if"), question.get("shown_if")) if one]
            names = {name for expression in written for name in _names(expression)}
            leans[question["slug"]] = {owner[name] for name in names if name in owner}
    circled = [slug for slug in leans if slug not in in_order(leans)]
    if circled:
        listed = ", ".join(f"«{slug}»" for slug in circled)
        yield f"Spørsmålene {listed} vises bare hvis de selv er besvart. Endre «shown_if» i ett av dem."


def _expressions(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every expression with its place."""
    for number, section in enumerate(data["sections"], start=1):
        if section.get("shown_if"):
            yield f"Del {number}, «shown_if»", section["shown_if"]
        for question in section["questions"]:
            for name in ("shown_if", "required_if"):
                if question.get(name):
                    yield f"Spørsmålet «{question['slug']}», «{name}»", question[name]
    for check in data.get("checks", ()):
        yield f"Kontrollen «{check['slug']}»", check["check"]


def _leaning(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each expression with the question that rests on it."""
    for section in data["sections"]:
        for question in section["questions"]:
            listed = (section.get("shown_if"), question.get("shown_if"), question.get("required_if"))
            yield from ((question["slug"], expression) for expression in listed if expression)
    for check in data.get("checks", ()):
        yield check["at"], check["check"]


def _questions(data: Mapping[str, Any]) -> list[Question]:
    return [question_of(one) for section in data["sections"] for one in section["questions"]]


def _names(expression: str) -> tuple[str, ...]:
    """The names in it; none for what cannot be read, which is told elsewhere."""
    try:
        return names_written(expression)
    except RuleError:
        return ()
