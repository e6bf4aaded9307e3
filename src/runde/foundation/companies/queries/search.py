# ruff: noqa: S608 - only names of our own tables and columns are put into statements
"""Find companies by what somebody types: a number, the beginning of a name, words in any order, misspelt words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from runde.foundation.companies.domain.names import search_words, with_neighbours_swapped

MOST_HITS = 100
CANDIDATES = 400  # names ranked by likeness; enough that the best are among them, few enough to be quick
FEW = 5  # with so many sure hits nobody looks for the misspelt
LIKENESS = "0.4"  # share of letter groups two words must have in common
LENGTH_SLIP = 3
MOST_ALIKE = 8
_NUMBER = re.compile(r"[0-9][0-9 .\u00a0\u202f-]*")
_NOT_DIGITS = re.compile(r"[^0-9]")


@dataclass(frozen=True, slots=True)
class CompanyHit:
    """A company found, with what is needed to show it in a list. `sub_unit` is set when its number was typed."""

    orgnr: str
    name: str
    legal_form: str
    municipality: str
    place: str
    industry: str
    is_deleted: bool
    sub_unit: str = ""


_SHOWN = "c.orgnr, c.name, c.legal_form, c.municipality, c.place, c.industry_1, c.deleted_date IS NOT NULL"


def search_companies(text: str, *, limit: int = 20) -> list[CompanyHit]:
    """The best matches, best first. Nothing typed, or only signs, gives nothing."""
    limit = min(limit, MOST_HITS)
    bare = text.strip()
    if _NUMBER.fullmatch(bare):
        return _by_number(_NOT_DIGITS.sub("", bare), limit)
    words = search_words(bare.replace("\x00", ""))
    return _by_name(words, limit) if words else []


def _by_number(digits: str, limit: int) -> list[CompanyHit]:
    """Numbers that begin with the digits; a whole number may also be that of a sub-unit."""
    found = _hits(
        f"SELECT {_SHOWN} FROM companies_company c WHERE c.orgnr >= %s AND c.orgnr < %s ORDER BY c.orgnr LIMIT %s",
        [digits, f"{digits}:", limit],
    )
    if found or len(digits) != 9:
        return found
    return _hits(
        f"SELECT {_SHOWN}, s.orgnr FROM companies_subunit s JOIN companies_company c ON c.orgnr = s.parent_orgnr "
        "WHERE s.orgnr = %s",
        [digits],
    )


def _by_name(words: list[str], limit: int) -> list[CompanyHit]:
    """From the surest to the loosest way of matching, until there is enough to show."""
    compact = "".join(words)[:200]
    found = dict.fromkeys(_beginning_with(compact, limit))
    if len(found) < limit:
        found |= dict.fromkeys(_with_words(_all_of([[word] for word in words]), compact, limit))
    if len(found) < FEW:
        meant = _meant_words(words)
        found |= dict.fromkeys(_with_words(_all_of(meant), compact, limit))
        if not found and len(words) > 1:
            found |= dict.fromkeys(_with_words(_all_but_one_of(meant), compact, limit))
    return _in_order(list(found)[:limit])


def _beginning_with(compact: str, limit: int) -> list[str]:
    rows = _rows(
        "SELECT orgnr FROM companies_company WHERE search_compact >= %s AND search_compact < %s "
        "ORDER BY search_compact, orgnr LIMIT %s",
        [compact, compact + "\U0010ffff", limit],
    )
    return [row[0] for row in rows]


def _with_words(query: str, compact: str, limit: int) -> list[str]:
    """Names that answer the word query, those most like what was typed first."""
    rows = _rows(
        "SELECT orgnr FROM (SELECT orgnr, search_compact AS name FROM companies_company "
        "WHERE search_words @@ %s::tsquery LIMIT %s) found "
        "ORDER BY similarity(name, %s) DESC, length(name), orgnr LIMIT %s",
        [query, CANDIDATES, compact, limit],
    )
    return [row[0] for row in rows]


def _all_of(alternatives: list[list[str]]) -> str:
    """A word query: one alternative for every word, the last one as a beginning, since it may be half typed."""
    *whole, last = alternatives
    terms = [" | ".join(_quoted(word) for word in words) for words in whole]
    terms.append(" | ".join(f"{_quoted(word)}:*" for word in last))
    return " & ".join(f"({term})" for term in terms)


def _all_but_one_of(alternatives: list[list[str]]) -> str:
    left_out = range(len(alternatives))
    each = [_all_of(alternatives[:place] + alternatives[place + 1 :]) for place in left_out]
    return " | ".join(f"({query})" for query in each)


def _meant_words(words: list[str]) -> list[list[str]]:
    """For each word the known words it may stand for: a word that is known stands for itself."""
    known = {row[0] for row in _rows("SELECT word FROM companies_searchword WHERE word = ANY(%s)", [words])}
    unknown = [word for word in words if word not in known] or words
    with transaction.atomic():
        _rows("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [LIKENESS])
        return [[word, *_alike(word)] if word in unknown else [word] for word in words]


def _alike(word: str) -> list[str]:
    """Known words much like this one, or with two letters swapped, best first."""
    swapped = with_neighbours_swapped(word)
    shortest, longest = len(word) - LENGTH_SLIP, len(word) + LENGTH_SLIP
    rows = _rows(
        "SELECT word FROM companies_searchword WHERE word = ANY(%s) OR "
        "(word %% %s AND length(word) BETWEEN %s AND %s) "
        "ORDER BY word = ANY(%s) DESC, similarity(word, %s) DESC, word LIMIT %s",
        [swapped, word, shortest, longest, swapped, word, MOST_ALIKE],
    )
    return [row[0] for row in rows]


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "").replace("'", "") + "'"


def _in_order(orgnrs: list[str]) -> list[CompanyHit]:
    found = {
        hit.orgnr: hit
        for hit in _hits(f"SELECT {_SHOWN} FROM companies_company c WHERE c.orgnr = ANY(%s)", [orgnrs])
    }
    return [found[orgnr] for orgnr in orgnrs if orgnr in found]


def _hits(statement: str, values: list[Any]) -> list[CompanyHit]:
    return [CompanyHit(*row) for row in _rows(statement, values)]


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
