"""A question as the page that makes it: its words, what it takes, when it is asked; and what the page sends back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from runde.engine.reference.api import LANGUAGES
from runde.foundation.forms.api import FormVersion, Json, form_of
from runde.web.designer.asking.setting_values import from_page, on_page
from runde.web.designer.asking.settings import (
    LONGEST_LABEL,
    SETTINGS,
    WITH_UNIT,
    WITHOUT_ANSWER,
    Asked,
    asked,
    options_of,
)
from runde.web.designer.asking.words import LANGUAGE_WORDS, MISTAKES, STAGES

Question = Mapping[str, Any]

REQUIRED = {"yes": "Ja", "no": "Nei, det kan stå ubesvart"}
LABELS = {"information": "Overskrift", "declaration": "Erklæringen"}
LABEL_HELP = {"declaration": "Skriv den i jeg-form: «Jeg bekrefter at …»"}
OWN = ("label", "help", "unit", "required", "required_from", "personal", "keep_months", "errors")
LONGEST_STATEMENT = 1000


def page_form(kind: str) -> FormVersion:
    """The page's own form for a kind of question, read like all other forms."""
    return form_of({"sections": [_section(name, list(fields)) for name, fields in _sections(kind) if fields]})


def _section(name: str, fields: list[Asked]) -> dict[str, Any]:
    return {"slug": name, "title": {"nb": name}, "questions": fields}


def _sections(kind: str) -> Iterator[tuple[str, list[Asked]]]:
    yield "label", _label_fields(kind)
    yield "help", _languages("help", "Hjelpetekst", kind="long_text", longest=4000)
    yield "unit", _languages("unit", "Enhet", longest=40) if kind in WITH_UNIT else []
    yield "settings", SETTINGS.get(kind, [])
    yield "when", _when_fields(kind)
    yield "privacy", [] if kind in WITHOUT_ANSWER else _privacy_fields()
    for mistake, words in MISTAKES[kind].items():
        yield (
            f"error_{mistake}",
            _languages(f"error_{mistake}", words, kind="long_text", longest=LONGEST_LABEL),
        )


def _label_fields(kind: str) -> list[Asked]:
    word = LABELS.get(kind, "Spørsmål")
    is_statement = kind == "declaration"
    fields = _languages(
        "label",
        word,
        kind="long_text" if is_statement else "text",
        longest=LONGEST_STATEMENT if is_statement else LONGEST_LABEL,
    )
    what = {"Overskrift": "overskriften", "Erklæringen": "erklæringen"}.get(word, "spørsmålet")
    fields[0] |= {"required": True, "errors": {"empty": {"nb": f"Skriv {what} på bokmål."}}}
    if kind in LABEL_HELP:
        fields[0]["help"] = {"nb": LABEL_HELP[kind]}
    return fields


def _languages(name: str, word: str, *, kind: str = "text", **more: Any) -> list[Asked]:
    return [asked(f"{name}_{one}", kind, f"{word}, {LANGUAGE_WORDS[one]}", **more) for one in LANGUAGES]


def _when_fields(kind: str) -> list[Asked]:
    stage = asked("required_from", "choice", "Når trengs svaret?", required=True, options=options_of(STAGES))
    if kind in WITHOUT_ANSWER:
        return [stage | {"label": {"nb": "Hvor skal teksten stå?"}}]
    must = asked("required", "choice", "Må søkeren svare?", required=True, options=options_of(REQUIRED))
    return [must, stage]


def _privacy_fields() -> list[Asked]:
    return [
        asked(
            "personal",
            "declaration",
            "Svaret er en personopplysning",
            "For eksempel helse, lønn eller navn på ansatte. Søkeren leser om det på siden om personvern.",
        ),
        asked(
            "keep_months",
            "integer",
            "Lagres så mange måneder etter at saken er avsluttet",
            "Personopplysninger skal ikke lagres lenger enn de trengs. Gjelder bare når det er krysset av over.",
            least=1,
            most=1200,
            errors={
                "too_low": {"nb": "Skriv minst 1 måned."},
                "too_high": {"nb": "Skriv høyst 1 200 måneder."},
            },
        ),
    ]


# -- from a question to what stands in the fields, and back ------------------------------------------


def answers_of(question: Question) -> dict[str, Json]:
    """What stands in the page's fields for a question."""
    kind = str(question["type"])
    answers: dict[str, Json] = {
        f"{name}_{language}": text
        for name in ("label", "help", "unit")
        for language, text in question.get(name, {}).items()
        if text and (name != "unit" or kind in WITH_UNIT)
    }
    for mistake, texts in question.get("errors", {}).items():
        if mistake in MISTAKES[kind]:
            answers |= {f"error_{mistake}_{language}": text for language, text in texts.items() if text}
    answers |= on_page(kind, question)
    answers["required_from"] = question.get("required_from", "submit")
    if kind not in WITHOUT_ANSWER:
        answers["required"] = "yes" if question.get("required", "required_if" not in question) else "no"
        answers |= {"personal": True} if question.get("personal") else {}
        answers |= {"keep_months": question["keep_months"]} if "keep_months" in question else {}
    return answers


def question_from(kind: str, answers: Mapping[str, Json], standing: Question) -> dict[str, Any]:
    """The question the page describes. What the page does not ask about stands as in `standing`."""
    same_kind = standing.get("type") == kind
    own = {"slug", "type", *OWN, *_setting_names(str(standing.get("type", kind)))}
    kept = {name: one for name, one in standing.items() if name not in own}
    made: dict[str, Any] = {**kept, "slug": standing.get("slug", ""), "type": kind}
    for name in ("label", "help", "unit"):
        texts = _texts_in(answers, name)
        if texts.get("nb") or name == "label":
            made[name] = texts
    made |= from_page(kind, answers, standing if same_kind else {})
    made |= _asked_when(kind, answers, standing)
    errors = _errors_in(kind, answers, standing if same_kind else {})
    return made | ({"errors": errors} if errors else {})


def _setting_names(kind: str) -> set[str]:
    return {one["slug"] for one in SETTINGS.get(kind, [])}


def _texts_in(answers: Mapping[str, Json], name: str) -> dict[str, str]:
    given = {language: str(answers.get(f"{name}_{language}", "")) for language in LANGUAGES}
    return {language: text for language, text in given.items() if text}


def _asked_when(kind: str, answers: Mapping[str, Json], standing: Question) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if answers.get("required_from", "submit") != "submit":
        made["required_from"] = answers["required_from"]
    if kind in WITHOUT_ANSWER:
        return made
    if answers.get("required") == "no" and "required_if" not in standing:
        made["required"] = False
    if answers.get("required") == "yes" and "required_if" in standing:
        made["required"] = True
    if answers.get("personal"):
        made["personal"] = True
        made |= {"keep_months": answers["keep_months"]} if "keep_months" in answers else {}
    return made


def _errors_in(kind: str, answers: Mapping[str, Json], standing: Question) -> dict[str, Any]:
    """Own words for mistakes; those the page does not ask about stand."""
    kept = {key: texts for key, texts in standing.get("errors", {}).items() if key not in MISTAKES[kind]}
    own = {key: _texts_in(answers, f"error_{key}") for key in MISTAKES[kind]}
    return kept | {key: texts for key, texts in own.items() if texts.get("nb")}


def new_question(kind: str) -> dict[str, Any]:
    """An empty one, as it stands when the page is opened for the first time."""
    if kind == "money":
        return {"slug": "", "type": kind, "label": {}, "least": "0"}
    return {"slug": "", "type": kind, "label": {}}
