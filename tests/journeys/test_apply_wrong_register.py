"""The register says something wrong: it is shown as a fact, disputed with a comment, and lies under the seal."""

from __future__ import annotations

import pytest

from runde.foundation.trust.api import fence
from runde.grants.applications.api import is_seal_whole

from .applying import application_of, fill_in, send, start
from .region import Region
from .visitors import DESKTOP, PHONE, VisitorFactory

WAYS = [
    pytest.param(DESKTOP, True, id="desk"),
    pytest.param(PHONE, True, id="phone"),
    pytest.param(PHONE, False, id="phone-noscript"),
]


@pytest.mark.parametrize(("size", "script"), WAYS)
def test_a_fact_is_disputed(
    region: Region, visitor: VisitorFactory, size: tuple[int, int], script: bool
) -> None:
    kari = visitor(size, script=script)
    start(kari)
    fill_in(kari)
    assert "Ansatte" in kari.text()
    kari.press("Stemmer noe ikke?")
    assert kari.heading() == "Opplysninger vi har hentet"
    fact = kari.page.locator("#fact-employees")
    assert "Enhetsregisteret, " in fact.inner_text()
    fact.locator("summary").click()
    kari.look("facts")
    fact.get_by_role("button", name="Si fra").click()
    kari.page.wait_for_load_state()
    assert kari.text().count("Skriv hva som ikke stemmer.") == 2
    kari.look("facts-error")
    fact.get_by_label("Hva stemmer ikke?").fill("Vi er 14 ansatte siden mai.")
    fact.get_by_role("button", name="Si fra").click()
    kari.page.wait_for_load_state()
    assert "Du har sagt at dette ikke stemmer" in kari.text()
    kari.look("facts-said")
    kari.press("Se over og send inn")
    assert "Du har sagt at dette ikke stemmer." in kari.text()
    send(kari)
    sent = application_of(region)
    assert sent.disputes["employees"]["comment"] == "Vi er 14 ansatte siden mai."
    with fence(region.moss.tenant.id):
        assert is_seal_whole(sent)
