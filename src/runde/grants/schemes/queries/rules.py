from __future__ import annotations

from datetime import date

from runde.engine.reference.api import Language
from runde.engine.rules import CompiledRuleSet, RuleSet, compile_ruleset

from ..models import Announcement, SchemeVersion

_KEPT = 1_000
_compiled: dict[str, CompiledRuleSet] = {}


class RulesAltered(Exception):
    """The stored rules no longer have the digest they were published with."""


def compiled_rules(stored: SchemeVersion | Announcement) -> CompiledRuleSet:
    """The published rules ready to run, compiled once for each digest in each process.

    Raises RulesAltered when the stored rules are not those that were published.
    """
    known = _compiled.get(stored.rules_digest)
    if known is not None:
        return known
    compiled = compile_ruleset(RuleSet.from_dict(stored.rules))
    if compiled.digest != stored.rules_digest:
        raise RulesAltered(f"{type(stored).__name__} {stored.id}: not the rules of {stored.rules_digest}")
    if len(_compiled) >= _KEPT:
        _compiled.clear()
    _compiled[stored.rules_digest] = compiled
    return compiled


def public_sentences(version: SchemeVersion, language: Language, on: date) -> dict[str, str]:
    """Each requirement in plain words, by criterion, made from the rule itself."""
    return compiled_rules(version).requirements(on, language)
