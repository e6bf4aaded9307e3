"""A scheme nobody has written yet: the municipality as its one requirement, and a form that can be sent."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from .content import FORMAT, Content


def blank_content(title: str, slug: str) -> Content:
    """Content that holds as a draft and lacks what only people can write: texts, an amount, guidelines."""
    blank: dict[str, Any] = json.loads(
        resources.files(__package__).joinpath("blank.json").read_text(encoding="utf-8")
    )
    rules = blank["rules"] | {"name": slug.replace("-", "_"), "title": {"nb": title}}
    texts = blank["texts"] | {"name": {"nb": title}}
    return {**blank, "format": FORMAT, "slug": slug, "texts": texts, "rules": rules}
