"""The seal: one spelling, any change is seen, values come back as they were."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.rules import Value
from runde.grants.applications.domain.seal import as_text, canonical_bytes, moment, seal_over
from runde.grants.applications.domain.values import from_plain, to_plain

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
contents = st.dictionaries(st.text(min_size=1), plain, max_size=6)
given_values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False, places=2)
    | st.dates()
    | st.text()
    | st.frozensets(st.text())
)
known = st.dictionaries(
    st.text(min_size=1, max_size=10),
    st.builds(Value, given_values, st.text(), st.none() | st.dates()),
    max_size=6,
)


@given(contents)
def test_the_order_of_writing_and_a_trip_through_json_change_nothing(content: dict[str, Any]) -> None:
    turned = dict(reversed(content.items()))
    assert seal_over(turned) == seal_over(content)
    assert seal_over(json.loads(as_text(content))) == seal_over(content)


@given(contents, contents)
def test_different_contents_have_different_seals(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (as_text(one) == as_text(other)) == (seal_over(one) == seal_over(other))


@settings(max_examples=60)
@given(contents, st.text(min_size=1), plain)
def test_a_changed_answer_is_seen(content: dict[str, Any], name: str, value: Any) -> None:
    changed = content | {name: value}
    if as_text(changed) != as_text(content):
        assert seal_over(changed) != seal_over(content)


@given(known)
def test_values_come_back_as_they_were_put_away(values: dict[str, Value]) -> None:
    stored = json.loads(json.dumps(to_plain(values)))
    back = from_plain(stored)
    assert back == values
    assert {name: type(one.value) for name, one in back.items()} == {
        name: type(one.value) for name, one in values.items()
    }


def test_floats_have_no_place_under_a_seal() -> None:
    for content in ({"a": 0.1}, {"a": [{"b": 1.0}]}):
        with pytest.raises(TypeError, match="more than one spelling"):
            canonical_bytes(content)


def test_the_format_is_fixed() -> None:
    """A change here would break every seal there is."""
    content = {"b": "å", "a": [1, True, None, str(Decimal("1.50")), date(2026, 1, 2).isoformat()]}
    assert canonical_bytes(content) == (
        'runde-application-1\n{"a":[1,true,null,"1.50","2026-01-02"],"b":"å"}'.encode()
    )
    assert moment(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) == "2026-11-23T09:00:00.000000Z"
