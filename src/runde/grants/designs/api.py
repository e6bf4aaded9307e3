"""The door to drafts: write a scheme, see what it would do, share it, publish it.

Content is "runde-scheme/1": {"format", "slug", "texts", "rules", "form", "legal_basis", "assumptions", "take_up",
"sources"}; `domain.content` tells the shape. Edits of content are pure: hand the result to `change_draft`.
"""

from .domain.comparing import Change, compare_contents
from .domain.condition_names import ConditionName, condition_names
from .domain.condition_words import (
    ConditionShown,
    condition_from_typed,
    condition_problem,
    condition_shown,
    joined_condition,
    without_part,
)
from .domain.content import FORMAT, Content, compiled_of, design_of, digest_of, ruleset_of
from .domain.edits import (
    add_criterion,
    add_parameter,
    add_typed_criterion,
    remove_assumption,
    remove_criterion,
    set_amount_row,
    set_amount_value,
    set_assumption,
    set_criterion,
    set_derived,
    set_expression,
    set_fact,
    set_outcome,
    set_parameter,
    set_sources,
    set_take_up,
    set_value,
)
from .domain.forming import (
    Removal,
    checks_at,
    drop_check,
    fact_type_of,
    let_rules_use,
    put_check,
    removal_of,
    take_out_question,
    take_out_section,
    with_form,
)
from .domain.from_rules import question_for
from .domain.lacks import Lack
from .domain.origin import origin_sentence
from .domain.refusals import ChangedMeanwhile, DraftRefused, FileRefused, InUse, NotReady
from .domain.text_paths import texts_at
from .domain.wording import (
    ask_for,
    remove_part,
    set_example,
    set_legal_references,
    set_question,
    set_section,
    set_slug,
    set_text,
    set_texts,
)
from .models import Draft, DraftRevision, SharedScheme
from .operations.change_draft import change_draft
from .operations.discard_draft import discard_draft
from .operations.publish_draft import publish_draft
from .operations.share_version import share_version, unshare
from .operations.start_draft import (
    copy_from_shelf,
    import_draft,
    start_blank_draft,
    start_draft_from_example,
    start_draft_from_version,
)
from .operations.undo_change import redo_change, undo_change
from .queries.comparing import compare_versions
from .queries.drafts import find_draft, get_draft, get_revision, list_drafts, list_revisions, undoing
from .queries.examples import Example, list_examples
from .queries.files import export_draft, export_version
from .queries.problems import lacks_of, problems_of
from .queries.reaching import reach_of
from .queries.shelf import get_shared, list_shelf
from .queries.using import PartUse, uses_of, version_uses_of
from .queries.versions import content_of, get_version, list_schemes, list_versions, newest_version

from runde.grants.schemes.api import register_facts, register_types  # isort: skip - handed on: the rooms above know it from here

__all__ = [
    "FORMAT",
    "Change",
    "ChangedMeanwhile",
    "ConditionName",
    "ConditionShown",
    "Content",
    "Draft",
    "DraftRefused",
    "DraftRevision",
    "Example",
    "FileRefused",
    "InUse",
    "Lack",
    "NotReady",
    "PartUse",
    "Removal",
    "SharedScheme",
    "add_criterion",
    "add_parameter",
    "add_typed_criterion",
    "ask_for",
    "change_draft",
    "checks_at",
    "compare_contents",
    "compare_versions",
    "compiled_of",
    "condition_from_typed",
    "condition_names",
    "condition_problem",
    "condition_shown",
    "content_of",
    "copy_from_shelf",
    "design_of",
    "digest_of",
    "discard_draft",
    "drop_check",
    "export_draft",
    "export_version",
    "fact_type_of",
    "find_draft",
    "get_draft",
    "get_revision",
    "get_shared",
    "get_version",
    "import_draft",
    "joined_condition",
    "lacks_of",
    "let_rules_use",
    "list_drafts",
    "list_examples",
    "list_revisions",
    "list_schemes",
    "list_shelf",
    "list_versions",
    "newest_version",
    "origin_sentence",
    "problems_of",
    "publish_draft",
    "put_check",
    "question_for",
    "reach_of",
    "redo_change",
    "register_facts",
    "register_types",
    "removal_of",
    "remove_assumption",
    "remove_criterion",
    "remove_part",
    "ruleset_of",
    "set_amount_row",
    "set_amount_value",
    "set_assumption",
    "set_criterion",
    "set_derived",
    "set_example",
    "set_expression",
    "set_fact",
    "set_legal_references",
    "set_outcome",
    "set_parameter",
    "set_question",
    "set_section",
    "set_slug",
    "set_sources",
    "set_take_up",
    "set_text",
    "set_texts",
    "set_value",
    "share_version",
    "start_blank_draft",
    "start_draft_from_example",
    "start_draft_from_version",
    "take_out_question",
    "take_out_section",
    "texts_at",
    "undo_change",
    "undoing",
    "unshare",
    "uses_of",
    "version_uses_of",
    "with_form",
    "without_part",
]
