"""Why personal data are kept, and for how many years."""

from datetime import date

import pytest

from runde.engine.reference.api import LANGUAGES, UnknownFigure, deadline_rule, keeping_ground

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("key", "years"), [("task", None), ("consent", None), ("archive", None), ("accounts", 5), ("aid", 10)]
)
def test_each_ground_has_its_years(key: str, years: int | None) -> None:
    assert [keeping_ground(key, DAY, language).years for language in LANGUAGES] == [years] * len(LANGUAGES)


def test_a_ground_is_told_in_the_readers_language() -> None:
    told = [keeping_ground("consent", DAY, language).text for language in ("nb", "nn", "en")]
    assert told == [
        "Du har sagt ja (personvernforordningen artikkel 6 nr. 1 bokstav a).",
        "Du har sagt ja (personvernforordninga artikkel 6 nr. 1 bokstav a).",
        "You have said yes (GDPR Article 6(1)(a)).",
    ]


def test_aid_is_kept_as_long_as_records_of_it() -> None:
    assert keeping_ground("aid", DAY, "nb").years == deadline_rule("aid_records", DAY).count


@pytest.mark.parametrize(("key", "on"), [("curiosity", DAY), ("archive", date(2025, 12, 31))])
def test_what_no_law_says_is_refused(key: str, on: date) -> None:
    with pytest.raises(UnknownFigure):
        keeping_ground(key, on, "nb")
