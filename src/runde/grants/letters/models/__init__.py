from .bank import BankText
from .editing import LetterEdit, LetterUse
from .templates import LetterTemplate, LetterTemplateVersion, TemplateChange

__all__ = [
    "BankText",
    "LetterEdit",
    "LetterTemplate",
    "LetterTemplateVersion",
    "LetterUse",
    "TemplateChange",
]
