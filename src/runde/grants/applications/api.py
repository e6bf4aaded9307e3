"""The door to applications: start, save, send and withdraw them; judge them; find them."""

from .domain.drafts import WARNED_BEFORE
from .domain.refusals import ChangedMeanwhile, Incomplete, NotACompany, NotOpen
from .domain.register import FactChange, known_facts
from .domain.saving import Differing
from .domain.values import REGISTER_FACTS, Values, plain_values, register_values, revived_values
from .models import AnswerChange, Application, Beginning, DraftRemnant, Participant, StageAnswers
from .operations.await_register import tell_waiting, waiting_companies
from .operations.begin import (
    BEGINNING_KEPT,
    Begun,
    SavedBeginning,
    begin,
    claim_beginning,
    find_beginning,
    save_beginning,
)
from .operations.clone_application import clone_application
from .operations.dispute_fact import dispute_fact
from .operations.forget_draft import erase_draft
from .operations.keep_drafts import delete_old_drafts, refresh_drafts, warn_drafts
from .operations.participate import accept_participation, end_participation, invite_participant
from .operations.rebase_drafts import rebase_drafts
from .operations.refresh_register import Refreshed, refresh_many, refresh_register, see_facts
from .operations.save_answers import Saved, save_answers
from .operations.stage_answers import SavedStage, save_stage_answers, submit_stage_answers
from .operations.start_application import NewApplication, start_application, start_many
from .operations.submit_application import submit_application, submit_many
from .operations.suggest_answers import suggest_answers
from .operations.withdraw_application import withdraw_application
from .operations.write_receipt import get_receipt
from .permissions import look_up_parts
from .queries.accounts import account_in
from .queries.asking import asked_questions
from .queries.assessing import Assessment, Preview, assess, assess_many, preview, values_of_many
from .queries.completeness import find_missing
from .queries.earlier_aid import QUESTION as EARLIER_AID
from .queries.exporting import Export, export_application
from .queries.finding import (
    count_by_state,
    find_for_company,
    get_application,
    list_for_actor,
    list_of_person,
    list_submitted,
)
from .queries.keeping import Remnants, count_remnants, drafts_kept_until, kept_until
from .queries.participants import get_participant, list_participants
from .queries.rebasing import AffectedDraft, RebasePreview, preview_rebase
from .queries.sealing import is_seal_whole
from .queries.stages import find_stage_answers, is_stage_seal_whole, list_stage_answers
from .queries.versions import load_versions
from .signals import application_submitted, application_withdrawn, stage_answers_submitted

__all__ = [
    "EARLIER_AID",
    "AffectedDraft",
    "AnswerChange",
    "Application",
    "Assessment",
    "Beginning",
    "Begun",
    "ChangedMeanwhile",
    "Differing",
    "DraftRemnant",
    "Export",
    "FactChange",
    "Incomplete",
    "NewApplication",
    "NotACompany",
    "NotOpen",
    "Participant",
    "Preview",
    "REGISTER_FACTS",
    "RebasePreview",
    "Refreshed",
    "Saved",
    "SavedBeginning",
    "SavedStage",
    "StageAnswers",
    "Values",
    "accept_participation",
    "account_in",
    "application_submitted",
    "application_withdrawn",
    "asked_questions",
    "assess",
    "assess_many",
    "begin",
    "claim_beginning",
    "clone_application",
    "count_by_state",
    "delete_old_drafts",
    "dispute_fact",
    "drafts_kept_until",
    "end_participation",
    "erase_draft",
    "export_application",
    "find_beginning",
    "find_for_company",
    "find_missing",
    "find_stage_answers",
    "get_application",
    "get_participant",
    "get_receipt",
    "invite_participant",
    "is_seal_whole",
    "is_stage_seal_whole",
    "known_facts",
    "list_for_actor",
    "list_of_person",
    "kept_until",
    "count_remnants",
    "Remnants",
    "WARNED_BEFORE",
    "BEGINNING_KEPT",
    "list_participants",
    "list_stage_answers",
    "list_submitted",
    "load_versions",
    "look_up_parts",
    "plain_values",
    "preview",
    "preview_rebase",
    "rebase_drafts",
    "refresh_drafts",
    "refresh_many",
    "refresh_register",
    "register_values",
    "revived_values",
    "save_answers",
    "save_beginning",
    "save_stage_answers",
    "see_facts",
    "stage_answers_submitted",
    "start_application",
    "start_many",
    "submit_application",
    "submit_many",
    "submit_stage_answers",
    "suggest_answers",
    "tell_waiting",
    "values_of_many",
    "waiting_companies",
    "warn_drafts",
    "withdraw_application",
]
