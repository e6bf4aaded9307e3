"""What was wrong with a command as typed, in one Norwegian sentence with the cure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from typer import BadParameter
from typer.exceptions import TyperException

WRONG_VALUES: dict[str, str] = {
    "greater_than_equal": "må være minst {ge}",
    "less_than_equal": "kan være høyst {le}",
    "int_parsing": "må være et helt tall",
    "int_parsing_size": "er for stort",
    "int_from_float": "må være et helt tall",
    "value_error": "kan ikke brukes",
}
"""By the parser's name for the mistake."""


def usage_sentence(problem: TyperException) -> str:
    """What, where and how to mend it, for everything the command line's reader can object to."""
    say = KINDS.get(type(problem).__name__)
    if say is not None:
        return f"{say(problem)} {_way_on(problem)}"
    if isinstance(problem, BadParameter):
        return _wrong_value(problem)
    return f"Kommandoen kan ikke leses: {_message(problem)} {_way_on(problem)}"


def _wrong_value(problem: BadParameter) -> str:
    found = _mistake(problem)
    if found is None:
        return problem.message  # our own, whole sentences already
    words = WRONG_VALUES.get(found["type"], "kan ikke brukes").format(**found.get("ctx", {}))
    return f"{_name(problem)} {words}, men du skrev «{found['input']}»."


def _mistake(problem: BadParameter) -> dict[str, Any] | None:
    errors = getattr(problem.__cause__, "errors", None)
    return dict(errors()[0]) if errors else None


def _name(problem: TyperException) -> str:
    param: Any = getattr(problem, "param", None)
    if param is None:
        return str(getattr(problem, "option_name", "") or "Verdien")
    return str(param.opts[0]) if param.opts[0].startswith("-") else str(param.name).upper()


def _message(problem: TyperException) -> str:
    return str(getattr(problem, "message", problem)).rstrip(".") + "."


def _way_on(problem: TyperException) -> str:
    context: Any = getattr(problem, "ctx", None)
    path = context.command_path if context else "runde"
    return f"«{path} --help» viser hvordan den brukes."


def _unknown_option(problem: TyperException) -> str:
    alike = getattr(problem, "possibilities", None)
    guess = f" Mente du {' eller '.join(sorted(alike))}?" if alike else ""
    return f"Valget {_name(problem)} finnes ikke.{guess}"


def _missing(problem: TyperException) -> str:
    return f"{_name(problem)} mangler."


def _with_or_without_value(problem: TyperException) -> str:
    wants = "requires" in _message(problem)
    return f"{_name(problem)} må ha en verdi." if wants else f"{_name(problem)} tar ingen verdi."


def _unknown_command(problem: TyperException) -> str:
    message = _message(problem)
    named = message.partition("'")[2].partition("'")[0]
    if message.startswith("No such command"):
        return f"Kommandoen «{named}» finnes ikke."
    return f"Kommandoen har for mange ord: {message.partition('(')[2].partition(')')[0]}."


KINDS: dict[str, Callable[[TyperException], str]] = {
    "NoSuchOption": _unknown_option,
    "MissingParameter": _missing,
    "BadOptionUsage": _with_or_without_value,
    "UsageError": _unknown_command,
}
