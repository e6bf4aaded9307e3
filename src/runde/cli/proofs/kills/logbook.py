"""What a client knows: the key it made and wrote down before sending, and what it was told. Outlives the client."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

Facts = Mapping[str, Any]


@dataclass(slots=True)
class Request:
    """One request by its key: what was asked, and every answer that came back."""

    key: str
    act: str
    facts: dict[str, Any]
    answers: list[dict[str, Any]] = field(default_factory=list)


class Logbook:
    """One client's own file, a line for each intention and each answer."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def intend(self, act: str, facts: Facts) -> Request:
        """Write down what will be asked, before it is asked."""
        request = Request(uuid4().hex, act, dict(facts))
        self._write({"key": request.key, "act": act, "facts": request.facts})
        return request

    def told(self, request: Request, answer: Facts) -> None:
        """Write down what came back."""
        self._write({"key": request.key, "answer": dict(answer)})

    def requests(self) -> dict[str, Request]:
        """Everything asked, in order. A line cut short is one that was never finished."""
        found: dict[str, Request] = {}
        for line in self._lines():
            if "act" in line:
                found[line["key"]] = Request(line["key"], line["act"], line["facts"])
            else:
                found[line["key"]].answers.append(line["answer"])
        return found

    def unanswered(self) -> list[Request]:
        return [request for request in self.requests().values() if not request.answers]

    def _write(self, line: dict[str, Any]) -> None:
        """In one call to the system, so that a kill leaves the whole line or none of it."""
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, (json.dumps(line) + "\n").encode())
        finally:
            os.close(handle)

    def _lines(self) -> Iterator[dict[str, Any]]:
        if self.path.exists():
            for text in self.path.read_text(encoding="utf-8").splitlines():
                yield json.loads(text)
