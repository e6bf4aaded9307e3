"""Advisers' own cases run against a version, row by row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from runde.engine.rules import RuleError, RuleSet
from runde.engine.scenarios import (
    MOST_BYTES,
    STATES,
    ScenarioError,
    ScenarioReport,
    run_scenarios,
    scenario_table,
    scenario_template,
)
from runde.grants.designs.api import get_version
from runde.grants.schemes.api import SchemeVersion, scheme_name
from runde.web.components.fields import ErrorLine, Field
from runde.web.components.navigation import Crumb
from runde.web.designer.access import READERS
from runde.web.designer.acts.sent import problem_sentence
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import sent_as_file, work_page

COLORS = {"passed": "plain", "differs": "warning", "unreadable": "danger"}


@entrance(staff(*READERS))
def run(request: Request, version: UUID) -> HttpResponse:
    found = get_version(version)
    if request.method != "POST":
        return _page(request, found)
    upload = request.FILES.get("file")
    if upload is None:
        return _page(request, found, problems=["Velg en fil først."])
    if (upload.size or 0) > MOST_BYTES:
        return _page(request, found, problems=["Fila er for stor. Den kan være høyst 2 MB."])
    on = timezone.localdate(request.at)
    try:
        report = run_scenarios(RuleSet.from_dict(found.rules), upload.read(), on)
    except ScenarioError as error:
        return _page(request, found, problems=[one.sentence() for one in error.problems])
    except RuleError as error:
        return _page(request, found, problems=[problem_sentence(one) for one in error.problems])
    return _page(request, found, report=report, file_name=upload.name or "")


@entrance(staff(*READERS))
def template(request: Request, version: UUID) -> HttpResponse:
    found = get_version(version)
    content = scenario_template(RuleSet.from_dict(found.rules), timezone.localdate(request.at))
    return sent_as_file(
        content, media_type="text/csv; charset=utf-8", file_name=f"eksempler-{found.scheme.slug}.csv"
    )


def _page(
    request: Request,
    version: SchemeVersion,
    *,
    report: ScenarioReport | None = None,
    file_name: str = "",
    problems: list[str] | None = None,
) -> HttpResponse:
    slug, found = request.tenant.slug, problems or []
    file = Field(
        "file",
        "Fil med eksempler",
        kind="file",
        accept=".csv,text/csv",
        description="En rad for hver sak, laget i et regneark og lagret som CSV.",
        error=" ".join(found),
    )
    facts: dict[str, Any] = {
        "h1": report.summary().rstrip(".") if report else "Prøv eksempler mot reglene",
        "lead": f"{scheme_name(version, 'nb')}, versjon {version.number}",
        "crumbs": [
            Crumb("Ordninger", reverse("schemes", args=[slug])),
            Crumb(f"Versjon {version.number}", reverse("scheme_version", args=[slug, version.id])),
        ],
        "file": file,
        "file_name": file_name,
        "template_url": reverse("scenario_template", args=[slug, version.id]),
        "report": report,
        "rows": _rows(report) if report else [],
        "header": scenario_table(report).header if report else (),
        "errors": [ErrorLine(line, "id_file") for line in found],
        "has_errors": bool(found),
    }
    status = 422 if found else 200
    return work_page(request, "designer/scenarios.html", facts, room="schemes", status=status)


def _rows(report: ScenarioReport) -> list[dict[str, Any]]:
    """Those that differ first: they are what the adviser looks for."""
    table = scenario_table(report)
    rows = [
        {
            "name": row.name,
            "story": row.story,
            "state": STATES[row.state],
            "color": COLORS[row.state],
            "told": shown.told,
            "cells": list(zip(table.header, shown.cells, strict=True)),
            "passed": row.state == "passed",
        }
        for row, shown in zip(report.rows, table.rows, strict=True)
    ]
    return sorted(rows, key=lambda row: bool(row["passed"]))
