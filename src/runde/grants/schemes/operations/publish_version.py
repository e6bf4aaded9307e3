from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from runde.engine.rules import RuleError, RuleSet, compile_ruleset
from runde.engine.whatif import assume
from runde.foundation.forms.api import FormVersion, fact_types_of
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import hold

from ..domain.content import scheme_problems
from ..domain.refusals import SchemeRefused
from ..models import Scheme, SchemeVersion
from ..signals import version_published


@transaction.atomic
def publish_version(
    *,
    scheme: Scheme,
    texts: Mapping[str, Any],
    rules: RuleSet | Mapping[str, Any],
    form: FormVersion,
    legal_basis: Mapping[str, Any],
    assumptions: Sequence[Mapping[str, Any]] = (),
    take_up: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> SchemeVersion:
    """Make the scheme's next version. Applications are judged by the version their call was opened with.

    `assumptions` and `take_up` are kept beside the rules: nobody is judged by them.
    Raises SchemeRefused listing texts that lack, rules that cannot run, assumptions that do not fit them, and
    facts the form does not ask for.
    """
    authorise(by, "schemes.manage", scheme)
    ruleset = _runnable(rules, assumptions, at)
    problems = scheme_problems(texts, legal_basis, ruleset, fact_types_of(form))
    if problems:
        raise SchemeRefused(problems)
    hold("scheme", [scheme.slug])
    version = SchemeVersion.objects.create(
        scheme=scheme,
        number=SchemeVersion.objects.filter(scheme=scheme).count() + 1,
        texts=texts,
        rules=ruleset.to_dict(),
        rules_digest=ruleset.digest,
        form=form,
        legal_basis=legal_basis,
        assumptions=list(assumptions),
        take_up=dict(take_up or {}),
        made_at=at,
    )
    _journal(version, by=by, at=at)
    version_published.send(sender=SchemeVersion, version=version, by=by, at=at)
    return version


def _runnable(
    rules: RuleSet | Mapping[str, Any], assumptions: Sequence[Mapping[str, Any]], at: datetime
) -> RuleSet:
    try:
        ruleset = rules if isinstance(rules, RuleSet) else RuleSet.from_dict(rules)
        compile_ruleset(ruleset).requirements(timezone.localdate(at))
        assume(ruleset, assumptions)
    except RuleError as error:
        raise SchemeRefused([problem.sentence() for problem in error.problems]) from error
    return ruleset


def _journal(version: SchemeVersion, *, by: Actor, at: datetime) -> None:
    record(
        action="schemes.version_published",
        subject_kind="scheme",
        subject_id=version.scheme_id,
        by=by.person_id,
        at=at,
        version=version.id,
        number=version.number,
        rules_digest=version.rules_digest,
        form=version.form_id,
    )
