"""The scheme's texts in three languages, and its address."""

from __future__ import annotations

from runde.engine.reference.api import LANGUAGES
from runde.grants.designs.api import Content, set_slug, set_text, set_texts, texts_at
from runde.web.designer.acts.sent import Refusal, Sent, refused_by_rules

LISTS = ("needed", "treatment", "conditions")
LONGEST_TEXT = 4000
Path = tuple[str | int, ...]


def path_of(name: str) -> Path:
    """ "texts.needed.0" -> ("texts", "needed", 0)"""
    return tuple(int(step) if step.isdigit() else step for step in name.split("."))


def change_texts(sent: Sent) -> Content:
    """Fields are named t:<path>:<language>; those that differ from what stands are set."""
    content = sent.content
    for field in sent.form:
        kind, _, rest = field.partition(":")
        path, _, language = rest.rpartition(":")
        if kind == "t" and language in LANGUAGES:
            content = _with_text(content, path_of(path), language, sent.text(field), field)
    return content


def _with_text(content: Content, path: Path, language: str, text: str, field: str) -> Content:
    if len(text) > LONGEST_TEXT:
        raise Refusal({field: [f"Skriv høyst 4 000 tegn. Nå er det {len(text)}."]})
    with refused_by_rules(field):
        standing = texts_at(content, path).get(language, "")
        return content if standing == text else set_text(content, path, language, text)


def add_text(sent: Sent) -> Content:
    """A new line last in one of the lists."""
    name = _list_name(sent)
    if not sent.text("nb"):
        raise Refusal({f"new:{name}": ["Skriv teksten på bokmål først."]})
    place = len(sent.content["texts"].get(name, []))
    with refused_by_rules(f"new:{name}"):
        return set_texts(sent.content, ("texts", name, place), _spoken(sent))


def drop_text(sent: Sent) -> Content:
    name, place = _list_name(sent), sent.text("place")
    if not place.isdigit() or int(place) >= len(sent.content["texts"].get(name, [])):
        raise Refusal({f"new:{name}": ["Linja er alt slettet."]})
    with refused_by_rules(f"new:{name}"):
        return set_texts(sent.content, ("texts", name, int(place)), dict.fromkeys(LANGUAGES, ""))


def _spoken(sent: Sent) -> dict[str, str]:
    return {language: sent.text(language) for language in LANGUAGES}


def _list_name(sent: Sent) -> str:
    name = sent.text("name")
    if name not in LISTS:
        raise Refusal({"": ["Vi kjenner ikke denne lista."]})
    return name


def change_address(sent: Sent) -> Content:
    with refused_by_rules("slug"):
        return set_slug(sent.content, sent.text("slug"))
