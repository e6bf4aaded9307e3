"""The caller's address: our own proxy is believed, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from runde.web.visitors import address_of


@pytest.mark.parametrize(
    ("behind_proxy", "header", "address"),
    [
        (False, None, "192.0.2.1"),
        (False, "198.51.100.7", "192.0.2.1"),
        (True, None, "192.0.2.1"),
        (True, "198.51.100.7", "198.51.100.7"),
        (True, "made up by the caller, 198.51.100.7", "198.51.100.7"),
    ],
)
def test_the_address_is_the_last_one_our_own_proxy_tells(
    settings: Any, behind_proxy: bool, header: str | None, address: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    told = {"HTTP_X_FORWARDED_FOR": header} if header else {}
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **told)
    assert address_of(request) == address
