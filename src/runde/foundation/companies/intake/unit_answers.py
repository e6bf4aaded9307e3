"""One unit as the register answers with it: taken whole, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from runde.foundation.companies.domain.looking_up import DeletedUnit, FoundUnit, OddRegisterAnswer
from runde.foundation.companies.domain.register_fields import FIELDS, ORGNR_HEADING, Content
from runde.foundation.companies.domain.rows import BadRow, RowReader

from .json_rows import SUB_UNIT_FORMS, flatten, texts_of

DELETED, FORM, NAME = "slettedato", "organisasjonsform.kode", "navn"
_GROUPS = {
    content: {heading.partition(".")[0] for field in fields for heading in field.headings if "." in heading}
    for content, fields in FIELDS.items()
}
_LEAVES = {
    content: {heading for field in fields for heading in field.headings} for content, fields in FIELDS.items()
}


def read_unit(answer: Any, *, orgnr: str, is_sub_unit: bool) -> FoundUnit | DeletedUnit:
    """What a decoded JSON answer says of the unit asked for.

    Raises OddRegisterAnswer with the reason for whatever is not a whole unit of that kind and number: a part that
    has another shape would else be taken for a fact the register does not have. A unit with a day of deletion may
    be reduced to number and day.
    """
    if not isinstance(answer, dict):
        raise OddRegisterAnswer(f"not a unit but {type(answer).__name__}")
    content = Content.SUB_UNITS if is_sub_unit else Content.UNITS
    _refuse_other_shapes(answer, content)
    flat = flatten(answer)
    if flat.get(ORGNR_HEADING) != orgnr:
        raise OddRegisterAnswer("another number than the one asked for")
    is_deleted = bool(flat.get(DELETED))
    _refuse_other_kind(flat, content, is_deleted)
    unit = FoundUnit(orgnr, content, _readable(flat, content))
    if is_deleted:
        return DeletedUnit(orgnr, _day(str(flat[DELETED])), unit)
    return unit


def _refuse_other_shapes(answer: Mapping[str, Any], content: Content) -> None:
    for name, value in answer.items():
        if name.lower() in _GROUPS[content] and not isinstance(value, dict | None):
            raise OddRegisterAnswer(f"{name} is {type(value).__name__}")
    for heading, value in flatten(dict(answer)).items():
        if heading in _LEAVES[content] and not _is_leaf(value):
            raise OddRegisterAnswer(f"{heading} is {type(value).__name__}")


def _is_leaf(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str | None) for one in value)
    return isinstance(value, str | int | None)


def _refuse_other_kind(flat: Mapping[str, Any], content: Content, is_deleted: bool) -> None:
    form = flat.get(FORM)
    if form and (form in SUB_UNIT_FORMS) != (content is Content.SUB_UNITS):
        raise OddRegisterAnswer(f"{form} under {content}")
    if is_deleted:
        return
    missing = [heading for heading in (NAME, FORM) if not flat.get(heading)]
    if missing:
        raise OddRegisterAnswer(f"lacks {', '.join(missing)}")
    if content is Content.SUB_UNITS and not flat.get("overordnetenhet"):
        raise OddRegisterAnswer("a sub-unit of nothing")


def _readable(flat: dict[str, Any], content: Content) -> tuple[str, ...]:
    texts = texts_of(flat, content)
    try:
        RowReader(content).copy_line(texts, 1)
    except BadRow as fault:
        raise OddRegisterAnswer(str(fault)) from None
    return tuple(texts)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise OddRegisterAnswer(f"{DELETED}: {text[:40]}") from None
