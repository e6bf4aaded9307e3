"""A task in a case as the reader met it: signed in, or by a link from a mail that opens just this one.

Both meet the same page. Only the way in, the way on and what stands around it differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.foundation.people.api import Link, Person, get_person, recheck_rights, use_link
from runde.foundation.trust.api import Conflict
from runde.grants.applications.api import Application
from runde.grants.casework.api import ApplicantView, Case, applicant_view, find_case_of
from runde.web.applicant.access import own_application
from runde.web.entrance import Request


@dataclass(frozen=True)
class Errand:
    """`link` is None for one who has signed in."""

    request: Request
    case: Case
    link: Link | None = None

    @cached_property
    def view(self) -> ApplicantView:
        return applicant_view(self.case, self.request.actor, self.request.at)

    @property
    def application(self) -> Application:
        return self.case.application

    @property
    def today(self) -> Any:
        return timezone.localdate(self.request.at)

    @property
    def case_url(self) -> str:
        return reverse("application", args=[self.request.tenant.slug, self.application.id])

    def address(self, name: str, *more: object) -> str:
        """A page of this case, for one who has signed in."""
        return reverse(name, args=[self.request.tenant.slug, self.application.id, *more])

    def step(self, name: str, step: str, *more: object) -> str:
        """Another page of the same task: by the link where one came by a link."""
        return reverse("linked_step", args=[self.link.id, step]) if self.link else self.address(name, *more)

    def task(self, name: str, *more: object) -> str:
        """The task's own page, from one of its steps."""
        return reverse("linked_task", args=[self.link.id]) if self.link else self.address(name, *more)

    def person(self) -> Person:
        return get_person(self.request.actor.person_id) if self.link else self.request.user

    def recheck(self) -> None:
        """Ask anew whether the person still acts for the company. Raises RightGone, RightsUnavailable.

        Who is invited to sign this one application has no such right to lose.
        """
        number = self.application.organisation_number
        if self.request.actor.acts_for(number):
            recheck_rights(self.person(), number, self.request.at)

    def page(self, template: str, h1: str, *, status: int = 200, **facts: Any) -> HttpResponse:
        around: dict[str, Any] = {"link": self.link} if self.link else self._around()
        known = {"h1": h1, "case_number": self.case.number, "application": self.application}
        return render(self.request, template, known | around | facts, status=status)

    def done(self, words: str) -> HttpResponse:
        """Back to the case with the words; by a link, a page that says so, and the link is used up."""
        if self.link is None:
            messages.success(self.request, words)
            return redirect(self.case_url)
        use_link(link=self.link, at=self.request.at)
        return self.kept(words)

    def kept(self, words: str) -> HttpResponse:
        """As `done`, but the task is not: the link goes on working."""
        if self.link is None:
            messages.success(self.request, words)
            return redirect(self.case_url)
        return self.page("applicant/after/done.html", words.rstrip("."), case_url=self.case_url)

    def elsewhere(self, words: str) -> HttpResponse:
        """There is nothing left to do here: say why."""
        if self.link is None:
            messages.info(self.request, words)
            return redirect(self.case_url)
        return self.page("applicant/after/done.html", words.rstrip("."), case_url=self.case_url)

    def _around(self) -> dict[str, Any]:
        return {
            "acting_for": self.application.company_name,
            "switch_url": reverse("my_page"),
            "back_url": self.case_url,
            "back_text": _("Saken"),
        }


def open_errand(request: Request, application_id: UUID) -> Errand:
    """For one who has signed in. Raises NotFound, and Conflict while the municipality has no case yet."""
    found = own_application(application_id, request.actor)
    case = find_case_of(found.id)
    if case is None:
        raise Conflict("Søknaden er ikke blitt en sak hos kommunen ennå. Vent til den er sendt og mottatt.")
    case.application = found
    return Errand(request, case)
