"""The door to people: accounts, roles, mandates, and the one permission door."""

from .models import Mandate, Person, Role
from .operations import give_mandate, give_mandates, grant_role, register_person
from .permissions import Actor, authorise, may, permission, registered_actions
from .queries import get_actor, get_applicant, get_person, list_role_holders, names_of

__all__ = [
    "Actor",
    "Mandate",
    "Person",
    "Role",
    "authorise",
    "get_actor",
    "get_applicant",
    "get_person",
    "give_mandate",
    "give_mandates",
    "grant_role",
    "list_role_holders",
    "may",
    "names_of",
    "permission",
    "register_person",
    "registered_actions",
]
