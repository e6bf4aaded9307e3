"""Migration operations that raise the walls: fences, append-only tables, rights.

Use them in the migration that creates the table:

    FenceTable("casework_decision", keys={"case_id": "casework_case"})
    AppendOnly("casework_decision")
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.migrations.operations import RunSQL

POLICY = "tenant_id = (SELECT nullif(current_setting('runde.tenant', true), '')::uuid)"


class FenceTable(RunSQL):
    """Fence a tenant table in the database.

    `keys` names each column that points at another fenced table, and that table: a composite foreign key then
    keeps both rows in the same tenant. Adds `UNIQUE (tenant_id, id)`, row-level security (forced, so that the
    owner is fenced too) and the policy for reading and writing.
    """

    def __init__(self, table: str, keys: Mapping[str, str] | None = None) -> None:
        self.table, self.keys = table, dict(keys or {})
        super().__init__(sql=self._up(), reverse_sql=self._down())

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__name__, [self.table, self.keys], {}

    def describe(self) -> str:
        return f"Fence the tenants in {self.table}"

    def _up(self) -> str:
        table = self.table
        lines = [
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_tenant_id_id" UNIQUE (tenant_id, id);',
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;',
            f'CREATE POLICY tenant_fence ON "{table}" USING ({POLICY}) WITH CHECK ({POLICY});',
        ]
        lines += [self._composite_key(column, target) for column, target in self.keys.items()]
        return "\n".join(lines)

    def _composite_key(self, column: str, target: str) -> str:
        name = f"{self.table}_{column}_fence"[:63]
        return (
            f'ALTER TABLE "{self.table}" ADD CONSTRAINT "{name}" FOREIGN KEY (tenant_id, "{column}") '
            f'REFERENCES "{target}" (tenant_id, id) DEFERRABLE INITIALLY DEFERRED;'
        )

    def _down(self) -> str:
        drops = [
            f'ALTER TABLE "{self.table}" DROP CONSTRAINT "{f"{self.table}_{c}_fence"[:63]}";'
            for c in self.keys
        ]
        drops += [
            f'DROP POLICY tenant_fence ON "{self.table}";',
            f'ALTER TABLE "{self.table}" NO FORCE ROW LEVEL SECURITY;',
            f'ALTER TABLE "{self.table}" DISABLE ROW LEVEL SECURITY;',
            f'ALTER TABLE "{self.table}" DROP CONSTRAINT "{self.table}_tenant_id_id";',
        ]
        return "\n".join(drops)


class AppendOnly(RunSQL):
    """Rows may be added and read, never changed, removed or truncated: by trigger and by rights.

    `except_columns` may still change (a row's own bookkeeping); everything else must stay equal.
    """

    def __init__(self, table: str, except_columns: tuple[str, ...] = ()) -> None:
        self.table, self.except_columns = table, tuple(except_columns)
        super().__init__(sql=self._up(), reverse_sql=self._down())

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return self.__class__.__name__, [self.table, self.except_columns], {}

    def describe(self) -> str:
        return f"Make {self.table} append-only"

    def _up(self) -> str:
        table = self.table
        kept = ", ".join(f"'{column}'" for column in self.except_columns)
        same = (
            f"to_jsonb(NEW) - ARRAY[{kept}]::text[] = to_jsonb(OLD) - ARRAY[{kept}]::text[]"
            if kept
            else "false"
        )
        rights = f'REVOKE DELETE, TRUNCATE ON "{table}" FROM runde_app;'
        if not self.except_columns:
            rights = f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM runde_app;'
        return f"""
CREATE FUNCTION "{table}_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND ({same}) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{table} is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}"
    FOR EACH ROW EXECUTE FUNCTION "{table}_append_only"();
CREATE FUNCTION "{table}_no_truncate"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{table} is append-only: TRUNCATE refused' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "{table}" EXECUTE FUNCTION "{table}_no_truncate"();
{rights}
"""

    def _down(self) -> str:
        table = self.table
        return f"""
DROP TRIGGER no_truncate ON "{table}"; DROP FUNCTION "{table}_no_truncate"();
DROP TRIGGER append_only ON "{table}"; DROP FUNCTION "{table}_append_only"();
GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO runde_app;
"""
