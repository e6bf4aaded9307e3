"""What differs between two forms, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .comparing_settings import compare_settings
from .condition_words import condition_shown

Difference = tuple[str, str, str, str, str]
"""Kind, name, before, after and the sentence."""

Form = Mapping[str, Any]

ASKED = {
    "draft": "må besvares for å gå videre",
    "submit": "skal besvares før søknaden sendes",
    "acceptance": "stilles når tilskuddet godtas",
    "payment": "stilles før utbetaling",
    "report": "stilles i rapporten",
}


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
            yield from _question(slug, before[slug], question, old, new)
    yield from _sections(old, new)
    yield from _order(old, new)
    yield from _checks(old, new)


def _question(
    slug: str, old: Mapping[str, Any], new: Mapping[str, Any], old_form: Form, new_form: Form
) -> Iterator[Difference]:
    before, after = old["label"]["nb"], new["label"]["nb"]
    if before != after:
        yield "changed", slug, before, after, f"Spørsmålet «{before}» er endret til «{after}»."
    yield from _required(slug, old, new)
    yield from _condition(slug, f"Spørsmålet «{after}»", old, new, old_form, new_form)
    if _stage(old) != _stage(new):
        told = f"Spørsmålet «{after}» {ASKED[_stage(new)]}. Før: {ASKED[_stage(old)]}."
        yield "changed", slug, ASKED[_stage(old)], ASKED[_stage(new)], told
    if old["type"] != new["type"]:
        yield "changed", slug, old["type"], new["type"], f"Spørsmålet «{after}» tar nå en annen slags svar."
    for told in (*_privacy(old, new, after), *compare_settings(old, new, after)):
        yield "changed", slug, "", "", told


def _required(slug: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    label = new["label"]["nb"]
    if _is_required(old) != _is_required(new):
        now = "må nå besvares" if _is_required(new) else "kan nå stå ubesvart"
        yield "changed", slug, "", now, f"Spørsmålet «{label}» {now}."
    if old.get("required_if") != new.get("required_if"):
        yield "changed", slug, "", "", f"Når «{label}» må besvares, er endret."


def _condition(
    name: str, what: str, old: Mapping[str, Any], new: Mapping[str, Any], old_form: Form, new_form: Form
) -> Iterator[Difference]:
    before, after = old.get("shown_if", ""), new.get("shown_if", "")
    if before == after:
        return
    words = [
        condition_shown(form, one).words if one else ""
        for form, one in ((old_form, before), (new_form, after))
    ]
    told = f"vises nå bare når {words[1]}" if after else "vises nå alltid"
    yield "changed", name, words[0], words[1], f"{what} {told}."


def _privacy(old: Mapping[str, Any], new: Mapping[str, Any], label: str) -> Iterator[str]:
    if old.get("personal", False) != new.get("personal", False):
        now = (
            "er nå merket som personopplysning" if new.get("personal") else "er ikke lenger personopplysning"
        )
        yield f"Svaret på «{label}» {now}."
    if old.get("keep_months") != new.get("keep_months"):
        months = new.get("keep_months")
        now = (
            f"lagres nå i {months} måneder etter at saken er avsluttet"
            if months
            else "har nå ingen egen lagringstid"
        )
        yield f"Svaret på «{label}» {now}."


def _sections(old: Form, new: Form) -> Iterator[Difference]:
    before, after = ({one["slug"]: one for one in form["sections"]} for form in (old, new))
    for slug in (one for one in before if one not in after):
        title = before[slug]["title"]["nb"]
        yield "removed", slug, title, "", f"Delen «{title}» er tatt bort fra skjemaet."
    for slug, section in after.items():
        title = section["title"]["nb"]
        if slug not in before:
            yield "added", slug, "", title, f"Delen «{title}» er lagt til i skjemaet."
            continue
        if any(before[slug].get(field) != section.get(field) for field in ("title", "why")):
            was = before[slug]["title"]["nb"]
            yield "changed", slug, was, title, f"Overskrift eller begrunnelse er endret i delen «{was}»."
        yield from _condition(slug, f"Delen «{title}»", before[slug], section, old, new)


def _order(old: Form, new: Form) -> Iterator[Difference]:
    before, after = _homes(old), _homes(new)
    titles = {one["slug"]: one["title"]["nb"] for one in new["sections"]}
    labels = {slug: one["label"]["nb"] for slug, one in _questions(new).items()}
    moved = [slug for slug, home in after.items() if slug in before and before[slug] != home]
    for slug in moved:
        told = f"Spørsmålet «{labels[slug]}» er flyttet til delen «{titles[after[slug]]}»."
        yield "changed", slug, before[slug], after[slug], told
    stayed = [slug for slug in before if slug in after and slug not in moved]
    if stayed != [slug for slug in after if slug in stayed]:
        yield "changed", "order", "", "", "Rekkefølgen på spørsmålene er endret."


def _checks(old: Form, new: Form) -> Iterator[Difference]:
    before, after = ({one["slug"]: one for one in form.get("checks", ())} for form in (old, new))
    for slug, check in before.items():
        if slug not in after:
            words = check["message"]["nb"]
            yield "removed", slug, words, "", f"Kontrollen «{words}» er tatt bort."
    for slug, check in after.items():
        words = check["message"]["nb"]
        if slug not in before:
            holds = condition_shown(new, check["check"]).words
            yield "added", slug, "", words, f"Ny kontroll av svarene: {holds}. Ellers står det «{words}»."
        elif before[slug] != check:
            yield "changed", slug, before[slug]["message"]["nb"], words, f"Kontrollen «{words}» er endret."


def _questions(form: Form) -> dict[str, Mapping[str, Any]]:
    return {one["slug"]: one for section in form["sections"] for one in section["questions"]}


def _homes(form: Form) -> dict[str, str]:
    """The section each question stands in."""
    return {one["slug"]: section["slug"] for section in form["sections"] for one in section["questions"]}


def _is_required(question: Mapping[str, Any]) -> bool:
    return bool(question.get("required", "required_if" not in question))


def _stage(question: Mapping[str, Any]) -> str:
    return str(question.get("required_from", "submit"))
