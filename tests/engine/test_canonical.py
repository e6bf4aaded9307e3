"""The spelling that seals are taken over is the standard library's, to the byte."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.engine.canonical import canonical_json

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=30,
)


@given(plain)
def test_it_is_spelled_as_the_standard_library_spells_it(content: object) -> None:
    assert canonical_json(content) == json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


@pytest.mark.parametrize("content", [10**40, {"b": -(10**30), "a": {"c": 2**64}}])
def test_whole_numbers_of_any_size_keep_every_digit(content: object) -> None:
    assert json.loads(canonical_json(content)) == content


def test_the_order_of_keys_makes_no_difference() -> None:
    assert canonical_json({"\uffff": 1, "𝒳": 2, "a": 3}) == canonical_json({"a": 3, "𝒳": 2, "\uffff": 1})


@pytest.mark.parametrize("odd", [Decimal("1.0"), date(2026, 1, 1), b"x", {1, 2}])
def test_what_is_not_plain_data_is_refused(odd: object) -> None:
    with pytest.raises(TypeError):
        canonical_json({"x": [odd]})
