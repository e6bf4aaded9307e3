"""What differs between two forms, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Difference = tuple[str, str, str, str, str]
"""Kind, name, before, after and the sentence."""

Form = Mapping[str, Any]


def compare_forms(old: Form, new: Form) -> Iterator[Difference]:
    """Questions added, removed and changed; then sections, order and checks."""
    if old == new:
        return
    before, after = _questions(old), _questions(new)
    for slug, question in before.items():
        if slug not in after:
            label = question["label"]["nb"]
            yield "removed", slug, label, "", f"Spørsmålet «{label}» er tatt bort fra skjemaet."
    for slug, question in after.items():
        if slug not in before:
            label = question["label"]["nb"]
            yield "added", slug, "", label, f"Spørsmålet «{label}» er lagt til i skjemaet."
        elif before[slug] != question:
            yield from _question(slug, before[slug], question)
    yield from _sections(old, new)
    kept = [slug for slug in before if slug in after]
    if kept != [slug for slug in after if slug in before]:
        yield "changed", "order", "", "", "Rekkefølgen på spørsmålene er endret."
    if old.get("checks", []) != new.get("checks", []):
        yield "changed", "checks", "", "", "Kontrollen av svar mot hverandre er endret."


def _question(slug: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    before, after = old["label"]["nb"], new["label"]["nb"]
    if before != after:
        yield "changed", slug, before, after, f"Spørsmålet «{before}» er endret til «{after}»."
    if _is_required(old) != _is_required(new):
        now = "må nå besvares" if _is_required(new) else "kan nå stå ubesvart"
        yield "changed", slug, "", now, f"Spørsmålet «{after}» {now}."
    if old["type"] != new["type"]:
        yield "changed", slug, old["type"], new["type"], f"Spørsmålet «{after}» tar nå en annen slags svar."
    if _rest(old) != _rest(new):
        yield "changed", slug, "", "", f"Hjelp, grenser eller oversettelser er endret i spørsmålet «{after}»."


def _sections(old: Form, new: Form) -> Iterator[Difference]:
    before, after = ({one["slug"]: one for one in form["sections"]} for form in (old, new))
    for slug in (one for one in before if one not in after):
        title = before[slug]["title"]["nb"]
        yield "removed", slug, title, "", f"Delen «{title}» er tatt bort fra skjemaet."
    for slug, section in after.items():
        title = section["title"]["nb"]
        if slug not in before:
            yield "added", slug, "", title, f"Delen «{title}» er lagt til i skjemaet."
        elif any(before[slug].get(field) != section.get(field) for field in ("title", "why")):
            was = before[slug]["title"]["nb"]
            yield "changed", slug, was, title, f"Overskrift eller begrunnelse er endret i delen «{was}»."
        if slug in before and before[slug].get("shown_if") != section.get("shown_if"):
            yield "changed", slug, "", "", f"Når delen «{title}» vises, er endret."


def _questions(form: Form) -> dict[str, Mapping[str, Any]]:
    return {one["slug"]: one for section in form["sections"] for one in section["questions"]}


def _is_required(question: Mapping[str, Any]) -> bool:
    return bool(question.get("required", "required_if" not in question))


def _rest(question: Mapping[str, Any]) -> dict[str, Any]:
    """All that has no sentence of its own; labels in other languages among it."""
    told = {key: one for key, one in question.items() if key not in ("label", "required", "type")}
    return told | {"label": {key: text for key, text in question["label"].items() if key != "nb"}}
