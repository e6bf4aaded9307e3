"""A scheme as a file: JSON in UTF-8, small enough and shallow enough to be read without harm."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from .content import Content, content_problems
from .plain import DEEPEST
from .refusals import FileRefused

LARGEST_FILE = 1_000_000
LONGEST_NUMBER = 18


def written(content: Content) -> bytes:
    """The file: easy to read and to compare line by line, ending with a line feed."""
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def read(data: bytes) -> Content:
    """The content of a file. Raises FileRefused, saying where and what."""
    if len(data) > LARGEST_FILE:
        raise FileRefused([f"Den er for stor: høyst {LARGEST_FILE // 1000} kB."])
    content: Content = _parsed(_text(data))
    problems = content_problems(content)
    if problems:
        raise FileRefused(problems)
    return content


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused([f"Den er ikke tekst i UTF-8 (byte {error.start + 1})."]) from error
    _refuse_depth(text)
    return text


def _refuse_depth(text: str) -> None:
    """Before parsing, since a parser that goes too deep ends badly. Brackets in texts count only until closed."""
    depth, in_text, escaped = 0, False, False
    for sign in text:
        if in_text:
            in_text, escaped = escaped or sign != '"', sign == "\\" and not escaped
        elif sign == '"':
            in_text = True
        elif sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
        if depth > DEEPEST:
            raise FileRefused([f"Feltene ligger for dypt inni hverandre, flere enn {DEEPEST} nivåer."])


def _parsed(text: str) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_doubles,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_decimal,
        )
    except json.JSONDecodeError as error:
        place = f"linje {error.lineno}, tegn {error.colno}"
        raise FileRefused([f"Den er ikke gyldig JSON ({place})."]) from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise FileRefused([f"Feltet «{double[:60]}» står to ganger i samme objekt."])
    return found


def _decimal(text: str) -> NoReturn:
    raise FileRefused([f'Tallet {text[:30]} må skrives som tekst, som "0.30".'])


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise FileRefused([f"Tallet {text[:30]}… er for stort."])
    return int(text)
