"""The door to applications: start, save, send and withdraw them; judge them; find them."""

from .domain.refusals import ChangedMeanwhile, Incomplete, NotOpen
from .domain.values import REGISTER_FACTS, Values, register_values
from .models import Application
from .operations.save_answers import Saved, save_answers
from .operations.start_application import NewApplication, start_application, start_many
from .operations.submit_application import submit_application, submit_many
from .operations.withdraw_application import withdraw_application
from .operations.write_receipt import get_receipt
from .queries.accounts import account_in
from .queries.assessing import Assessment, Preview, assess, assess_many, preview, values_of_many
from .queries.finding import (
    count_by_state,
    find_for_company,
    get_application,
    list_for_actor,
    list_submitted,
)
from .queries.sealing import is_seal_whole
from .queries.versions import load_versions
from .signals import application_submitted, application_withdrawn

__all__ = [
    "REGISTER_FACTS",
    "Application",
    "Assessment",
    "ChangedMeanwhile",
    "Incomplete",
    "NewApplication",
    "NotOpen",
    "Preview",
    "Saved",
    "Values",
    "account_in",
    "application_submitted",
    "application_withdrawn",
    "assess",
    "assess_many",
    "count_by_state",
    "find_for_company",
    "get_application",
    "get_receipt",
    "is_seal_whole",
    "list_for_actor",
    "list_submitted",
    "load_versions",
    "preview",
    "register_values",
    "save_answers",
    "start_application",
    "start_many",
    "submit_application",
    "submit_many",
    "values_of_many",
    "withdraw_application",
]
