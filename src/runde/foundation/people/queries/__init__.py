from .acting import get_actor, get_applicant, get_person, list_role_holders, names_of
from .links import actor_by_link, read_link

__all__ = [
    "actor_by_link",
    "get_actor",
    "get_applicant",
    "get_person",
    "list_role_holders",
    "names_of",
    "read_link",
]
