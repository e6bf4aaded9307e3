"""What is wrong with a form's definition, each mistake with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from ..questions import QUESTION_TYPES
from .definition import OWN, Definition, definition_of, question_of
from .expression_checks import expression_problems, known_problems
from .question import Stage
from .sentences import SENTENCES
from .texts import NOT_A_SLUG, is_slug, is_texts

Types = Mapping[str, str]
"""Names to types of facts, as in the rule language."""

LONGEST_KEPT_MONTHS = 1200
_SECTION = frozenset({"slug", "title", "why", "shown_if", "questions"})
_FORM = frozenset({"sections", "checks", "known"})
_CHECK = frozenset({"slug", "check", "at", "message"})


class BadForm(Exception):
    """The definition cannot be used. `problems` says where and what, each a sentence."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_definition(data: Any, known_types: Types | None = None) -> Definition:
    """Check and read a definition. Raises BadForm listing every problem."""
    problems = problems_in(data, known_types)
    if problems:
        raise BadForm(problems)
    return definition_of(data)


def problems_in(data: Any, known_types: Types | None = None, *, is_finished: bool = True) -> list[str]:
    """Every problem. A form that is not finished may have sections without questions.

    `known_types` are the register facts there are; the definition's own `known` must agree with them. None when
    nobody has said which there are: then `known` is taken at its word.
    """
    return list(_problems(data, known_types, is_finished))


def _problems(data: Any, known_types: Types | None, is_finished: bool) -> Iterator[str]:
    sections = data.get("sections") if isinstance(data, dict) else None
    if not isinstance(sections, list) or (not sections and is_finished):
        yield "Skjemaet må ha «sections» med minst én del."
        return
    yield from _unknown(data, _FORM, "Skjemaet")
    found = list(_structure_problems(data, sections, is_finished))
    yield from found
    known = list(known_problems(data.get("known", {}), known_types))
    yield from known
    if not found and not known:
        yield from expression_problems(data, known_types or {})


def _structure_problems(data: Mapping[str, Any], sections: list[Any], is_finished: bool) -> Iterator[str]:
    questions: list[Any] = []
    for number, section in enumerate(sections, start=1):
        yield from _section_problems(section, f"Del {number}", is_finished)
        if isinstance(section, dict) and isinstance(section.get("questions"), list):
            questions += section["questions"]
    yield from _twice("Delen", sections)
    yield from _twice("Spørsmålet", questions)
    for one in questions:
        yield from _question_problems(one)
    yield from _check_problems(data.get("checks", []))


def _twice(what: str, listed: list[Any]) -> Iterator[str]:
    slugs = [one["slug"] for one in listed if isinstance(one, dict) and is_slug(one.get("slug"))]
    yield from (f"{what} «{slug}» står to ganger." for slug in sorted(set(slugs)) if slugs.count(slug) > 1)


def _unknown(data: Mapping[Any, Any], known: frozenset[str], where: str) -> Iterator[str]:
    for name in sorted(str(name) for name in data if name not in known):
        yield f"{where}: «{name}» finnes ikke."


def _section_problems(section: Any, where: str, is_finished: bool) -> Iterator[str]:
    if not isinstance(section, dict) or not isinstance(section.get("questions"), list):
        yield f"{where} må ha «slug», «title» og «questions»."
        return
    yield from _unknown(section, _SECTION, where)
    if "why" in section and not is_texts(section["why"]):
        yield f"{where}: «why» mangler tekst på bokmål."
    if not is_slug(section.get("slug")):
        yield f"{where}: {NOT_A_SLUG}."
    if not is_texts(section.get("title")):
        yield f"{where}: «title» mangler tekst på bokmål."
    if not isinstance(section.get("shown_if", ""), str):
        yield f"{where}: «shown_if» må være et uttrykk."
    if not section["questions"] and is_finished:
        yield f"{where} har ingen spørsmål."


def _question_problems(question: Any) -> Iterator[str]:
    if not isinstance(question, dict) or not is_slug(question.get("slug")):
        yield f"Spørsmålet «{str(question)[:60]}» mangler en «slug» av små bokstaver a–z, tall og understrek."
        return
    where = f"Spørsmålet «{question['slug']}»"
    kind = QUESTION_TYPES.get(str(question.get("type")))
    if kind is None:
        yield f"{where}: typen «{question.get('type')}» finnes ikke. Bruk en av {', '.join(sorted(QUESTION_TYPES))}."
        return
    if not is_texts(question.get("label")):
        yield f"{where}: «label» mangler tekst på bokmål."
        return
    yield from _unknown(question, OWN | kind.settings, f"{where} av typen {kind.name}")
    own = list(_own_problems(question, where))
    yield from own
    if not own:
        yield from (f"{where}: {problem}." for problem in kind.problems(question_of(question)))
    yield from _error_problems(question.get("errors", {}), where)


def _own_problems(question: Mapping[str, Any], where: str) -> Iterator[str]:
    for name in ("help", "unit"):
        if name in question and not is_texts(question[name]):
            yield f"{where}: «{name}» mangler tekst på bokmål."
    for name in ("required", "personal"):
        if not isinstance(question.get(name, False), bool):
            yield f"{where}: «{name}» må være true eller false."
    for name in ("required_if", "shown_if"):
        if not isinstance(question.get(name, ""), str):
            yield f"{where}: «{name}» må være et uttrykk."
    if question.get("required_from", Stage.SUBMIT) not in [str(stage) for stage in Stage]:
        yield f"{where}: «required_from» må være en av {', '.join(Stage)}."
    months = question.get("keep_months", 1)
    if type(months) is not int or not 1 <= months <= LONGEST_KEPT_MONTHS:
        yield f"{where}: «keep_months» må være et helt tall fra 1 til {LONGEST_KEPT_MONTHS}."


def _error_problems(errors: Any, where: str) -> Iterator[str]:
    if not isinstance(errors, dict):
        yield f"{where}: «errors» må være et objekt."
        return
    for key, texts in errors.items():
        if key not in SENTENCES:
            yield f"{where}: feilen «{key}» finnes ikke."
        elif not is_texts(texts) or not all(_fills(text) <= _fills_of(key) for text in texts.values()):
            yield f"{where}: teksten til «{key}» mangler bokmål eller har et felt vi ikke kan fylle ut."


def _check_problems(checks: Any) -> Iterator[str]:
    if not isinstance(checks, list):
        yield "«checks» må være en liste."
        return
    for one in checks:
        if not isinstance(one, dict) or set(one) != _CHECK or not is_slug(one["slug"]):
            yield "En kontroll må ha «slug», «check», «at» og «message»."
        elif not isinstance(one["check"], str) or not isinstance(one["at"], str):
            yield f"Kontrollen «{one['slug']}»: «check» må være et uttrykk og «at» et spørsmål."
        elif not is_texts(one["message"]):
            yield f"Kontrollen «{one['slug']}» mangler «message» på bokmål."
    yield from _twice("Kontrollen", checks)


def _fills_of(key: str) -> set[str]:
    """The fields our own sentence for the mistake is filled with."""
    return {"label"} | _fills(SENTENCES[key]["nb"])


def _fills(text: str) -> set[str]:
    """The names in braces; "?" for what cannot be filled."""
    try:
        fields = list(Formatter().parse(text))
    except ValueError:
        return {"?"}
    return {"?" if spec or conversion else name for _, name, spec, conversion in fields if name is not None}
