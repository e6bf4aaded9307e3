"""The texts of a draft side by side in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from runde.engine.reference.api import LANGUAGES, UnknownFigure, legal_reference, legal_topics
from runde.grants.designs.api import Content, texts_at
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


@dataclass(frozen=True, slots=True)
class LegalTopic:
    """A topic of law that letters can refer to: `law` is what they say of it today."""

    key: str
    name: str
    law: str
    is_chosen: bool


def legal_topics_shown(content: Content, typed: Typed, on: date) -> tuple[LegalTopic, ...]:
    """What the letters refer to last, in their order, and then what they could refer to."""
    standing = [str(one) for one in content["legal_basis"].get("references", ())]
    chosen = typed.lists.get("topic", standing)
    every = dict.fromkeys((*standing, *legal_topics(on)))
    return tuple(_topic(key, on, is_chosen=key in chosen) for key in every)


def _topic(key: str, on: date, *, is_chosen: bool) -> LegalTopic:
    try:
        found = legal_reference(key, on, "nb")
    except UnknownFigure:
        return LegalTopic(key, TOPICS.get(key, key), "Ikke i oversikten vår. Ta den bort.", is_chosen)
    name = TOPICS.get(key) or found.topic[:1].upper() + found.topic[1:]
    return LegalTopic(key, name, found.text, is_chosen)


def label_texts(content: Content, typed: Typed) -> tuple[TextGroup, ...]:
    """What things are called in rules, form and letters: sections, questions, what the rules work out."""
    return (_form_group(content, typed), _rules_group(content, typed))


def _form_group(content: Content, typed: Typed) -> TextGroup:
    rows: list[TextRow] = []
    for section in content["form"]["sections"]:
        title = f"Delen «{section['title']['nb']}»"
        rows.append(text_row(content, typed, f"form.sections.{section['slug']}.title", title, 2))
        for one in section["questions"]:
            path, label = f"form.questions.{one['slug']}", one["label"]["nb"]
            rows.append(text_row(content, typed, f"{path}.label", f"Spørsmålet «{label}»", 2))
            rows.append(text_row(content, typed, f"{path}.help", f"Hjelp til «{label}»", 2))
    return TextGroup("Skjemaet", tuple(rows), hint="deler, spørsmål og hjelpetekster")


def _rules_group(content: Content, typed: Typed) -> TextGroup:
    """Facts the register gives have their words from us."""
    rules = content["rules"]
    rows = [
        text_row(content, typed, f"rules.{kind}.{one['name']}.label", f"«{one['label']['nb']}»", 2)
        for kind in ("facts", "derived", "amount")
        for one in rules.get(kind, ())
        if one.get("source") != "register" or _lacks_language(one["label"])
    ]
    questions = [
        text_row(
            content, typed, f"rules.facts.{one['name']}.question", f"Slik spør vi: «{one['label']['nb']}»", 2
        )
        for one in rules.get("facts", ())
        if one.get("question")
    ]
    return TextGroup("Reglene", (*rows, *questions), hint="navn på opplysninger og rader i beregningen")


def _lacks_language(texts: Mapping[str, str]) -> bool:
    return any(not texts.get(language) for language in LANGUAGES)
