"""Pure: several writers on one sheet, question by question."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.grants.applications.domain.merging import Merged, Past, merge, seen_by_page
from runde.grants.applications.domain.saving import PAGES_REMEMBERED, Turn, forgotten, is_blank


@pytest.mark.parametrize(
    ("was", "now", "mine", "stands", "theirs", "conflicts"),
    [
        ("a", "a", "a", "a", (), ()),
        ("a", "a", "b", "b", (), ()),
        ("a", "b", "a", "b", ("q",), ()),
        ("a", "b", "b", "b", (), ()),
        ("a", "b", "c", "b", (), ("q",)),
        (None, None, "a", "a", (), ()),
        (None, "b", "a", "b", (), ("q",)),
        (None, "b", None, "b", ("q",), ()),
        ("a", "a", None, None, (), ()),
        ("a", None, "a", None, ("q",), ()),
        ("a", None, "b", None, (), ("q",)),
        ("a", "b", None, "b", (), ("q",)),
        ("a", None, None, None, (), ()),
    ],
)
def test_each_way_a_question_can_have_gone(
    was: Any, now: Any, mine: Any, stands: Any, theirs: Any, conflicts: Any
) -> None:
    known = {"q": was} if was else {}
    held = {"q": now} if now else {}
    merged = merge(seen=known, now=held, mine={"q": mine})
    assert (merged.answers.get("q"), merged.theirs, merged.conflicts) == (stands, theirs, conflicts)
    assert merged.changed == ({"q": (now, stands)} if stands != now else {})


def test_who_has_chosen_their_own_gets_it_and_only_there() -> None:
    merged = merge(seen={}, now={"a": "1", "b": "1"}, mine={"a": "2", "b": "2"}, chosen={"a"})
    assert merged == Merged({"a": "2", "b": "1"}, {"a": ("1", "2")}, (), ("b",))


def test_a_page_knows_what_it_saved_itself_and_what_was_there_before_others() -> None:
    past = [
        Past(2, "other", {"a": ("0", "1"), "b": ("0", "1")}),
        Past(3, "mine", {"a": ("1", "2"), "c": (None, "x")}),
        Past(4, "other", {"a": ("2", "3"), "c": ("x", None)}),
    ]
    now = {"a": "3", "b": "1", "d": "y"}
    assert seen_by_page(now, past, since=1, page="mine") == {"a": "2", "b": "0", "c": "x", "d": "y"}
    assert seen_by_page(now, past, since=1, page="other") == {"a": "3", "b": "1", "d": "y"}
    assert seen_by_page(now, past, since=1, page="") == {"a": "0", "b": "0", "d": "y"}
    assert seen_by_page(now, past, since=4, page="mine") == now


SLUGS = ("a", "b", "c")
VALUES = st.sampled_from([None, "1", "2", "3"])
SHEETS = st.dictionaries(st.sampled_from(SLUGS), st.sampled_from(["1", "2", "3"]))
PAGES = st.dictionaries(st.sampled_from(SLUGS), VALUES)


@given(seen=SHEETS, now=SHEETS, mine=PAGES, chosen=st.sets(st.sampled_from(SLUGS)))
def test_nobody_is_written_over_unseen_and_nothing_readable_disappears(
    seen: dict[str, Any], now: dict[str, Any], mine: dict[str, Any], chosen: set[str]
) -> None:
    merged = merge(seen=seen, now=now, mine=mine, chosen=chosen)
    for slug in SLUGS:
        stands, own = merged.answers.get(slug), mine.get(slug)
        if slug not in mine:
            assert stands == now.get(slug)
        elif stands == own:
            assert slug not in merged.theirs + merged.conflicts
        else:
            # Mine does not stand: then theirs does, and I am told.
            assert stands == now.get(slug)
            assert slug in merged.theirs + merged.conflicts
        if stands != now.get(slug):
            assert seen.get(slug) == now.get(slug) or slug in chosen
            assert merged.changed[slug] == (now.get(slug), stands)
    again = merge(seen=merged.answers, now=merged.answers, mine={s: merged.answers.get(s) for s in mine})
    assert again == Merged(merged.answers)


@given(
    st.lists(st.tuples(st.sampled_from(["", "p1", "p2"]), PAGES), max_size=8),
    st.integers(0, 8),
    st.sampled_from(["", "p1", "p2"]),
)
def test_what_a_page_knows_is_what_it_was_made_from_and_what_it_wrote(
    saves: list[tuple[str, dict[str, Any]]], since: int, page: str
) -> None:
    """Against a plain replay: the sheet at `since`, and then only the page's own words laid over it."""
    now: dict[str, Any] = {}
    expected: dict[str, Any] = {}
    past = []
    for number, (by, wanted) in enumerate(saves, start=1):
        changed = {slug: (now.get(slug), value) for slug, value in wanted.items() if now.get(slug) != value}
        now = {slug: value for slug, value in {**now, **wanted}.items() if value is not None}
        past.append(Past(number, by, changed))
        if number <= since:
            expected = dict(now)
        elif page and by == page:
            expected |= {slug: after for slug, (_, after) in changed.items()}
    since = min(since, len(saves))
    expected = {slug: value for slug, value in expected.items() if value is not None}
    assert seen_by_page(now, past, since=since, page=page) == expected


@pytest.mark.parametrize(
    ("raw", "blank"),
    [
        (None, True),
        ("", True),
        (" \n", True),
        ("0", False),
        ([], True),
        (["", " "], True),
        (["a"], False),
        ({"from": "", "to": ""}, True),
        ({"from": "1.1.2026", "to": ""}, False),
        ([{"what": "", "sum": " "}], True),
        ([{"what": "leie", "sum": ""}], False),
    ],
)
def test_what_counts_as_nothing_written(raw: Any, blank: bool) -> None:
    assert is_blank(raw) is blank


def test_a_late_save_is_one_with_a_newer_from_the_same_page_taken_in() -> None:
    assert Turn("p", 3).is_late({"p": 4})
    assert not Turn("p", 4).is_late({"p": 4})
    assert not Turn("q", 1).is_late({"p": 4})
    assert not Turn("p", None).is_late({"p": 4})
    assert not Turn("", 1).is_counted


def test_pages_that_have_been_quiet_longest_are_forgotten_first() -> None:
    turns = {f"p{number}": number for number in range(PAGES_REMEMBERED)}
    assert forgotten(turns, "new") == ["p0"]
    assert forgotten(turns, "p3") == []
