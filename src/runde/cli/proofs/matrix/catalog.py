"""What the database's own catalogue says about the walls, and the rules that no list may excuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg

Facts = dict[str, Any]
Connection = psycopg.Connection[Any]

FENCE = "(tenant_id = ( SELECT (NULLIF(current_setting('runde.tenant'::text, true), ''::text))::uuid AS \"nullif\"))"
SITE, CHECKER, OWNER = "runde_app", "runde_check", "runde_owner"

ROLES = """
SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication,
       coalesce(array_to_string(rolconfig, ','), ''),
       coalesce((SELECT string_agg(roleid::regrole::text, ',') FROM pg_auth_members WHERE member = r.oid), '')
FROM pg_roles r WHERE rolname LIKE 'runde%' AND rolname <> 'runde_super' ORDER BY 1
"""
TABLES = """
SELECT c.relname, c.relkind::text, c.relpersistence::text, c.relrowsecurity, c.relforcerowsecurity,
       pg_get_userbyid(c.relowner),
       EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT attisdropped),
       EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL
               AND (SELECT array_agg(a.attname::text ORDER BY a.attname::text) FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[])) = ARRAY['id', 'tenant_id']),
       coalesce(array_to_string(c.reloptions, ','), '')
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1
"""
POLICIES = """
SELECT tablename, policyname, permissive, array_to_string(roles, ','), cmd, coalesce(qual, ''), coalesce(with_check, '')
FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2
"""
KEYS = """
SELECT k.conrelid::regclass::text, k.confrelid::regclass::text,
       (SELECT array_agg(a.attname::text ORDER BY p.place) FROM unnest(k.conkey) WITH ORDINALITY p(num, place)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.num),
       (SELECT array_agg(a.attname::text ORDER BY p.place) FROM unnest(k.confkey) WITH ORDINALITY p(num, place)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.num)
FROM pg_constraint k WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace ORDER BY 1, 2, 3
"""
RIGHTS = """
SELECT c.relname, r.name,
       concat_ws('', CASE WHEN has_any_column_privilege(r.name, c.oid, 'SELECT') THEN 'r' END,
                     CASE WHEN has_any_column_privilege(r.name, c.oid, 'INSERT') THEN 'a' END,
                     CASE WHEN has_any_column_privilege(r.name, c.oid, 'UPDATE') THEN 'w' END,
                     CASE WHEN has_table_privilege(r.name, c.oid, 'DELETE') THEN 'd' END,
                     CASE WHEN has_table_privilege(r.name, c.oid, 'TRUNCATE') THEN 'D' END,
                     CASE WHEN has_table_privilege(r.name, c.oid, 'TRIGGER') THEN 't' END)
FROM pg_class c CROSS JOIN (VALUES ('runde_app'), ('runde_check')) AS r(name)
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1, 2
"""
PUBLIC_RIGHTS = """
SELECT c.relname, acl.privilege_type FROM pg_class c CROSS JOIN aclexplode(c.relacl) acl
WHERE c.relnamespace = 'public'::regnamespace AND acl.grantee = 0 ORDER BY 1, 2
"""
TRIGGERS = """
SELECT t.tgrelid::regclass::text || ': ' || t.tgname || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' (asleep)' END
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""
POWERFUL_FUNCTIONS = """
SELECT p.oid::regprocedure::text, pg_get_userbyid(p.proowner), coalesce(array_to_string(p.proconfig, ','), '')
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef ORDER BY 1
"""
NOT_FOR_ALL = """
SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
AND NOT has_function_privilege('runde_app', p.oid, 'EXECUTE') ORDER BY 1
"""
UNIQUE = """
SELECT c.relname || ': ' || i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND NOT i.indisprimary
AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
AND (SELECT attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = i.indkey[0]) <> 'tenant_id' ORDER BY 1
"""


def gather(connection: Connection) -> Facts:
    """Everything about the walls that can be read from the catalogue, in the order of names."""
    tables = connection.execute(TABLES).fetchall()
    real = [row for row in tables if row[1] in "rp"]
    rights = {(table, role): held for table, role, held in connection.execute(RIGHTS)}
    policies = connection.execute(POLICIES).fetchall()
    return {
        "roles": {row[0]: list(_powers(row)) for row in connection.execute(ROLES)},
        "fenced tables": [row[0] for row in real if row[6]],
        "unfenced tables": [row[0] for row in real if not row[6]],
        "tables that do not force their fence": [
            row[0] for row in real if row[6] and not (row[3] and row[4])
        ],
        "tables without a key over tenant and id": [row[0] for row in real if row[6] and not row[7]],
        "tables of another owner": [row[0] for row in tables if row[5] != OWNER],
        "unlogged tables": [row[0] for row in real if row[2] == "u"],
        "views": [f"{row[0]} ({row[8]})" for row in tables if row[1] == "v"],
        "materialised views": [row[0] for row in tables if row[1] == "m"],
        "foreign tables": [row[0] for row in tables if row[1] == "f"],
        "whole fences": sorted(row[0] for row in policies if tuple(row[1:]) == _WHOLE),
        "other policies": [" | ".join(row) for row in policies if tuple(row[1:]) != _WHOLE],
        **_keys(connection, {row[0] for row in real if row[6]}),
        "rights of the site": _by_rights(rights, SITE),
        "rights of the checker": _by_rights(rights, CHECKER),
        "rights of everybody": [f"{table}: {right}" for table, right in connection.execute(PUBLIC_RIGHTS)],
        "triggers": [row[0] for row in connection.execute(TRIGGERS)],
        "functions with the owner's power": [
            " | ".join(row) for row in connection.execute(POWERFUL_FUNCTIONS)
        ],
        "functions the site may not call": [row[0] for row in connection.execute(NOT_FOR_ALL)],
        "unique without the tenant first": [row[0] for row in connection.execute(UNIQUE)],
    }


