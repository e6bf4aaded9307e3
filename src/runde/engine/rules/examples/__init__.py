"""Ready-made rule sets, as data."""

import json
from collections.abc import Mapping
from importlib import resources

from runde.engine.rules.ruleset import RuleSet

EXAMPLES = ("smittevern",)


def load_example(
    name: str, municipality: str | None = None, label: Mapping[str, str] | None = None
) -> RuleSet:
    """A ready-made rule set by name.

    `municipality` is the four-digit number of the municipality whose scheme it is, with what people
    call it in `label` ({"nb": "Moss"}). Without it the rule set can be read, but not run.
    Raises KeyError for a name that is not in EXAMPLES.
    """
    if name not in EXAMPLES:
        raise KeyError(name)
    text = resources.files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    ruleset = RuleSet.from_dict(json.loads(text))
    if municipality is None:
        return ruleset
    return ruleset.with_parameter("scheme_municipality", municipality, label=label)
