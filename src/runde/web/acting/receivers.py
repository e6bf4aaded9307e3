"""When somebody signs in, their rights are fetched anew, and who has one company acts for it at once."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from runde.foundation.people.api import Person, get_applicant, refresh_rights

from .caretaking import name_of
from .choosing import choose


@receiver(user_logged_in, dispatch_uid="acting.signed_in")
def signed_in(sender: Any, request: HttpRequest | None, user: Person, **facts: Any) -> None:
    if request is None:
        return
    at = timezone.now()
    today = timezone.localdate(at)
    refresh_rights(person=user, on=today, at=at)
    companies = get_applicant(user, on=today).companies
    if len(companies) == 1:
        [only] = companies
        choose(request, only, name_of(only))
