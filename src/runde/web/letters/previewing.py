"""What a template looks like: the page as it is printed, and how the letter begins on a phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from runde.engine.reference.api import LANGUAGES, Language
from runde.engine.typeset.api import Letter, LetterRefusal, Steps, Summary, paragraphs_of
from runde.foundation.organisations.api import get_tenant
from runde.foundation.trust.api import current_tenant
from runde.grants.designs.api import newest_version
from runde.grants.letters.api import (
    LetterTemplateVersion,
    SampleFrame,
    get_kind,
    sample_letter,
    samples,
    wording_of,
)
from runde.web.entrance import Request

LINES = 5


@dataclass(frozen=True, slots=True)
class Phone:
    """The mail as a phone shows it: who it is from, the subject and the first five lines."""

    sender: str
    subject: str
    lines: tuple[str, ...]


def as_language(text: str) -> Language:
    return next((one for one in LANGUAGES if one == text), "nb")


def letter_in(request: Request, version: LetterTemplateVersion, language: Language) -> Letter:
    """The made-up letter in the template's words. Raises LetterRefusal."""
    kind = get_kind(version.template.kind)
    on = timezone.localdate(request.at)
    wording = wording_of(version.content, kind, language, on, f"template:{version.id}")
    return sample_letter(kind, language, wording, _frame(version, language))


def phone_in(letter: Letter) -> Phone:
    """The first five lines of text, in the order they are read."""
    lines: list[str] = []
    for block in letter.blocks:
        if isinstance(block, Summary):
            lines += [f"{fact.label}: {fact.value}" for fact in block.facts]
        elif isinstance(block, Steps):
            lines += [f"{number}. {item}" for number, item in enumerate(block.items, start=1)]
        else:
            lines += paragraphs_of(block)
    return Phone(letter.sender.name, letter.heading, tuple(lines[:LINES]))


def phone_or_none(request: Request, version: LetterTemplateVersion, language: Language) -> Phone | None:
    try:
        return phone_in(letter_in(request, version, language))
    except LetterRefusal:
        return None


def _frame(version: LetterTemplateVersion, language: Language) -> SampleFrame:
    tenant = get_tenant(current_tenant())
    scheme = version.template.scheme
    newest = newest_version(scheme) if scheme else None
    reach = tenant.contact_phone or tenant.contact_email or tenant.name
    if newest is None:
        return SampleFrame(
            tenant.name, tenant.contact_name or tenant.name, reach, samples(language)["scheme"]
        )
    name = str(newest.texts["name"].get(language) or newest.texts["name"]["nb"])
    conditions = [one.get(language) or one["nb"] for one in newest.texts.get("conditions", [])]
    return SampleFrame(
        tenant.name, tenant.contact_name or tenant.name, reach, name[:1].lower() + name[1:], conditions
    )
