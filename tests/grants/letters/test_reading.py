"""Fields as people write them, and help for those who write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.grants.letters.api import (
    TextRefused,
    fields_of,
    from_typed,
    get_kind,
    list_kinds,
    pieces,
    remarks_on,
    standard_text,
    to_typed,
)
from tests.grants.letters.test_standard import ON

GRANT = frozenset(field.slot for field in fields_of(get_kind("grant"), "nb"))


def test_a_name_in_guillemets_is_a_field_and_a_quotation_stays_one() -> None:
    kept = from_typed("«virksomhet» får «beløp» etter «bagatellmessig støtte» {tull}", GRANT)
    assert kept == "{company} får {amount} etter «bagatellmessig støtte» {{tull}}"
    assert [(piece.kind, piece.text) for piece in pieces(kept, "nn")][:3] == [
        ("field", "verksemd"),
        ("words", " får "),
        ("field", "beløp"),
    ]


def test_a_field_that_has_no_value_here_is_refused() -> None:
    with pytest.raises(TextRefused, match="«beløp»"):
        from_typed("«beløp»", frozenset({"company"}))


def test_places_to_fill_are_shown_as_such() -> None:
    assert [(piece.kind, piece.text) for piece in pieces("Vi kom [[dato]].", "nb")] == [
        ("words", "Vi kom "),
        ("fill", "dato"),
        ("words", "."),
    ]


@given(st.text(alphabet="ab {}«»[]virksomhet", max_size=60))
def test_what_is_typed_comes_back_as_it_was(text: str) -> None:
    kept = from_typed(text, GRANT)
    assert from_typed(to_typed(kept, "nb"), GRANT) == kept


@pytest.mark.parametrize("kind", [kind.slug for kind in list_kinds()])
def test_every_standard_text_reads_as_typed_and_back(kind: str) -> None:
    found = get_kind(kind)
    for key in found.text_keys():
        for language in ("nb", "nn", "en"):
            text = standard_text(kind, key, language, ON)
            allowed = text.slots | {field.slot for field in fields_of(found, language, text.slots)}
            assert from_typed(to_typed(text.text, language), allowed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Dere får pengene nå.", []),
        ("Vi viser til omsøkt beløp.", ["word"]),
        ("Søknaden blir behandlet snart.", ["passive"]),
        ("I henhold til reglene må dere, dersom noe endrer seg, si fra.", ["word", "word"]),
        (" ".join(["ord"] * 21) + ".", ["long"]),
    ],
)
def test_remarks_help_and_never_stop(text: str, kinds: list[str]) -> None:
    remarks = remarks_on(text, "nb")
    assert [remark.kind for remark in remarks] == kinds
    assert all(remark.sentence for remark in remarks)
