"""The door to people: accounts, roles, mandates, signed links, and the one permission door."""

from .links import (
    LINKABLE,
    Fault,
    Link,
    LinkRefused,
    NotLinkable,
    link_address,
)
from .models import Mandate, Person, Role
from .operations import (
    give_mandate,
    give_mandates,
    grant_role,
    make_link,
    register_person,
    renew_link,
    use_link,
    withdraw_links,
)
from .permissions import Actor, Only, authorise, may, permission, registered_actions
from .queries import (
    actor_by_link,
    get_actor,
    get_applicant,
    get_person,
    list_role_holders,
    names_of,
    read_link,
)

__all__ = [
    "LINKABLE",
    "Actor",
    "Fault",
    "Link",
    "LinkRefused",
    "Mandate",
    "NotLinkable",
    "Only",
    "Person",
    "Role",
    "actor_by_link",
    "authorise",
    "get_actor",
    "get_applicant",
    "get_person",
    "give_mandate",
    "give_mandates",
    "grant_role",
    "link_address",
    "list_role_holders",
    "make_link",
    "may",
    "names_of",
    "permission",
    "read_link",
    "register_person",
    "registered_actions",
    "renew_link",
    "use_link",
    "withdraw_links",
]
