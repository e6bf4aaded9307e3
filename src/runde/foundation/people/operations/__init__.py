from .accounts import grant_role, register_person
from .ask_to_act import ask_to_act, consider_request, withdraw_request
from .end_mandate import KeptOutside, end_mandate
from .give_mandates import give_mandate, give_mandates
from .invite import answer_invitation, call_back_invitation, invite
from .make_link import WantedLink, make_link, make_links, renew_link, use_link, withdraw_links
from .refresh_rights import Ground, recheck_rights, refresh_rights

__all__ = [
    "Ground",
    "KeptOutside",
    "answer_invitation",
    "ask_to_act",
    "call_back_invitation",
    "consider_request",
    "end_mandate",
    "give_mandate",
    "give_mandates",
    "grant_role",
    "invite",
    "WantedLink",
    "make_link",
    "make_links",
    "recheck_rights",
    "refresh_rights",
    "register_person",
    "renew_link",
    "use_link",
    "withdraw_links",
    "withdraw_request",
]
