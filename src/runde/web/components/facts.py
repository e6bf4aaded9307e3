"""Rows of facts, rules, sums and steps, as the templates need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["met", "unmet", "unknown"]
When = Literal["done", "now", "later"]


@dataclass(frozen=True)
class Fact:
    """A named fact. `source` says where it is from and when; `url` makes the value a link."""

    name: str
    value: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True)
class Answer:
    """A line on the review page. An empty `value` means not answered; `what` completes the change link."""

    question: str
    value: str = ""
    change_url: str = ""
    what: str = ""


@dataclass(frozen=True)
class Criterion:
    """One rule and how the case stands. `detail` gives value and distance, `source` the origin."""

    text: str
    verdict: Verdict
    detail: str = ""
    source: str = ""


@dataclass(frozen=True)
class SumRow:
    """A row of a calculation, already in words and figures. `note` tells the source."""

    text: str
    amount: str
    note: str = ""
    result: bool = False


@dataclass(frozen=True)
class TrackStep:
    """A step of a case: what, when it happened or is expected, and where it can be read."""

    what: str
    when: When
    date: str = ""
    note: str = ""
    url: str = ""
    link_text: str = ""


@dataclass(frozen=True)
class Task:
    """A part of an application. A finished part carries no colour, so that what is left stands out."""

    name: str
    url: str
    status: Literal["done", "started", "waiting"] = "waiting"
    note: str = ""
