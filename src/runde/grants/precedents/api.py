"""The door to precedents: how cases like this one were decided, and whether like cases are treated alike."""

from .domain.comparing import Comparison, gap_text, industry_text, size_text
from .domain.departing import Departure
from .domain.fairness import CriterionEffect, Fairness, GroupShare, Outlier, Spread, fairness_of, spread
from .domain.features import Features, Gap, Missed, features_from, first_sentence
from .domain.likeness import Likeness, likeness
from .domain.measures import Measures, measures
from .domain.pairing import Pair, unlike_pairs, unlike_to
from .domain.treated import Treated
from .models import Precedent
from .operations.record_precedents import Weighed, record_precedents
from .queries.elsewhere import Elsewhere, pattern_elsewhere
from .queries.similar import Similar, departure, features_of, list_of_call, list_similar, unlike_outcomes

__all__ = [
    "Comparison",
    "CriterionEffect",
    "Departure",
    "Elsewhere",
    "Fairness",
    "Features",
    "Gap",
    "GroupShare",
    "Likeness",
    "Measures",
    "Missed",
    "Outlier",
    "Pair",
    "Precedent",
    "Similar",
    "Spread",
    "Treated",
    "Weighed",
    "departure",
    "fairness_of",
    "features_from",
    "features_of",
    "first_sentence",
    "gap_text",
    "industry_text",
    "likeness",
    "list_of_call",
    "list_similar",
    "measures",
    "pattern_elsewhere",
    "record_precedents",
    "size_text",
    "spread",
    "unlike_outcomes",
    "unlike_pairs",
    "unlike_to",
]
