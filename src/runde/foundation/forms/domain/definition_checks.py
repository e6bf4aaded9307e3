"""What is wrong with a form's definition, each mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from runde.engine.reference.api import LANGUAGES

from ..questions import QUESTION_TYPES
from .definition import OWN, Definition, definition_of, question_of
from .sentences import SENTENCES

OPERATORS = ("<", "<=", ">", ">=")
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,59}")
_ORDERED = frozenset({"integer", "decimal", "share", "money", "date"})


class BadForm(Exception):
    """The definition cannot be used. `problems` says where and what, each a sentence."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_definition(data: Any) -> Definition:
    """Check and read a definition. Raises BadForm listing every problem."""
    problems = list(_problems(data))
    if problems:
        raise BadForm(problems)
    return definition_of(data)


def _problems(data: Any) -> Iterator[str]:
    sections = data.get("sections") if isinstance(data, dict) else None
    if not isinstance(sections, list) or not sections:
        yield "Skjemaet må ha «sections» med minst én del."
        return
    yield from _unknown(data, frozenset({"sections", "comparisons"}), "Skjemaet")
    questions: list[Any] = []
    for number, section in enumerate(sections, start=1):
        yield from _section_problems(section, f"Del {number}")
        if isinstance(section, dict) and isinstance(section.get("questions"), list):
            questions += section["questions"]
    named = [one for one in questions if isinstance(one, dict) and _is_slug(one.get("slug"))]
    slugs = [one["slug"] for one in named]
    yield from (
        f"Spørsmålet «{slug}» står to ganger." for slug in sorted(set(slugs)) if slugs.count(slug) > 1
    )
    kinds = {one["slug"]: str(one.get("type")) for one in named}
    for one in questions:
        yield from _question_problems(one, kinds)
    yield from _comparison_problems(data.get("comparisons", []), kinds)


def _unknown(data: Mapping[Any, Any], known: frozenset[str], where: str) -> Iterator[str]:
    for name in sorted(str(name) for name in data if name not in known):
        yield f"{where}: «{name}» finnes ikke."


def _section_problems(section: Any, where: str) -> Iterator[str]:
    if not isinstance(section, dict) or not isinstance(section.get("questions"), list):
        yield f"{where} må ha «slug», «title» og «questions»."
        return
    yield from _unknown(section, frozenset({"slug", "title", "why", "questions"}), where)
    if "why" in section and not is_texts(section["why"]):
        yield f"{where}: «why» mangler tekst på bokmål."
    if not _is_slug(section.get("slug")):
        yield f"{where}: «slug» må være små bokstaver a–z, tall og understrek."
    if not is_texts(section.get("title")):
        yield f"{where}: «title» mangler tekst på bokmål."
    if not section["questions"]:
        yield f"{where} har ingen spørsmål."


def _question_problems(question: Any, kinds: Mapping[str, str]) -> Iterator[str]:
    if not isinstance(question, dict) or not _is_slug(question.get("slug")):
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
    yield from _own_problems(question, where)
    yield from (f"{where}: {problem}." for problem in kind.problems(question_of(question)))
    yield from _error_problems(question.get("errors", {}), where)
    yield from _condition_problems(question, kinds, where)


def _own_problems(question: Mapping[str, Any], where: str) -> Iterator[str]:
    for name in ("help", "unit"):
        if name in question and not is_texts(question[name]):
            yield f"{where}: «{name}» mangler tekst på bokmål."
    for name in ("required", "personal"):
        if not isinstance(question.get(name, False), bool):
            yield f"{where}: «{name}» må være true eller false."


def _error_problems(errors: Any, where: str) -> Iterator[str]:
    if not isinstance(errors, dict):
        yield f"{where}: «errors» må være et objekt."
        return
    for key, texts in errors.items():
        if key not in SENTENCES:
            yield f"{where}: feilen «{key}» finnes ikke."
        elif not is_texts(texts) or not all(_fills(text) <= _fills_of(key) for text in texts.values()):
            yield f"{where}: teksten til «{key}» mangler bokmål eller har et felt vi ikke kan fylle ut."


def _condition_problems(question: Mapping[str, Any], kinds: Mapping[str, str], where: str) -> Iterator[str]:
    if "required_if" not in question:
        return
    condition = question["required_if"]
    if not isinstance(condition, dict) or set(condition) != {"question", "is"}:
        yield f"{where}: «required_if» må ha «question» og «is»."
    elif not _is_slug(condition["question"]) or condition["question"] not in kinds.keys() - {
        question["slug"]
    }:
        yield f"{where}: «required_if» viser til et spørsmål som ikke finnes."


def _comparison_problems(comparisons: Any, kinds: Mapping[str, str]) -> Iterator[str]:
    if not isinstance(comparisons, list):
        yield "«comparisons» må være en liste."
        return
    for one in comparisons:
        if not isinstance(one, dict) or set(one) != {"question", "operator", "other", "error"}:
            yield "En sammenligning må ha «question», «operator», «other» og «error»."
        elif not _can_be_compared(one, kinds):
            yield f"Sammenligningen «{one['question']} {one['operator']} {one['other']}» kan ikke brukes."
        elif not is_texts(one["error"]):
            yield f"Sammenligningen på «{one['question']}» mangler «error» på bokmål."


def _can_be_compared(comparison: Mapping[str, Any], kinds: Mapping[str, str]) -> bool:
    """Both are questions of one type, and the type has an order."""
    pair = [comparison["question"], comparison["other"]]
    if comparison["operator"] not in OPERATORS or not all(_is_slug(slug) for slug in pair):
        return False
    one, other = (kinds.get(slug) for slug in pair)
    return one == other and one in _ORDERED


def is_texts(value: Any) -> bool:
    """Whether it is {"nb": …, "nn"?: …, "en"?: …} with bokmål filled in."""
    fine = isinstance(value, dict) and set(value) <= set(LANGUAGES)
    return (
        fine and all(isinstance(text, str) for text in value.values()) and bool(value.get("nb", "").strip())
    )


def _is_slug(value: Any) -> bool:
    return isinstance(value, str) and bool(_SLUG.fullmatch(value))


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
