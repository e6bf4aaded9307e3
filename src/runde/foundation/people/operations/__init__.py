from .accounts import grant_role, register_person
from .give_mandates import give_mandate, give_mandates
from .make_link import make_link, renew_link, use_link, withdraw_links

__all__ = [
    "give_mandate",
    "give_mandates",
    "grant_role",
    "make_link",
    "register_person",
    "renew_link",
    "use_link",
    "withdraw_links",
]
