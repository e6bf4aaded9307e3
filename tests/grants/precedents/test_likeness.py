"""Likeness: symmetric, explained by named fields, and blind to who the applicant is."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given

from runde.grants.precedents.api import Features, Precedent, likeness, measures
from runde.grants.precedents.domain.comparing import compare
from runde.grants.precedents.domain.likeness import FIELDS

from .made import any_case, case, fall


def test_the_weights_are_a_whole() -> None:
    assert sum(measures().weights.values()) == 100
    assert set(measures().weights) == set(FIELDS)


@given(any_case(), any_case())
def test_likeness_is_symmetric(one: Features, other: Features) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(any_case(), any_case())
def test_nothing_is_more_like_a_case_than_itself(one: Features, other: Features) -> None:
    assert 0 <= likeness(one, other).total <= likeness(one, one).total <= 10_000


@given(any_case(), any_case())
def test_every_likeness_is_explained_by_named_fields(one: Features, other: Features) -> None:
    found = likeness(one, other)
    told = compare(one, other, found)
    named = {comparison.field for comparison in told}
    assert named == {"criteria", "industry", "size"}
    assert all(comparison.label and comparison.ours and comparison.theirs for comparison in told)
    about_criteria = [comparison for comparison in told if comparison.field == "criteria"]
    assert len(about_criteria) == max(1, len({*one.tokens, *other.tokens}))


@given(any_case(), any_case())
def test_what_is_told_of_two_cases_is_the_same_from_both_sides(one: Features, other: Features) -> None:
    found = likeness(one, other)
    ours, theirs = compare(one, other, found), compare(other, one, found)
    assert [(row.ours, row.theirs, row.is_alike) for row in ours] == [
        (row.theirs, row.ours, row.is_alike) for row in theirs
    ]


@given(any_case(), any_case())
def test_neither_municipality_nor_age_counts(one: Features, other: Features) -> None:
    moved = replace(other, municipality="0301", age_years=99, lane="red")
    assert likeness(one, moved) == likeness(one, other)


def test_there_is_nothing_to_know_anybody_by() -> None:
    kept = {field.name for field in fields(Features)} | {field.name for field in Precedent._meta.fields}
    assert not {name for name in kept if "name" in name and name != "rules_name"}
    assert not kept & {"organisation_number", "orgnr", "company", "applicant_id", "person_id"}


def test_a_case_nearer_in_distance_is_more_alike() -> None:
    ours = case(fall("3.6"))
    near, far = likeness(ours, case(fall("3.1"))), likeness(ours, case(fall("9.0")))
    assert (near.distance, far.distance) == (87, 40)
    assert near.total > far.total


def test_other_rules_are_not_compared() -> None:
    assert likeness(case(), case(rules_name="reiseliv")).total == 0


def test_the_difference_is_said_with_both_values() -> None:
    ours, theirs = case(fall("3.6"), employees=4), case(fall("3.1"), employees=40)
    told = compare(ours, theirs, likeness(ours, theirs))
    assert [(row.label, row.is_alike) for row in told] == [
        ("Omsetningen har falt med minst 30 prosent", True),
        ("Næring", True),
        ("Størrelse", False),
    ]
    plain = [(row.ours.replace("\u00a0", " "), row.theirs.replace("\u00a0", " ")) for row in told]
    assert plain[0] == ("mangler 3,6 prosentpoeng", "mangler 3,1 prosentpoeng")
    assert plain[2] == ("4 ansatte", "40 ansatte")
