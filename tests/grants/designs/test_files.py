"""A scheme goes out as a file and comes in as the same; a file that means harm is refused with a sentence."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import NotAllowed
from runde.grants.designs.api import (
    FileRefused,
    digest_of,
    discard_draft,
    export_draft,
    export_version,
    import_draft,
    list_examples,
)
from runde.grants.designs.domain.plain import DEEPEST
from runde.grants.designs.domain.scheme_file import LARGEST_FILE, read, written
from runde.grants.designs.queries.examples import example_content
from tests.factories import a_scheme_draft, a_scheme_version, an_actor

GOOD = example_content("omstilling")


def refused(data: bytes) -> tuple[str, ...]:
    with pytest.raises(FileRefused) as error:
        read(data)
    return error.value.problems


def as_file(**changes: Any) -> bytes:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False).encode()


@pytest.mark.parametrize("name", [one.name for one in list_examples()])
def test_every_example_reads_back_as_it_was_written(name: str) -> None:
    content = example_content(name)
    assert read(written(content)) == content


def test_a_draft_comes_back_with_the_same_digest(manager: Actor, at: datetime) -> None:
    draft = a_scheme_draft(at=at)
    data = export_draft(draft)
    discard_draft(draft_id=draft.id, revision=1, by=manager, at=at)
    back = import_draft(data=data, by=manager, at=at)
    assert (back.digest, back.content) == (draft.digest, draft.content)
    assert back.origin["kind"] == "file"
    assert back.origin["digest"] == draft.digest
    assert export_draft(back) == data


def test_a_version_is_exported_without_money(manager: Actor, at: datetime) -> None:
    version = a_scheme_version(at=at)
    content = json.loads(export_version(version))
    assert content["rules"] == version.rules
    assert content["sources"] == []
    assert digest_of(read(export_version(version))) == digest_of(content)


def test_a_file_from_elsewhere_becomes_ones_own(manager: Actor, at: datetime) -> None:
    data = as_file(texts=json.loads(json.dumps(GOOD["texts"]).replace("{municipality}", "Moss")))
    rules = json.loads(data)["rules"]
    rules["parameters"][0]["values"] = [{"value": "3103", "label": {"nb": "Moss"}}]
    draft = import_draft(data=as_file(texts=json.loads(data)["texts"], rules=rules), by=manager, at=at)
    assert draft.content["texts"]["who"]["nb"] == "Virksomheter i Gjøvik med minst én ansatt"
    assert draft.content["rules"]["parameters"][0]["values"][0]["value"] == "3407"


def test_only_a_scheme_manager_reads_files_in(manager: Actor, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        import_draft(data=as_file(), by=an_actor(Role.OFFICER, at=at), at=at)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "ikke gyldig JSON (linje 1, tegn 1)"),
        (b"{", "ikke gyldig JSON (linje 1, tegn 2)"),
        (b"\xff\xfe\x00", "ikke tekst i UTF-8 (byte 1)"),
        (b"%PDF-1.7", "ikke gyldig JSON"),
        (b"[]", "må være et objekt"),
        (b"null", "må være et objekt"),
        (b'{"format": "runde-rules/1"}', "Forventet «runde-scheme/1»"),
        (b" " * (LARGEST_FILE + 1), "for stor: høyst 1000 kB"),
        (b"[" * 100_000, f"flere enn {DEEPEST} nivåer"),
        (b'{"a":' * 100_000, f"flere enn {DEEPEST} nivåer"),
        (b'{"slug": "a", "slug": "b"}', "«slug» står to ganger"),
        (b'{"a": 0.3}', "Tallet 0.3 må skrives som tekst"),
        (b'{"a": 1e400}', "må skrives som tekst"),
        (b'{"a": NaN}', "Tallet NaN må skrives som tekst"),
        (b'{"a": -Infinity}', "må skrives som tekst"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "er for stort"),
        (b'{"a": "\\u0000"}', "tegn som ikke kan lagres"),
        (b'{"a": "\\ud800"}', "tegn som ikke kan lagres"),
        (b'{"\\u0000": 1}', "tegn som ikke kan lagres"),
        (b'{"a": "' + b"x" * 20_001 + b'"}', "Teksten er for lang"),
        (b"[" + b"1," * 2_001 + b"1]", "Lista er for lang"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    problems = refused(data)
    assert len(problems) == 1
    assert sentence in problems[0]


def test_every_fault_is_told_with_its_place() -> None:
    rules = json.loads(json.dumps(GOOD["rules"]))
    rules["criteria"][3]["expression"] = "has_registered_employes"
    texts = {**GOOD["texts"], "slagord": {"nb": "x"}, "who": "alle", "needed": [{"nb": 3}]}
    form = {"sections": [{"slug": "a", "title": {"nb": "A"}, "questions": [{"slug": "b", "type": "drøm"}]}]}
    problems = refused(as_file(rules=rules, texts=texts, form=form))
    assert [problem.split(":")[0] for problem in problems] == [
        "texts.slagord",
        "texts.who",
        "texts.needed[1]",
        "criteria.employees.expression",
        "form",
    ]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"slug": "Ikke Slik"}, "slug"),
        ({"slug": "../../etc"}, "slug"),
        ({"slug": "x" * 51}, "slug"),
        ({"hemmelig": 1}, "hemmelig"),
        ({"texts": []}, "texts"),
        ({"assumptions": {}}, "assumptions"),
        ({"rules": "DROP TABLE"}, ""),
        ({"form": None}, "form"),
        ({"legal_basis": {"references": [1]}}, "legal_basis.references"),
        ({"legal_basis": {"lov": "x"}}, "legal_basis.lov"),
        ({"take_up": {"low": "2", "middle": "1", "high": "1"}}, "take_up"),
        ({"sources": [{"name": "Fondet", "amount_nok": "-1"}]}, "sources.Fondet.amount_nok"),
    ],
)
def test_each_part_is_judged_where_it_stands(changes: dict[str, Any], place: str) -> None:
    problems = refused(as_file(**changes))
    assert any(problem.startswith(place) for problem in problems)


def test_a_missing_field_is_named() -> None:
    content = {key: value for key, value in GOOD.items() if key not in ("rules", "slug")}
    problems = refused(json.dumps(content).encode())
    assert problems[:2] == ("slug: Feltet mangler.", "rules: Feltet mangler.")


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PATHS = [(key,) for key in GOOD] + [
    ("texts", "name"), ("texts", "needed"), ("texts", "example"), ("rules", "criteria"), ("rules", "facts"),
    ("rules", "parameters"), ("rules", "amount"), ("rules", "title"), ("form", "sections"), ("form", "checks"),
    ("legal_basis", "guidelines"), ("legal_basis", "references"),
    ("form", "sections", 0), ("form", "sections", 0, "questions"), ("form", "sections", 1, "questions", 0),
    ("form", "sections", 1, "questions", 0, "errors"), ("form", "sections", 0, "questions", 2, "label"),
    ("rules", "criteria", 0), ("rules", "facts", 3), ("rules", "amount", 2), ("rules", "parameters", 1, "values"),
]  # fmt: skip


@given(path=st.sampled_from(PATHS), value=PLAIN)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_file_gives_content_or_sentences(path: tuple[Any, ...], value: Any) -> None:
    content = json.loads(json.dumps(GOOD))
    home = content
    for step in path[:-1]:
        home = home[step]
    home[path[-1]] = value
    assert outcome(json.dumps(content).encode()) in ("content", "sentences")


def outcome(data: bytes) -> str:
    try:
        read(data)
    except FileRefused as error:
        return "sentences" if all(one.strip() for one in error.problems) else "nothing to go by"
    return "content"


@given(data=st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_refused_with_a_sentence(data: bytes) -> None:
    assert refused(data)
