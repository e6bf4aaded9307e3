"""Organisation numbers, account numbers and payment references."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.no import iban, kontonr, orgnr

from runde.engine.reference.api import (
    InvalidAccountNumber,
    InvalidKid,
    InvalidOrganisationNumber,
    SyntheticRangeExhausted,
    account_to_iban,
    clean_account,
    clean_orgnr,
    format_account,
    format_orgnr,
    is_synthetic_account,
    is_synthetic_orgnr,
    is_valid_account,
    is_valid_kid,
    is_valid_orgnr,
    make_kid,
    mask_account,
    synthetic_account,
    synthetic_orgnr,
)


@pytest.mark.parametrize(
    "typed", ["310000019", "310 000 019", "310.000.019", " 310-000-019 ", "310\u00a0000\u00a0019"]
)
def test_an_organisation_number_is_read_as_people_type_it(typed: str) -> None:
    assert clean_orgnr(typed) == "310000019"


@pytest.mark.parametrize(
    "typed", ["", "31000001", "3100000199", "31000001x", "３１００００019", "NO310000019"]
)
def test_nine_digits_are_demanded(typed: str) -> None:
    with pytest.raises(InvalidOrganisationNumber, match="9 siffer"):
        clean_orgnr(typed)


def test_a_wrong_check_digit_is_refused() -> None:
    with pytest.raises(InvalidOrganisationNumber, match="stemmer ikke"):
        clean_orgnr("310000018")


@settings(deadline=None)
@given(st.integers(0, 8_000_000))
def test_synthetic_organisation_numbers_are_valid_and_hit_nobody(sequence: int) -> None:
    number = synthetic_orgnr(sequence)
    assert orgnr.is_valid(number)
    assert is_valid_orgnr(number)
    assert number[0] == "3"
    assert is_synthetic_orgnr(number)


def test_synthetic_numbers_are_all_different_and_run_out_loudly() -> None:
    assert len({synthetic_orgnr(n) for n in range(5000)}) == 5000
    assert len({synthetic_account(n) for n in range(20_000)}) == 20_000
    for refused in (-1, 8_100_000):
        with pytest.raises(SyntheticRangeExhausted):
            synthetic_orgnr(refused)
        with pytest.raises(SyntheticRangeExhausted):
            synthetic_account(refused)


def test_real_numbers_are_not_called_synthetic() -> None:
    assert not is_synthetic_orgnr("920817521")
    assert not is_synthetic_account("15061177334")


@settings(deadline=None)
@given(st.integers(0, 390_000))
def test_synthetic_accounts_agree_with_the_library(sequence: int) -> None:
    number = synthetic_account(sequence)
    assert kontonr.is_valid(number)
    assert is_valid_account(number)
    assert is_synthetic_account(number)
    assert iban.is_valid(account_to_iban(number))


def test_the_first_synthetic_accounts_and_their_international_form() -> None:
    assert [synthetic_account(n) for n in range(4)] == [
        "12345600009",
        "12345600017",
        "12345600025",
        "12345600033",
    ]
    assert account_to_iban("12345600009") == "NO8912345600009"
    assert account_to_iban("12345600033") == "NO2312345600033"


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{11}", fullmatch=True))
def test_account_check_agrees_with_the_library_outside_the_old_series(number: str) -> None:
    if not number.startswith("0000"):
        assert is_valid_account(number) == kontonr.is_valid(number)


def test_an_account_is_read_masked_and_written() -> None:
    assert clean_account("1234.56.00009") == "12345600009"
    assert mask_account("15061177334") == "1506\u00a0••\u00a0•••34"
    assert format_account("12345600009") == "1234\u00a056\u00a000009"
    assert format_orgnr("912345678") == "912\u00a0345\u00a0678"


@pytest.mark.parametrize(("typed", "why"), [("1234560000", "11 siffer"), ("12345600008", "stemmer ikke")])
def test_a_wrong_account_is_refused_with_words_that_help(typed: str, why: str) -> None:
    with pytest.raises(InvalidAccountNumber, match=why):
        clean_account(typed)


@pytest.mark.parametrize(
    ("base", "ten", "eleven"),
    [
        ("000417002", "0004170023", "0004170024"),
        ("20260013", "202600136", "202600131"),
        ("0042", "00422", "00426"),
        ("1234567", "12345674", "12345674"),
    ],
)
def test_payment_references_have_the_published_check_digits(base: str, ten: str, eleven: str) -> None:
    assert make_kid(base, 10) == ten
    assert make_kid(base, 11) == eleven


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{1,24}", fullmatch=True))
def test_a_made_reference_is_valid_and_one_wrong_digit_is_not(base: str) -> None:
    kid = make_kid(base, 10)
    assert is_valid_kid(kid, 10)
    wrong = kid[:-1] + str((int(kid[-1]) + 1) % 10)
    assert not is_valid_kid(wrong, 10)


def test_a_base_without_check_digit_or_too_long_is_refused() -> None:
    without = next(str(n) for n in range(1, 100) if not _has_mod11(str(n)))
    with pytest.raises(InvalidKid, match="kontrollsiffer"):
        make_kid(without, 11)
    for base in ("", "1" * 25, "12a"):
        with pytest.raises(InvalidKid, match="siffer"):
            make_kid(base, 10)
    assert not is_valid_kid("1")
    assert not is_valid_kid("1" * 26)


def _has_mod11(base: str) -> bool:
    return any(is_valid_kid(base + digit, 11) for digit in "0123456789")
