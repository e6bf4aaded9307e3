"""Ready-made rule sets, as data."""

import json
from collections.abc import Mapping
from importlib import resources

from runde.engine.rules.ruleset import RuleSet

EXAMPLES = ("smittevern", "kommunal-korona", "kompensasjon-k1", "kompensasjon-k2", "kompensasjon-k3")
"""Two municipal schemes, and the State's three regimes of compensation for lost revenue in 2020 and 2021."""

MUNICIPALITY = "scheme_municipality"
"""The parameter that says whose scheme it is; the State's schemes have none."""


def load_example(
    name: str, municipality: str | None = None, label: Mapping[str, str] | None = None
) -> RuleSet:
    """A ready-made rule set by name.

    `municipality` is the four-digit number of the municipality whose scheme it is, with what people
    call it in `label` ({"nb": "Moss"}). Without it a municipal rule set can be read, but not run; for
    the State's it changes nothing. Raises KeyError for a name that is not in EXAMPLES.
    """
    if name not in EXAMPLES:
        raise KeyError(name)
    text = resources.files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    ruleset = RuleSet.from_dict(json.loads(text))
    if municipality is None or all(one.name != MUNICIPALITY for one in ruleset.parameters):
        return ruleset
    return ruleset.with_parameter(MUNICIPALITY, municipality, label=label)
