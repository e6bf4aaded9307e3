"""Validity against the ISO 20022 schema, which the package `sepaxml` carries (we use nothing else of it)."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

from runde.engine.bank.control import parse_hardened
from runde.engine.bank.errors import SchemaMissing, UnreadableBankFile

_KNOWN = ("pain.001.001.09", "pain.001.001.03")


def find_schema(name: str = _KNOWN[0]) -> Path | None:
    """Where the schema of this name lies, or None when the package that carries it is not installed."""
    spec = find_spec("sepaxml")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "schemas" / f"{name}.xsd"
    return path if path.is_file() else None


def schema_available() -> bool:
    """Whether `validate_bank_file` can answer."""
    return find_schema() is not None


def validate_bank_file(content: bytes) -> list[str]:
    """The breaches of the schema, each with its line; empty when the file is valid.

    Raises SchemaMissing when there is no schema to ask: unknown is never reported as valid.
    """
    path = find_schema(_stated_name(content))
    if path is None:
        raise SchemaMissing("Skjemaet for bankfiler er ikke installert. Installer pakken «sepaxml».")
    return validate(content, path)


def _stated_name(content: bytes) -> str:
    """The issue the file says it is of; the newest when it says nothing we write, so that it is found invalid."""
    try:
        stated = etree.QName(parse_hardened(content)).namespace or ""
    except UnreadableBankFile:
        stated = ""
    return next((name for name in _KNOWN if stated.endswith(f":{name}")), _KNOWN[0])


def validate(content: bytes, schema_path: Path) -> list[str]:
    """As `validate_bank_file`, with a schema file of your own."""
    try:
        root = parse_hardened(content)
    except UnreadableBankFile as error:
        return [str(error)]
    schema = _load(schema_path)
    if schema.validate(root):
        return []
    entries: Any = schema.error_log  # the type stubs do not know that it can be iterated
    return [f"linje {entry.line}: {entry.message}" for entry in entries]


@cache
def _load(path: Path) -> etree.XMLSchema:
    if not path.is_file():
        raise SchemaMissing(f"Skjemaet {path} finnes ikke.")
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True, resolve_entities=False)))
