"""What a page says, for tests."""

from __future__ import annotations

import re
from html import unescape
from typing import Any


def text_of(response: Any) -> str:
    """The words of the page, blanks made plain."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").split())


def heading_of(response: Any) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), flags=re.S)
    return unescape(found[1]).replace("\u00a0", " ").strip() if found else ""


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', response.content.decode())
    return found[1] if found else ""
