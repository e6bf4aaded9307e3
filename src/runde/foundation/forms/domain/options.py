"""The options of a question that is answered by choosing: [{"value", "label"}]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .question import Question, Texts


def labels_of(question: Question) -> Mapping[str, Texts]:
    """Each option's words by its value."""
    return {option["value"]: option["label"] for option in question.settings["options"]}


def option_problems(question: Question) -> Iterator[str]:
    options = question.settings.get("options")
    if not isinstance(options, list) or not options:
        yield "«options» må være en liste med minst ett valg"
        return
    fine = [option for option in options if _is_option(option)]
    if len(fine) != len(options):
        yield "hvert valg må ha «value» og «label» på bokmål"
    elif len({option["value"] for option in fine}) != len(fine):
        yield "to valg har samme «value»"


def _is_option(option: Any) -> bool:
    if not isinstance(option, dict) or not isinstance(option.get("label"), dict):
        return False
    value, label = option.get("value"), option["label"]
    return (
        isinstance(value, str)
        and value == value.strip() != ""
        and bool(label.get("nb"))
        and all(isinstance(text, str) for text in label.values())
    )
