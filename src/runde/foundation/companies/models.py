"""The register's tables. Public facts, the same for every tenant: outside the fence.

Rows are written by the import in bulk (`operations/import_register.py`), never one by one. Their keys to the
import that wrote them are without a constraint: imports are never removed, and a million checks take their time.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

ORGNR_LENGTH = 9


class OrgnrKey(models.CharField):  # type: ignore[type-arg]
    """An organisation number as the key of a table.

    Under its full name PostgreSQL's type escapes the second index that Django gives every text key for LIKE:
    at a million rows it costs more than it ever gives, since numbers are found by range.
    """

    def __init__(self, **options: object) -> None:
        super().__init__(**{**options, "max_length": ORGNR_LENGTH, "primary_key": True})  # type: ignore[arg-type]

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, path, arguments, options = super().deconstruct()
        del options["max_length"], options["primary_key"]
        return name, path, list(arguments), options

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return f"character varying({ORGNR_LENGTH})"


class Import(models.Model):
    """One file read into the register: which file, as of which day, and how it went.

    With `is_look_up` it is one unit that was asked for by itself; the file name is then its address.
    """

    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    register_date = models.DateField()
    content = models.CharField(
        max_length=10, choices=[("units", "Enheter"), ("sub_units", "Underenheter"), ("both", "Begge")]
    )
    started_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    imported = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    duplicates = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unplaced = models.PositiveIntegerField(default=0)
    broken = models.TextField(blank=True)
    is_look_up = models.BooleanField(default=False)
    rejections = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["sha256", "register_date"], name="companies_import_file")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.register_date})"


class Unit(models.Model):
    """What main units and sub-units have in common. Empty text and None mean: not in the register."""

    orgnr = OrgnrKey()
    name = models.TextField()
    sort_key = models.TextField(db_collation="C")
    legal_form = models.CharField(max_length=10)
    industry_1 = models.CharField(max_length=6)
    industry_2 = models.CharField(max_length=6)
    industry_3 = models.CharField(max_length=6)
    industry_standard = models.CharField(max_length=6)
    nace_section = models.CharField(max_length=1)
    has_registered_employees = models.BooleanField(null=True)
    employees = models.PositiveIntegerField(null=True)
    municipality = models.CharField(max_length=4)
    municipality_as_written = models.CharField(max_length=4)
    street = models.TextField()
    postcode = models.CharField(max_length=20)
    place = models.TextField()
    country = models.CharField(max_length=2)
    postal_municipality = models.CharField(max_length=4)
    postal_street = models.TextField()
    postal_postcode = models.CharField(max_length=20)
    postal_place = models.TextField()
    postal_country = models.CharField(max_length=2)
    registered_date = models.DateField(null=True)
    vat_registered = models.BooleanField(null=True)
    parent_orgnr = models.CharField(max_length=ORGNR_LENGTH)
    deleted_date = models.DateField(null=True)
    known_from = models.DateField()
    last_import = models.ForeignKey(
        Import, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} ({self.orgnr})"


class Company(Unit):
    """A main unit (hovedenhet) as last known. Since when: `known_from`; confirmed until: `Confirmation`."""

    founded_date = models.DateField(null=True)
    sector = models.CharField(max_length=4)
    accounts_year = models.PositiveSmallIntegerField(null=True)
    in_business_register = models.BooleanField(null=True)
    in_voluntary_register = models.BooleanField(null=True)
    in_foundation_register = models.BooleanField(null=True)
    in_group = models.BooleanField(null=True)
    bankrupt = models.BooleanField(null=True)
    bankrupt_date = models.DateField(null=True)
    under_liquidation = models.BooleanField(null=True)
    under_liquidation_date = models.DateField(null=True)
    forced_dissolution = models.BooleanField(null=True)
    reconstruction_date = models.DateField(null=True)
    language_form = models.CharField(max_length=2)
    # The name made ready for search, see domain/names.py: its words run together, and each for itself.
    search_compact = models.TextField(db_collation="C")
    search_words = SearchVectorField()

    class Meta:
        indexes = [
            models.Index(fields=["municipality"], name="companies_in_municipality"),
            models.Index(
                fields=["parent_orgnr"], name="companies_below", condition=~models.Q(parent_orgnr="")
            ),
            models.Index(fields=["search_compact"], name="companies_name_compact"),
            GinIndex(fields=["search_words"], name="companies_name_words"),
        ]


class SubUnit(Unit):
    """A sub-unit (underenhet). Its unit is `parent_orgnr`, which need not be in the register we hold."""

    started_date = models.DateField(null=True)
    taken_over_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["parent_orgnr"], name="companies_subunit_of"),
            models.Index(fields=["municipality"], name="companies_subunit_in"),
        ]


class Confirmation(models.Model):
    """The last register date at which a unit still had the facts we hold.

    Apart from the facts because it changes for every unit with every file, and they seldom do.
    """

    orgnr = OrgnrKey()
    as_of_date = models.DateField()


class Snapshot(models.Model):
    """Facts a unit had before: held from `valid_from` until the next snapshot, or until the present facts."""

    orgnr = models.CharField(max_length=ORGNR_LENGTH)
    valid_from = models.DateField()
    facts = models.JSONField()
    imported_by = models.ForeignKey(
        Import, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        indexes = [models.Index(fields=["orgnr", "-valid_from", "-id"], name="companies_snapshot_on")]


class SearchWord(models.Model):
    """Every word found in a name, for mending misspelt ones. Never removed: a word too many does no harm."""

    word = models.TextField(db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word"], name="companies_word_once")]
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="companies_word_trigrams")]


class RegisterContact(models.Model):
    """How it stands between us and the register's look-up: one row, shared by every process.

    While `down_since_at` is set the last question got no answer. Until `quiet_until_at` nobody asks again, so that
    no page waits for what we know is away. `reason` is for the operator.
    """

    down_since_at = models.DateTimeField(null=True)
    quiet_until_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="companies_one_contact")]

    def __str__(self) -> str:
        return f"nede siden {self.down_since_at}" if self.down_since_at else "svarer"
