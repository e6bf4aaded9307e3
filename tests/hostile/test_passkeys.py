"""A passkey is sent by a program, so it may be sent by any program."""

from __future__ import annotations

import pytest

from .corpus import TEXTS
from .pages import forms_on
from .test_forms import attack_on, send
from .world import World

PLACES = (
    ("kari", "/konto/sikkerhet/webauthn/add/", "/konto/sikkerhet/webauthn/add/"),
    ("kari", "/konto/sikkerhet/totp/activate/", "/konto/sikkerhet/totp/activate/"),
    ("nobody", "/konto/login/", "/konto/sikkerhet/webauthn/login/"),
)
KEYS_FIRST = sorted(
    (text for text in TEXTS if len(text) < 20 or text[0] == "{"), key=lambda text: text[:1] != "{"
)
"""Sign-in by passkey is counted, so only the first get through."""


@pytest.mark.parametrize(("who", "page", "action"), PLACES)
def test_no_made_up_key_breaks_the_pages_about_security(
    world: World, who: str, page: str, action: str
) -> None:
    shown = world.people[who].get(page).content.decode()
    [form] = [one for one in forms_on(page, shown) if action in one.path and one.method == "post"]
    with attack_on(world) as attack:
        for text in KEYS_FIRST:
            for name in (name for name in form.kinds if name != "csrfmiddlewaretoken"):
                send(attack, world, who, form, name, text)
    assert not attack.faults, attack.report()
