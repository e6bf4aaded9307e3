"""What links in mails open after sending: just that task, on the very page one meets signed in."""

from __future__ import annotations

from runde.foundation.forms.api import Stage
from runde.foundation.people.api import Link
from runde.grants.applications.api import find_stage_answers
from runde.grants.casework.api import Case, Decision, InformationRequest, latest_decisions
from runde.web.applicant.after.accepting import accept_by_link
from runde.web.applicant.after.reading import read_by_link
from runde.web.applicant.after.reporting import report_by_link
from runde.web.applicant.after.talking import answer_by_link
from runde.web.links.purposes import Purpose, Reach, register

SEES = frozenset({"casework.follow", "applications.change", "applications.read"})
BINDS = SEES | {"casework.commit", "applications.submit"}


def _of(case: Case) -> Reach:
    application = case.application
    return Reach(
        things=frozenset({case.id, application.id}), companies=frozenset({application.organisation_number})
    )


def _request(link: Link) -> InformationRequest:
    return InformationRequest.objects.select_related("case__application").get(id=link.subject_id)


def _decision(link: Link) -> Decision:
    return (
        Decision.objects.select_related("case__application", "acceptance")
        .defer("snapshot")
        .get(id=link.subject_id)
    )


def reach_of_request(link: Link) -> Reach:
    return _of(_request(link).case)


def reach_of_decision(link: Link) -> Reach:
    return _of(_decision(link).case)


def is_asked(link: Link) -> str | None:
    found = InformationRequest.objects.filter(id=link.subject_id).first()
    return "" if found and found.is_open else None


def is_in_force(link: Link) -> str | None:
    """A decision is of use until a new one takes its place."""
    found = Decision.objects.filter(id=link.subject_id).only("id", "case_id").first()
    if found is None:
        return None
    newest = latest_decisions([found.case_id]).get(found.case_id)
    return "" if newest and newest.id == found.id else None


def is_to_accept(link: Link) -> str | None:
    return is_in_force(link) if not hasattr(_decision(link), "acceptance") else None


def is_to_report(link: Link) -> str | None:
    sent = find_stage_answers(_decision(link).case.application, Stage.REPORT)
    return None if sent and sent.submitted_at else is_in_force(link)


register(
    Purpose("answer_request", answer_by_link, SEES, reach=reach_of_request, version=is_asked, once=False)
)
register(
    Purpose("read_decision", read_by_link, SEES, reach=reach_of_decision, version=is_in_force, once=False)
)
register(
    Purpose("accept_award", accept_by_link, BINDS, reach=reach_of_decision, version=is_to_accept, once=False)
)
register(Purpose("report", report_by_link, BINDS, reach=reach_of_decision, version=is_to_report, once=False))
