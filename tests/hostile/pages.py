"""Forms as a browser finds them on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
TYPED = {"text", "search", "email", "textarea", "tel", "number", "date", ""}
"""Kinds of fields that hold what a person wrote, and so must hold it still when the page comes back."""


@dataclass
class Form:
    """Where it is sent, what stands in it, and what kind each field is. `where` is the page it was found on."""

    where: str
    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return (self.action or self.where).split("#")[0]

    @property
    def shape(self) -> tuple[str, str, tuple[str, ...]]:
        """The same for the same form about another case."""
        return IDS.sub("*", self.path), self.method, tuple(sorted(self.kinds))


class Finder(HTMLParser):
    """Collects the forms of one page."""

    def __init__(self, where: str) -> None:
        super().__init__(convert_charrefs=True)
        self.where = where
        self.forms: list[Form] = []
        self.open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(self.where, facts.get("action", ""), facts.get("method", "get").lower())
            self.forms.append(self.open)
        elif self.open is not None and tag in ("input", "textarea", "select", "button") and "name" in facts:
            self._add(tag, facts)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None

    def _add(self, tag: str, facts: dict[str, str]) -> None:
        assert self.open is not None
        name, kind = facts["name"], facts.get("type", "") if tag in ("input", "button") else tag
        self.open.kinds.setdefault(name, kind)
        standing = self.open.values.setdefault(name, [])
        if kind in ("radio", "checkbox"):
            standing[:] = standing or [facts.get("value", "on")]
        elif tag in ("input", "button") and not standing:
            standing.append(facts.get("value", ""))


def forms_on(where: str, html: str) -> list[Form]:
    finder = Finder(where)
    finder.feed(html)
    return [form for form in finder.forms if form.kinds]
