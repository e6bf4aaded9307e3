"""However many calls are open, the page asks the database as often."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.journeys.region import CAFE, Region
from tests.web.public.many_calls import add_many

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_same_statements_for_any_number_of_calls(region: Region, count: int) -> None:
    """The limit (two), the company and the announcements; and once, the rules this process has not met."""
    add_many(region.moss, count, at=region.at)
    client = Client(headers={"accept-language": "nb"})
    with CaptureQueriesContext(connection) as first:
        page = client.get("/finn/", {"q": CAFE})
    with CaptureQueriesContext(connection) as again:
        client.get("/finn/", {"q": CAFE})
    assert page.content.decode().count("<article") == count + 2
    assert (len(first), len(again)) == (4, 3), [one["sql"][:100] for one in first]
