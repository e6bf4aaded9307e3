"""The question types, by name. A new one is a folder here and a line below."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.question import QuestionType
from .account_number import AccountNumber
from .choice import Choice
from .date import Day
from .decimal import DecimalNumber
from .declaration import Declaration
from .file import File
from .industry import IndustryQuestion
from .information import Information
from .integer import Integer
from .long_text import LongText
from .money import Money
from .municipality import MunicipalityQuestion
from .period import Period
from .several_choices import SeveralChoices
from .share import Share
from .table import Table
from .text import Text
from .yes_no import YesNo

_ALL: tuple[QuestionType, ...] = (
    Text(),
    LongText(),
    Integer(),
    DecimalNumber(),
    Share(),
    Money(),
    Day(),
    Period(),
    Choice(),
    SeveralChoices(),
    YesNo(),
    File(),
    Table(),
    AccountNumber(),
    MunicipalityQuestion(),
    IndustryQuestion(),
    Declaration(),
    Information(),
)
QUESTION_TYPES: Mapping[str, QuestionType] = {one.name: one for one in _ALL}
