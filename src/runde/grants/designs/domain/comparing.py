"""What differs between two contents, in sentences an adviser can read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from runde.engine.reference.api import LANGUAGES, amount_text, number_text
from runde.engine.rules import compare_rulesets
from runde.grants.schemes.api import LANGUAGE_LABELS, TEXT_LABELS, TEXT_LISTS, listed

from .comparing_forms import compare_forms
from .content import TEXTS, Content, compiled_of

SHORT = 90
"""Texts up to this many characters are told whole, before and after."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `part`: "rules", "texts", "form", "legal_basis", "assumptions", "take_up" or "sources".

    `kind`: "added", "removed" or "changed". `sentence` stands alone: "Kravet om … er senket fra 30 % til 25 %."
    `detail` is the kind of rule ("criterion", "parameter", …); `direction` "raised", "lowered", "later", "earlier".
    """

    part: str
    kind: str
    name: str
    before: str
    after: str
    sentence: str
    detail: str = ""
    direction: str = ""


def compare_contents(old: Content, new: Content, language: str = "nb") -> tuple[Change, ...]:
    """Every difference from `old` to `new`, the rules first. `language` is that of the rules' sentences."""
    return (
        *_rules(old, new, language),
        *_texts(old["texts"], new["texts"]),
        *_forms(old, new),
        *_legal_basis(old["legal_basis"], new["legal_basis"]),
        *_beside(old, new),
    )


def _rules(old: Content, new: Content, language: str) -> Iterator[Change]:
    if old["rules"] == new["rules"]:
        return
    for one in compare_rulesets(compiled_of(old), compiled_of(new), language):
        yield Change(
            "rules", one.kind, one.name, one.before, one.after, one.sentence, one.part, one.direction
        )


def _texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in TEXTS:
        yield from _text("texts", name, TEXT_LABELS[name], old.get(name, {}), new.get(name, {}))
    for name in TEXT_LISTS:
        yield from _list(name, old.get(name, []), new.get(name, []))
    if old.get("example") != new.get("example"):
        yield _plain("texts", "example", "Regneeksempelet er endret.")


def _text(
    part: str, name: str, label: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    """One change for the text, told by the first language in which it differs."""
    differing = [
        language for language in LANGUAGES if old.get(language, "").strip() != new.get(language, "").strip()
    ]
    if not differing:
        return
    before, after = (texts.get(differing[0], "").strip() for texts in (old, new))
    where = "" if "nb" in differing else f" på {listed([LANGUAGE_LABELS[one] for one in differing])}"
    kind = "changed" if before and after else "added" if after else "removed"
    yield Change(part, kind, name, before, after, _told(label, where, before, after))


def _told(label: str, where: str, before: str, after: str) -> str:
    if not before:
        return (
            f"{label}{where} er skrevet: «{after}»." if len(after) <= SHORT else f"{label}{where} er skrevet."
        )
    if not after:
        return f"{label}{where} er tatt bort."
    if max(len(before), len(after)) > SHORT:
        return f"{label}{where} er endret."
    return f"{label}{where} er endret fra «{before}» til «{after}»."


def _list(name: str, old: list[dict[str, str]], new: list[dict[str, str]]) -> Iterator[Change]:
    label = f"lista «{TEXT_LABELS[name]}»"
    before, after = ([item.get("nb", "") for item in items] for items in (old, new))
    gone = [text for text in before if text not in after]
    come = [text for text in after if text not in before]
    for text in gone:
        yield Change("texts", "removed", name, text, "", f"«{text}» er tatt bort fra {label}.")
    for text in come:
        yield Change("texts", "added", name, "", text, f"«{text}» er lagt til i {label}.")
    if not gone and not come and old != new:
        yield _plain("texts", name, f"Oversettelser eller rekkefølge er endret i {label}.")


def _forms(old: Content, new: Content) -> Iterator[Change]:
    for kind, name, before, after, sentence in compare_forms(old["form"], new["form"]):
        yield Change("form", kind, name, before, after, sentence)


def _legal_basis(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    guidelines = (one.get("guidelines", {}) for one in (old, new))
    yield from _text("legal_basis", "guidelines", "Navnet på retningslinjene", *guidelines)
    before, after = old.get("references", []), new.get("references", [])
    for key in (one for one in before if one not in after):
        yield Change("legal_basis", "removed", key, key, "", f"Lovhenvisningen «{key}» er tatt bort.")
    for key in (one for one in after if one not in before):
        yield Change("legal_basis", "added", key, "", key, f"Lovhenvisningen «{key}» er lagt til.")
    if old.get("aid_rule") != new.get("aid_rule"):
        yield _plain("legal_basis", "aid_rule", "Regelen for offentlig støtte er endret.")


def _beside(old: Content, new: Content) -> Iterator[Change]:
    yield from _assumptions(old, new)
    if old["take_up"] != new["take_up"]:
        before, after = (_take_up_text(one["take_up"]) for one in (old, new))
        sentence = f"Anslaget for hvor mange som søker er endret fra {before} til {after}."
        yield Change("take_up", "changed", "take_up", before, after, sentence)
    yield from _sources(old["sources"], new["sources"])
    if old["slug"] != new["slug"]:
        sentence = f"Adressen er endret fra «{old['slug']}» til «{new['slug']}»."
        yield Change("texts", "changed", "slug", old["slug"], new["slug"], sentence)


def _assumptions(old: Content, new: Content) -> Iterator[Change]:
    before, after = ({one["name"]: one for one in content["assumptions"]} for content in (old, new))
    labels = _labels(old) | _labels(new)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) == after.get(name):
            continue
        kind = "added" if name not in before else "removed" if name not in after else "changed"
        word = {"added": "lagt til", "removed": "tatt bort", "changed": "endret"}[kind]
        sentence = f"Antakelsen om «{labels.get(name, name)}» er {word}."
        yield Change("assumptions", kind, name, "", "", sentence)


def _labels(content: Content) -> dict[str, str]:
    parts = (one for field in ("facts", "derived") for one in content["rules"].get(field, ()))
    return {one["name"]: one["label"]["nb"] for one in parts}


def _sources(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Change]:
    before, after = ({one["name"]: one for one in sources} for sources in (old, new))
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        sums = [
            amount_text(Decimal(str(source["amount_nok"])), "nb") if source else "" for source in (one, other)
        ]
        if one is None:
            yield Change("sources", "added", name, "", sums[1], f"«{name}» er lagt til med {sums[1]}.")
        elif other is None:
            yield Change("sources", "removed", name, sums[0], "", f"«{name}» ({sums[0]}) er tatt bort.")
        elif sums[0] != sums[1]:
            yield Change(
                "sources",
                "changed",
                name,
                sums[0],
                sums[1],
                f"«{name}» er endret fra {sums[0]} til {sums[1]}.",
            )
        elif one != other:
            yield _plain("sources", name, f"Øremerkingen av «{name}» er endret.")


def _take_up_text(take_up: Mapping[str, str]) -> str:
    if not take_up:
        return "ikke anslått"
    shares = [number_text(Decimal(take_up[one]) * 100, "nb", 0) for one in ("low", "middle", "high")]
    return f"{'–'.join(shares)} prosent"


def _plain(part: str, name: str, sentence: str) -> Change:
    return Change(part, "changed", name, "", "", sentence)
