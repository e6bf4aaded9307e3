"""The words the pages about letters share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from runde.engine.reference.api import time_text
from runde.grants.designs.api import newest_version
from runde.grants.letters.api import LetterTemplate, LetterTemplateVersion, get_kind
from runde.web.staff import day_and_clock

State = LetterTemplateVersion.State
ALL_SCHEMES = "Alle ordninger"
STANDARD = "Standardbrev"
TONES: Mapping[str, str] = {
    State.DRAFT: "plain",
    State.PENDING: "warning",
    State.APPROVED: "info",
    State.IN_USE: "success",
    State.REPLACED: "plain",
    State.DISCARDED: "plain",
}
LANGUAGES: Mapping[str, str] = {"nb": "Bokmål", "nn": "Nynorsk", "en": "Engelsk"}


def title_of(template: LetterTemplate, scheme_name: str) -> str:
    """ "Innvilget: tilskudd til …" """
    return f"{get_kind(template.kind).name}: {scheme_name}"


def scheme_names(templates: list[LetterTemplate]) -> dict[object, str]:
    """The names of the schemes, by id; None is all of them."""
    schemes = {one.scheme_id: one.scheme for one in templates if one.scheme is not None}
    return {None: ALL_SCHEMES, **{key: name_of(scheme) for key, scheme in schemes.items()}}


def name_of(scheme: object) -> str:
    version = newest_version(scheme)  # type: ignore[arg-type]
    return str(version.texts["name"]["nb"]) if version else str(getattr(scheme, "slug", ""))


def saved_text(version: LetterTemplateVersion, name: str, at: datetime) -> str:
    """ "Lagret kl. 21.47 av Ida Lunde" """
    from django.utils import timezone

    local = timezone.localtime(version.changed_at)
    when = time_text(local) if local.date() == timezone.localdate(at) else day_and_clock(version.changed_at)
    return f"Lagret {when} av {name}"
