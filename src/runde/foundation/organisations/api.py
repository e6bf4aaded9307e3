"""The door to the organisations of the region."""

from .models import Kind, Organisation
from .operations import register_organisation
from .queries import find_tenant, get_tenant, inside_tenant, list_tenants

__all__ = [
    "Kind",
    "Organisation",
    "find_tenant",
    "get_tenant",
    "inside_tenant",
    "list_tenants",
    "register_organisation",
]
