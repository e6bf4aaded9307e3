"""The texts of a draft side by side in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from runde.engine.reference.api import LANGUAGES, UnknownFigure, legal_reference
from runde.grants.designs.api import Content, texts_at
from runde.web.components.facts import Fact
from runde.web.designer.acts.texts import LISTS, path_of
from runde.web.designer.sentences import Typed

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
TEXTS = (
    ("texts.name", "Navn på ordningen", 2),
    ("texts.summary", "Kort om ordningen", 4),
    ("texts.purpose", "Formål", 4),
    ("texts.who", "Hvem kan søke", 3),
    ("texts.how_much", "Hvor mye kan en få", 2),
    ("texts.time_needed", "Hvor lang tid tar det å søke", 2),
    ("legal_basis.guidelines", "Retningslinjene ordningen bygger på", 3),
)
LIST_NAMES = {
    "needed": "Dette trenger søkeren",
    "treatment": "Slik behandler vi søknaden",
    "conditions": "Vilkår for å få pengene",
}
REQUIREMENT_TEXTS = (
    ("requirement", "Kravet, slik alle ser det"),
    ("met", "I brevet når kravet er oppfylt"),
    ("not_met", "I brevet når kravet ikke er oppfylt"),
)
TOPICS = {
    "de_minimis": "Mindre offentlig støtte",
    "reasons": "Begrunnelse",
    "appeal": "Klage",
    "access": "Innsyn",
}


@dataclass(frozen=True, slots=True)
class TextField:
    name: str
    language: str
    language_name: str
    value: str
    error: str
    rows: int

    @property
    def id(self) -> str:
        return self.name.replace(":", "-").replace(".", "-")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text in its languages. `place` is its number in a list."""

    path: str
    label: str
    fields: tuple[TextField, ...]
    place: int | None = None
    problems: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class TextGroup:
    """Texts that stand together; a list can be made longer and shorter."""

    title: str
    rows: tuple[TextRow, ...]
    list_name: str = ""
    hint: str = ""
    error: str = ""


def text_groups(content: Content, typed: Typed) -> tuple[TextGroup, ...]:
    plain = TextGroup("Om ordningen", tuple(text_row(content, typed, *one) for one in TEXTS))
    return (plain, *(_list_group(content, typed, name) for name in LISTS))


def _list_group(content: Content, typed: Typed, name: str) -> TextGroup:
    count = len(content["texts"].get(name, []))
    rows = tuple(
        text_row(content, typed, f"texts.{name}.{place}", f"Linje {place + 1}", 2, place=place)
        for place in range(count)
    )
    return TextGroup(LIST_NAMES[name], rows, list_name=name, error=typed.error(f"new:{name}"))


def requirement_texts(content: Content, typed: Typed) -> tuple[TextGroup, ...]:
    """For each requirement what the public and the letters say of it."""
    return tuple(
        TextGroup(
            f"Krav {number}",
            tuple(
                text_row(content, typed, f"rules.criteria.{one['slug']}.{name}", label, 3)
                for name, label in REQUIREMENT_TEXTS
            ),
            hint=one["texts"]["requirement"]["nb"],
        )
        for number, one in enumerate(content["rules"].get("criteria", ()), 1)
    )


def text_row(
    content: Content, typed: Typed, path: str, label: str, rows: int, *, place: int | None = None
) -> TextRow:
    fields = []
    for language in LANGUAGES:
        name = f"t:{path}:{language}"
        value = typed.values.get(name, texts_at(content, path_of(path)).get(language, ""))
        fields.append(TextField(name, language, LANGUAGE_NAMES[language], value, typed.error(name), rows))
    return TextRow(path, label, tuple(fields), place, tuple(typed.problems.get(path, ())))


def legal_facts(content: Content, on: date) -> list[Fact]:
    """What the letters refer to last, by topic."""
    basis: Mapping[str, object] = content["legal_basis"]
    topics = basis.get("references", [])
    assert isinstance(topics, list)  # noqa: S101 - a draft that stands has a list
    return [_legal_fact(str(topic), on) for topic in topics]


def _legal_fact(topic: str, on: date) -> Fact:
    name = TOPICS.get(topic, topic)
    try:
        found = legal_reference(topic, on, "nb")
    except UnknownFigure:
        return Fact(name, "Ikke i oversikten vår")
    return Fact(name, found.text, source=found.source)