_WHOLE = ("tenant_fence", "PERMISSIVE", "public", "ALL", FENCE, FENCE)


def _powers(row: tuple[Any, ...]) -> Iterator[str]:
    names = ("superuser", "makes roles", "makes databases", "passes fences", "replicates")
    yield from (name for name, has in zip(names, row[1:6], strict=True) if has)
    yield from (f"set {row[6]}",) if row[6] else ()
    yield from (f"member of {row[7]}",) if row[7] else ()


def _keys(connection: Connection, fenced: set[str]) -> Facts:
    """Keys between fenced tables: those that carry the tenant, and those that have no such companion."""
    composite, single = set(), set()
    for table, target, columns, wanted in connection.execute(KEYS):
        if table not in fenced or target not in fenced:
            continue
        if columns[0] == "tenant_id" and wanted == ["tenant_id", "id"]:
            composite.add(f"{table}.{columns[1]} -> {target}")
        else:
            single.add(f"{table}.{columns[-1]} -> {target}")
    return {
        "keys within the tenant": sorted(composite),
        "keys that may leave the tenant": sorted(single - composite),
    }


def _by_rights(rights: Mapping[tuple[str, str], str], role: str) -> dict[str, list[str]]:
    """Tables by what the role may do there: r(ead), a(dd), w (change), d(elete), D (truncate), t(rigger)."""
    found: dict[str, list[str]] = {}
    for (table, holder), held in rights.items():
        if holder == role:
            found.setdefault(held, []).append(table)
    return dict(sorted(found.items()))


MASKED = {"precedents_pattern"}
"""Counts of all tenants under masks: no tenant in the row, and a fence by the mask, which the tenant alone knows."""


def broken_rules(facts: Facts) -> list[str]:
    """Holes in the walls, whatever anybody has written in a list."""
    wrong = [f"{what}: {', '.join(facts[what])}" for what in NEVER if facts[what]]
    fenced, held = set(facts["fenced tables"]), set(facts["whole fences"])
    partly = {line.split(" | ")[0] for line in facts["other policies"]}
    wrong += [f"{table} has tenants but no fence" for table in sorted(fenced - held - partly)]
    wrong += [f"{table} has a fence but no tenants" for table in sorted((held | partly) - fenced - MASKED)]
    wrong += [f"{table} has policies beside its fence" for table in sorted(held & partly)]
    wrong += [
        f"view {view} passes the fence" for view in facts["views"] if "security_invoker=true" not in view
    ]
    for role, powers in facts["roles"].items():
        allowed = {"passes fences", "set default_transaction_read_only=on"} if role == CHECKER else set()
        wrong += [f"{role} can do too much: {power}" for power in powers if power not in allowed]
    for held_rights, tables in facts["rights of the site"].items():
        if set(held_rights) - set("rawd"):
            wrong.append(f"{SITE} holds {held_rights} on {', '.join(tables)}")
    for held_rights, tables in facts["rights of the checker"].items():
        if set(held_rights) - set("r"):
            wrong.append(f"{CHECKER} holds {held_rights} on {', '.join(tables)}")
    for function in facts["functions with the owner's power"]:
        name, owner, settings = function.split(" | ")
        if owner != OWNER or "search_path=" not in settings:
            wrong.append(f"function {name} runs with too much power: {owner}, {settings}")
    return wrong


NEVER = (
    "tables that do not force their fence",
    "tables of another owner",
    "materialised views",
    "foreign tables",
    "keys that may leave the tenant",
    "rights of everybody",
)


def differences(facts: Facts, committed: Facts) -> list[str]:
    """Where the catalogue and the committed list part. Reasons in the list are for people."""
    wrong = []
    for what in sorted({*facts, *committed}):
        now, then = _lines(facts.get(what, [])), _lines(committed.get(what, []))
        wrong += [f"{what}: new, not in the list: {line}" for line in sorted(now - then)]
        wrong += [f"{what}: in the list, not there: {line}" for line in sorted(then - now)]
    return wrong


def _lines(entry: Any) -> set[str]:
    if isinstance(entry, dict):
        return {f"{key}: {one}" for key, many in entry.items() for one in (many or ["-"])}
    return set(entry)
