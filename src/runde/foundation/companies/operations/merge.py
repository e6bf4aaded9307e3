# ruff: noqa: S608 - only names of our own tables and columns are put into statements
"""Merge staged rows into the register, keeping what we knew before.

A file tells the facts on its register date. Newer facts replace those we hold, which become a snapshot; facts of
an older date than ours go into the history. The same file again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from runde.engine.reference.api import Edition
from runde.foundation.companies.domain.editions import section_letters
from runde.foundation.companies.domain.register_fields import Content

from .staging import Stage

SOMETHING_BETWEEN = (
    "EXISTS (SELECT 1 FROM companies_snapshot later WHERE later.orgnr = verdict.orgnr "
    "AND later.valid_from >= %(day)s)"
)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of the rows of one kind.

    Units that were new and that had changed; rows that a later row for the same unit replaced; units whose
    municipality number is divided or unknown, so that they belong to no municipality of today.
    """

    added: int
    changed: int
    duplicates: int
    unplaced: int


class Merge:
    """One stage's way into the register: a fixed row of statements, all in the caller's transaction."""

    def __init__(self, stage: Stage, *, register_date: date, edition: Edition | None, import_id: int) -> None:
        self._stage = stage
        self._values: dict[str, date | int] = {"day": register_date, "import": import_id}
        self._edition = edition or ""
        self._letters = section_letters(edition)
        facts = [field.column for field in stage.reader.fields if field.column != "orgnr"]
        self._facts = [*facts, "industry_standard", "nace_section"]
        self._names = {
            "staged": stage.table,
            "target": stage.target,
            "incoming": f"incoming_{stage.content}",
            "verdict": f"verdict_{stage.content}",
            "facts_of_ours": self._facts_as_json("ours"),
            "facts_of_theirs": self._facts_as_json("theirs"),
            "something_between": SOMETHING_BETWEEN,
        }

    def run(self) -> Merged:
        duplicates = self._drop_duplicates()
        self._complete()
        unplaced = self._count_unplaced()
        self._judge()
        self._keep_older_facts()
        self._keep_replaced_facts()
        changed = self._replace()
        added = self._add()
        self._confirm()
        if self._stage.content is Content.UNITS:
            self._learn_words()
        self._execute("DROP TABLE {verdict}")
        self._stage.drop()
        return Merged(added, changed, duplicates, unplaced)

    def _drop_duplicates(self) -> int:
        """Of a unit that stands several times in the file the last row counts."""
        return self._execute(
            "DELETE FROM {staged} earlier USING (SELECT orgnr, max(position) AS position FROM {staged} "
            "GROUP BY orgnr HAVING count(*) > 1) latest "
            "WHERE earlier.orgnr = latest.orgnr AND earlier.position < latest.position"
        )

    def _complete(self) -> None:
        """Add what follows from the whole file: the edition of its industry codes and their section letters."""
        letters = " ".join(f"WHEN '{division}' THEN '{letter}'" for division, letter in self._letters.items())
        self._execute(
            f"CREATE TEMP VIEW {{incoming}} AS SELECT *, "
            f"CASE WHEN industry_1 = '' THEN '' ELSE '{self._edition}' END::varchar AS industry_standard, "
            f"CASE left(industry_1, 2) {letters} ELSE '' END::varchar AS nace_section FROM {{staged}}"
        )
        self._execute("ANALYZE {staged}")

    def _count_unplaced(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM {self._stage.table} WHERE municipality = '' AND municipality_as_written <> ''"
            )
            return int(cursor.fetchone()[0])

    def _judge(self) -> None:
        ours = ", ".join(f"ours.{fact}" for fact in self._facts)
        theirs = ", ".join(f"theirs.{fact}" for fact in self._facts)
        self._execute(
            f"CREATE TEMP TABLE {{verdict}} ON COMMIT DROP AS SELECT theirs.orgnr, ours.known_from, "
            f"held.as_of_date, CASE WHEN ours.orgnr IS NULL THEN 'new' "
            f"WHEN ({ours}) IS NOT DISTINCT FROM ({theirs}) THEN 'same' "
            f"WHEN held.as_of_date <= %(day)s THEN 'changed' ELSE 'older' END AS kind "
            f"FROM {{incoming}} theirs LEFT JOIN {{target}} ours USING (orgnr) "
            f"LEFT JOIN companies_confirmation held USING (orgnr)"
        )
        self._execute("ANALYZE {verdict}")

    def _keep_older_facts(self) -> None:
        """Put facts from before ours into the history, unless the history already says the same."""
        self._execute(  # Ours held both before and after the file's date: split what we say.
            "INSERT INTO companies_snapshot (orgnr, valid_from, facts, imported_by_id) "
            "SELECT ours.orgnr, ours.known_from, {facts_of_ours}, ours.last_import_id "
            "FROM {verdict} verdict JOIN {target} ours USING (orgnr) "
            "WHERE verdict.kind = 'older' AND ours.known_from <= %(day)s"
        )
        self._execute(
            "UPDATE {target} ours SET known_from = verdict.as_of_date FROM {verdict} verdict "
            "WHERE verdict.orgnr = ours.orgnr AND verdict.kind = 'older' AND ours.known_from <= %(day)s"
        )
        self._execute(
            "INSERT INTO companies_snapshot (orgnr, valid_from, facts, imported_by_id) "
            "SELECT theirs.orgnr, %(day)s, {facts_of_theirs}, %(import)s "
            "FROM {verdict} verdict JOIN {incoming} theirs USING (orgnr) "
            "LEFT JOIN LATERAL (SELECT facts FROM companies_snapshot earlier WHERE earlier.orgnr = theirs.orgnr "
            "AND earlier.valid_from <= %(day)s ORDER BY earlier.valid_from DESC, earlier.id DESC LIMIT 1) before "
            "ON true WHERE before.facts IS DISTINCT FROM {facts_of_theirs} AND (verdict.kind = 'older' "
            "OR verdict.kind = 'same' AND %(day)s < verdict.known_from AND {something_between})"
        )
        self._execute(  # The same facts, seen on an earlier day: they have held since then.
            "UPDATE {target} ours SET known_from = %(day)s FROM {verdict} verdict WHERE verdict.orgnr = ours.orgnr "
            "AND verdict.kind = 'same' AND %(day)s < verdict.known_from AND NOT {something_between}"
        )

    def _keep_replaced_facts(self) -> None:
        self._execute(
            "INSERT INTO companies_snapshot (orgnr, valid_from, facts, imported_by_id) "
            "SELECT ours.orgnr, ours.known_from, {facts_of_ours}, ours.last_import_id "
            "FROM {verdict} verdict JOIN {target} ours USING (orgnr) WHERE verdict.kind = 'changed'"
        )

    def _replace(self) -> int:
        derived = self._derived("theirs")
        settings = ", ".join(
            [
                *(f"{fact} = theirs.{fact}" for fact in self._facts),
                *(f"{n} = {v}" for n, v in derived.items()),
            ]
        )
        return self._execute(
            f"UPDATE {{target}} ours SET {settings}, known_from = %(day)s, last_import_id = %(import)s "
            "FROM {verdict} verdict JOIN {incoming} theirs USING (orgnr) "
            "WHERE ours.orgnr = verdict.orgnr AND verdict.kind = 'changed'"
        )

    def _add(self) -> int:
        derived = self._derived("theirs")
        facts = ", ".join(f"theirs.{fact}" for fact in self._facts)
        return self._execute(
            f"INSERT INTO {{target}} (orgnr, known_from, last_import_id, {', '.join([*self._facts, *derived])}) "
            f"SELECT orgnr, %(day)s, %(import)s, {facts}, {', '.join(derived.values())} FROM {{incoming}} theirs "
            "JOIN (SELECT orgnr FROM {verdict} WHERE kind = 'new') fresh USING (orgnr)"
        )

    def _derived(self, table: str) -> dict[str, str]:
        """What is stored beside the facts, and how it is made of a staged row."""
        derived = {"sort_key": f"{table}.sort_key"}
        if self._stage.content is Content.UNITS:
            words = f"{table}.search_words"
            derived["search_compact"] = f"left(replace({words}, ' ', ''), 200)"
            derived["search_words"] = f"array_to_tsvector(array_remove(string_to_array({words}, ' '), ''))"
        return derived

    def _confirm(self) -> None:
        self._execute(
            "INSERT INTO companies_confirmation (orgnr, as_of_date) SELECT orgnr, %(day)s FROM {verdict} "
            "WHERE kind = 'new'"
        )
        self._execute(
            "UPDATE companies_confirmation held SET as_of_date = %(day)s FROM {verdict} verdict "
            "WHERE held.orgnr = verdict.orgnr AND held.as_of_date < %(day)s AND verdict.kind <> 'new'"
        )

    def _learn_words(self) -> None:
        self._execute(
            "INSERT INTO companies_searchword (word) SELECT DISTINCT word FROM {staged}, "
            "LATERAL unnest(string_to_array(search_words, ' ')) AS word WHERE length(word) BETWEEN 3 AND 40 "
            "ON CONFLICT (word) DO NOTHING"
        )

    def _execute(self, statement: str) -> int:
        """Run the statement with our names put in for {…}; gives the number of rows it touched."""
        text = statement.format(**self._names)
        with connection.cursor() as cursor:
            cursor.execute(text, self._values if "%(" in text else None)
            return int(cursor.rowcount)

    def _facts_as_json(self, table: str) -> str:
        """The facts of a row without our own bookkeeping."""
        pairs = [f"'{fact}', {table}.{fact}" for fact in self._facts]
        return f"(jsonb_build_object({', '.join(pairs)}))"
