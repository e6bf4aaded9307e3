"""Reading help: long sentences, the passive voice, words readers stumble on. Advice, never a refusal."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("reading.json")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«])|\n+")
_WORD = re.compile(r"[\wæøåÆØÅ§«»-]+")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader may stumble on. `kind` is "long", "passive" or "word"; `said` the words, `instead` a better way."""

    kind: str
    said: str
    instead: str

    @property
    def sentence(self) -> str:
        if self.kind == "long":
            return f"Setningen «{self.said}» har {self.instead} ord. Del den i to."
        if self.kind == "heading":
            return f"Overskriften blir {self.said} tegn. Er den over {self.instead}, bruker vi den korte i stedet."
        if self.kind == "passive":
            return f"«{self.said}» er passiv. Skriv hvem som gjør det."
        if self.instead.startswith("("):
            return f"«{self.said}» {self.instead.strip('()')}."
        return f"«{self.said}»: skriv heller «{self.instead}»."


def remarks_on(text: str, language: str) -> tuple[Remark, ...]:
    """The remarks on a text as it reads, in order: words first, then sentences."""
    return (*_words(text, language), *_passive(text, language), *_long(text))


def sentences_of(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SENTENCE.split(text) if part.strip())


def _words(text: str, language: str) -> list[Remark]:
    found: list[Remark] = []
    for word, instead in _content()[language]:
        match = re.search(rf"(?<![\wæøå-]){re.escape(word)}\w*", text, re.IGNORECASE)
        if match and not any(match[0].lower().startswith(one.said.lower()) for one in found):
            found.append(Remark("word", match[0], instead))
    return found


def _passive(text: str, language: str) -> list[Remark]:
    return [Remark("passive", said, "") for said in re.findall(_content()["passive"][language], text)]


def _long(text: str) -> list[Remark]:
    longest = _content()["header"]["longest_sentence"]
    counted = [(sentence, len(_WORD.findall(sentence))) for sentence in sentences_of(text)]
    return [Remark("long", _shortened(one), str(count)) for one, count in counted if count > longest]


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= 50 else f"{sentence[:48].rstrip()} …"


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(LIST.read_text(encoding="utf-8"))
    return content
