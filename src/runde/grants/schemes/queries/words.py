from __future__ import annotations

from runde.engine.reference.api import Language
from runde.foundation.forms.api import chosen

from ..models import SchemeVersion


def scheme_name(version: SchemeVersion, language: Language) -> str:
    """What the public calls the scheme."""
    return chosen(version.texts["name"], language)


def scheme_name_in_sentence(version: SchemeVersion, language: Language) -> str:
    """The name inside a sentence: "tilskudd til virksomheter …". A name that starts with capitals keeps them."""
    name = scheme_name(version, language)
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
