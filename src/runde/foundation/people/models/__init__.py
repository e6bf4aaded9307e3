from .acting_request import ActingRequest
from .invitation import Invitation
from .mandate import Mandate
from .person import Person
from .rights_look import RightsLook
from .role_grant import Role, RoleGrant
from .signed_link import SignedLink

__all__ = [
    "ActingRequest",
    "Invitation",
    "Mandate",
    "Person",
    "RightsLook",
    "Role",
    "RoleGrant",
    "SignedLink",
]
