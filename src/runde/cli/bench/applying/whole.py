"""One application from start to receipt in this process: how many statements, and how much of the processor's time."""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponseBase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from runde.cli.bench.sample_letter import sample_letter
from runde.cli.demo.applicants import answer
from runde.engine.typeset.api import render_letter
from runde.foundation.companies.api import CompanyFacts
from runde.web.uploads.listing import FIELD

from .setting import FILE_QUESTION, Applicant, Ground

FRAMES = ("BEGIN", "COMMIT")
"""What opens and closes each request's transaction is not counted as a statement."""
_KEY = re.compile(rb'name="key" value="([^"]+)"')
_REVISION = re.compile(rb'name="revision"[^>]* value="(\d+)"')


@dataclass(frozen=True, slots=True)
class Cost:
    statements: int
    cpu_ms: float


@dataclass(slots=True)
class Meter:
    """Adds up what every request costs, apart from the pages that are only looked at."""

    statements: int = 0
    cpu_seconds: float = 0
    by_step: dict[str, int] = field(default_factory=dict)

    def measure(self, step: str, work: Any) -> HttpResponseBase:
        started = time.process_time()
        with CaptureQueriesContext(connection) as seen:
            answered: HttpResponseBase = work()
        self.cpu_seconds += time.process_time() - started
        count = sum(one["sql"] not in FRAMES for one in seen.captured_queries)
        self.statements += count
        self.by_step[step] = count
        return answered


def whole_application(ground: Ground, one: Applicant) -> Cost:
    """The median over the applicant's companies, after one to warm up."""
    file = render_letter(sample_letter(1), settings.FONT_DIRECTORY)  # a real PDF of two pages
    meters = [_apply(ground, one, company, file) for company in one.companies][1:]
    statements = statistics.median_high(meter.statements for meter in meters)
    return Cost(statements, statistics.median(meter.cpu_seconds for meter in meters) * 1000)


def _apply(ground: Ground, one: Applicant, company: CompanyFacts, pdf: bytes) -> Meter:
    """As a browser does: pages are opened in between, but only what the applicant does is counted, and the receipt."""
    meter, client, town = Meter(), one.client, ground.municipality.tenant.slug
    typed = {**answer(company, int(company.orgnr) % 10_000, Random(1)).raw, "go": "next"}  # noqa: S311
    start = reverse("apply", args=[town, ground.short_call.slug])
    begun = meter.measure("start", lambda: client.post(start, {"organisation_number": company.orgnr}))
    page = _done(begun, HTTPStatus.FOUND).headers["Location"]
    form = typed | {"revision": _found(_REVISION, client.get(page))}
    answered = meter.measure("answers", lambda: client.post(page, form))
    review = _done(answered, HTTPStatus.FOUND).headers["Location"]
    application = review.split("/")[3]
    upload = reverse("upload", args=[town, "application", application])
    file = SimpleUploadedFile("regnskap.pdf", pdf, content_type="application/pdf")
    handed_in = meter.measure(
        "file", lambda: client.post(upload, {f"{FIELD}{FILE_QUESTION}": file, "back": page})
    )
    _done(handed_in, HTTPStatus.FOUND)
    looked = client.get(review)
    form = typed | {"key": _found(_KEY, looked), "revision": _found(_REVISION, looked)}
    sent = meter.measure("send", lambda: client.post(review, form))
    receipt = _done(sent, HTTPStatus.FOUND).headers["Location"]
    _done(meter.measure("receipt", lambda: client.get(receipt)), HTTPStatus.OK)
    return meter


def _found(pattern: re.Pattern[bytes], page: Any) -> str:
    match = pattern.search(page.content)
    if match is None:
        raise AssertionError(f"{page.status_code}: no {pattern.pattern!r} in {page.content[:300]!r}")
    return match[1].decode()


def _done(answered: HttpResponseBase, expected: HTTPStatus) -> HttpResponseBase:
    if answered.status_code != expected:
        raise AssertionError(f"{answered.status_code}: {getattr(answered, 'content', b'')[:300]!r}")
    return answered
