from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from runde.foundation.organisations.api import Organisation
from runde.foundation.trust.api import Fenced, FencedManager, new_id


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **facts: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """A human being with an account: the same one whatever roles and companies they act for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, default="nb")
    is_active = models.BooleanField(default=True)
    home_tenant = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    OFFICER = "officer", "Saksbehandler"
    APPROVER = "approver", "Godkjenner"
    FINANCE = "finance", "Økonomi"
    SCHEME_MANAGER = "scheme_manager", "Ordningsansvarlig"
    SECRETARY = "secretary", "Sekretariat"
    AUDITOR = "auditor", "Revisor"


class RoleGrant(Fenced):
    """A person holds a role in a tenant between two dates; `valid_to` is the last day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "person", "role", "valid_from"], name="people_rolegrant_once"
            )
        ]


class Mandate(models.Model):
    """A person may act for a company. Across tenants by nature: the company applies where it will."""

    class Source(models.TextChoices):
        REGISTER_ROLE = "register_role", "Rolle i Enhetsregisteret"
        DECLARED = "declared", "Egenerklæring"
        APPROVED = "approved", "Godkjent av kommunen"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    organisation_number = models.CharField(max_length=9)
    source = models.CharField(max_length=20, choices=Source)
    evidence = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation_number", "valid_from"], name="people_mandate_once"
            )
        ]
