from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import LANGUAGES, Language, is_valid_orgnr
from runde.foundation.companies.api import CompanyFacts, CompanyNotFound, facts_of_many, find_sub_unit
from runde.foundation.forms.api import Raw, read_answers
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, Refused, hold, insert_rows
from runde.grants.schemes.api import Call

from ..domain.refusals import Incomplete, NotACompany
from ..domain.register import known_facts
from ..domain.values import register_values, to_plain
from ..models import Application
from ..permissions import is_theirs
from ..queries.earlier_aid import earlier_aid
from .opening import require_open
from .suggest_answers import suggest_answers

State = Application.State
RegisterState = Application.RegisterState


@dataclass(frozen=True, slots=True)
class NewApplication:
    """A company that applies, with answers as typed, for starting many at once."""

    organisation_number: str
    raw: Mapping[str, Raw] = field(default_factory=dict)
    language: Language = "nb"
    typed_name: str = ""


def start_application(
    *,
    call: Call,
    organisation_number: str,
    by: Actor,
    at: datetime,
    language: Language = "nb",
    typed_name: str = "",
) -> Application:
    """Begin an application for a company, or give the draft it has already when it is the actor's to see.

    With `typed_name` one may go on though the register has no answer: the facts are unknown until
    `refresh_register` finds them. Raises NotAllowed, NotOpen, CompanyNotFound, NotACompany for the number of a
    branch, and Conflict when the company has sent one to this call. The fence is the transaction; nothing is
    written before the last refusal.
    """
    authorise(by, "applications.apply", organisation_number)
    standing = _hold(call, [organisation_number])
    own = standing.get(organisation_number)
    if own is not None and own.state == State.DRAFT and is_theirs(by, own):
        return own
    new = [NewApplication(organisation_number, {}, language, typed_name)]
    [draft] = _start(call, new, standing, by=by, at=at)
    return suggest_answers(application=draft, suggestions=earlier_aid(draft, timezone.localdate(at)))


@transaction.atomic
def start_many(*, call: Call, new: Sequence[NewApplication], by: Actor, at: datetime) -> list[Application]:
    """Begin several applications to one call, all by one person who acts for every company.

    All or none: raises as `start_application`, and Incomplete for answers that cannot be read. A fixed number
    of SQL statements however many they are.
    """
    numbers = [one.organisation_number for one in new]
    for number in numbers:
        authorise(by, "applications.apply", number)
    if len(set(numbers)) != len(numbers):
        raise Conflict("Samme virksomhet står to ganger i lista.")
    return _start(call, new, _hold(call, numbers), by=by, at=at)


def _start(
    call: Call, new: Sequence[NewApplication], standing: Mapping[str, Application], *, by: Actor, at: datetime
) -> list[Application]:
    require_open(call, at)
    for number, application in standing.items():
        raise Conflict(
            f"{application.company_name} har allerede en søknad til denne utlysningen.",
            organisation_number=number,
        )
    companies = facts_of_many([one.organisation_number for one in new])
    applications = [_application(call, one, companies, by=by, at=at) for one in new]
    insert_rows(applications)
    record_many([_started(one) for one in applications], by=by.person_id, at=at)
    return applications


def _application(
    call: Call, new: NewApplication, companies: Mapping[str, CompanyFacts], *, by: Actor, at: datetime
) -> Application:
    company = _living(companies, new)
    language: Language = new.language if new.language in LANGUAGES else "nb"
    reading = read_answers(
        call.scheme_version.form,
        new.raw,
        require=None,
        language=language,
        known=known_facts(to_plain(register_values(company))),
    )
    if reading.errors:
        raise Incomplete(reading.errors)
    return Application(
        call=call,
        scheme_version=call.scheme_version,
        organisation_number=new.organisation_number,
        company_name=(company.name if company else _one_line(new.typed_name))[:300],
        register_state=RegisterState.KNOWN if company else RegisterState.PENDING,
        facts_seen=to_plain(register_values(company)),
        applicant_id=by.person_id,
        language=language,
        answers=reading.values,
        started_at=at,
        saved_at=at,
        saved_by=by.person_id,
    )


def _living(companies: Mapping[str, CompanyFacts], new: NewApplication) -> CompanyFacts | None:
    """What the register says of the company; None when it has no answer and the applicant has written the name."""
    company = companies.get(new.organisation_number)
    if company is None:
        _refuse_unless_pending(new)
        return None
    if company.is_deleted:
        raise Refused(f"{company.name} er slettet fra Enhetsregisteret og kan ikke søke.")
    return company


def _refuse_unless_pending(new: NewApplication) -> None:
    branch = find_sub_unit(new.organisation_number)
    if branch is not None:
        raise NotACompany(branch.name, new.organisation_number, branch.parent_orgnr)
    if not _one_line(new.typed_name) or not is_valid_orgnr(new.organisation_number):
        raise CompanyNotFound(new.organisation_number)


def _hold(call: Call, numbers: Sequence[str]) -> dict[str, Application]:
    """Let nobody else start for these companies meanwhile; gives the applications that stand already."""
    hold("application", [f"{call.id}:{number}" for number in numbers])
    found = Application.objects.filter(call=call, organisation_number__in=numbers)
    standing = {one.organisation_number: one for one in found.exclude(state=State.WITHDRAWN)}
    for one in standing.values():
        one.call = call
    return standing


def _started(application: Application) -> Happening:
    facts = {"call": application.call_id, "organisation_number": application.organisation_number}
    return Happening("applications.started", "application", application.id, facts)


def _one_line(name: str) -> str:
    return " ".join(name.split())
