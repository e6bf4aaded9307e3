# ruff: noqa: S608 - only names of our own tables and columns are put into statements
"""Find companies by what somebody types: a number, the beginning of a name, words in any order, misspelt words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from runde.foundation.companies.domain.names import search_words

MOST_HITS = 100
CANDIDATES = 400
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
    compact = "".join(words)[:200]
    orgnrs = _beginning_with(compact, limit)
    if len(orgnrs) < limit:
        orgnrs += [o for o in _with_words([[w] for w in words], compact, limit) if o not in orgnrs]
    if len(orgnrs) < limit:
        meant = _meant_words(words)
        orgnrs += [o for o in _with_words(meant, compact, limit) if o not in orgnrs]
    return _in_order(orgnrs[:limit])


def _beginning_with(compact: str, limit: int) -> list[str]:
    rows = _rows(
        "SELECT orgnr FROM companies_searchname WHERE compact >= %s AND compact < %s ORDER BY compact, orgnr LIMIT %s",
        [compact, compact + "\U0010ffff", limit],
    )
    return [row[0] for row in rows]


def _with_words(alternatives: list[list[str]], compact: str, limit: int) -> list[str]:
    """Names with one of the alternatives of every word, the last one as a beginning, most alike first."""
    if not all(alternatives):
        return []
    *whole, last = alternatives
    terms = [" | ".join(_quoted(word) for word in words) for words in whole]
    terms.append(" | ".join(f"{_quoted(word)}:*" for word in last))
    query = " & ".join(f"({term})" for term in terms)
    rows = _rows(
        "SELECT orgnr FROM (SELECT orgnr, compact FROM companies_searchname WHERE words @@ %s::tsquery LIMIT %s) found "
        "ORDER BY similarity(compact, %s) DESC, length(compact), orgnr LIMIT %s",
        [query, CANDIDATES, compact, limit],
    )
    return [row[0] for row in rows]


def _meant_words(words: list[str]) -> list[list[str]]:
    """For each word the known words it may stand for, most alike first."""
    with transaction.atomic():
        _rows("SELECT set_config('pg_trgm.similarity_threshold', '0.4', true)", [])
        return [[row[0] for row in _alike(word)] or [word] for word in words]


def _alike(word: str) -> list[tuple[Any, ...]]:
    return _rows(
        "SELECT word FROM companies_searchword WHERE word %% %s ORDER BY similarity(word, %s) DESC, word LIMIT 8",
        [word, word],
    )


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
