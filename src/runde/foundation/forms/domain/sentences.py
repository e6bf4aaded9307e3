"""The sentences for answers that cannot be read: what, where and how to mend it, in three languages."""

from __future__ import annotations

from runde.engine.reference.api import Language

from .question import BadAnswer, Question, Texts, chosen

SENTENCES: dict[str, Texts] = {
    "empty": {"nb": "Svar på «{label}».", "nn": "Svar på «{label}».", "en": "Answer “{label}”."},
    "choose": {
        "nb": "Velg et svar på «{label}».",
        "nn": "Vel eit svar på «{label}».",
        "en": "Choose an answer to “{label}”.",
    },
    "confirm": {
        "nb": "Kryss av for «{label}» før du sender.",
        "nn": "Kryss av for «{label}» før du sender.",
        "en": "Tick “{label}” before you send.",
    },
    "unknown_choice": {
        "nb": "Svaret på «{label}» er ikke et av valgene. Velg på nytt.",
        "nn": "Svaret på «{label}» er ikkje eit av vala. Vel på nytt.",
        "en": "The answer to “{label}” is not one of the choices. Choose again.",
    },
    "too_long": {
        "nb": "Teksten har {found} tegn. Den kan ha høyst {limit}.",
        "nn": "Teksten har {found} teikn. Han kan ha høgst {limit}.",
        "en": "The text has {found} characters. It can have at most {limit}.",
    },
    "not_integer": {
        "nb": "Skriv «{label}» som et helt tall, for eksempel 12.",
        "nn": "Skriv «{label}» som eit heilt tal, til dømes 12.",
        "en": "Write “{label}” as a whole number, for example 12.",
    },
    "not_money": {
        "nb": "Vi kan ikke lese beløpet i «{label}». Skriv det med siffer, for eksempel 412 000.",
        "nn": "Vi kan ikkje lese beløpet i «{label}». Skriv det med siffer, til dømes 412 000.",
        "en": "We cannot read the amount in “{label}”. Write it in digits, for example 412 000.",
    },
    "decimals": {
        "nb": "Beløpet i «{label}» har for mange sifre etter komma. Skriv hele kroner, for eksempel 412 000.",
        "nn": "Beløpet i «{label}» har for mange siffer etter komma. Skriv heile kroner, til dømes 412 000.",
        "en": "The amount in “{label}” has too many decimals. Write whole kroner, for example 412 000.",
    },
    "not_share": {
        "nb": "Skriv «{label}» i prosent, for eksempel 30 eller 30,5.",
        "nn": "Skriv «{label}» i prosent, til dømes 30 eller 30,5.",
        "en": "Write “{label}” in per cent, for example 30 or 30.5.",
    },
    "not_decimal": {
        "nb": "Vi kan ikke lese tallet i «{label}». Skriv det med siffer og komma, for eksempel 12,5.",
        "nn": "Vi kan ikkje lese talet i «{label}». Skriv det med siffer og komma, til dømes 12,5.",
        "en": "We cannot read the number in “{label}”. Write it in digits, for example 12.5.",
    },
    "too_many_decimals": {
        "nb": "Tallet i «{label}» kan ha høyst {limit} siffer etter komma.",
        "nn": "Talet i «{label}» kan ha høgst {limit} siffer etter komma.",
        "en": "The number in “{label}” can have at most {limit} decimals.",
    },
    "too_low": {
        "nb": "«{label}» kan ikke være lavere enn {limit}.",
        "nn": "«{label}» kan ikkje vere lågare enn {limit}.",
        "en": "“{label}” cannot be less than {limit}.",
    },
    "not_above": {
        "nb": "«{label}» må være høyere enn {limit}.",
        "nn": "«{label}» må vere høgare enn {limit}.",
        "en": "“{label}” must be more than {limit}.",
    },
    "too_high": {
        "nb": "«{label}» kan ikke være høyere enn {limit}.",
        "nn": "«{label}» kan ikkje vere høgare enn {limit}.",
        "en": "“{label}” cannot be more than {limit}.",
    },
    "not_date": {
        "nb": "Skriv datoen i «{label}» med dag, måned og år, for eksempel 14.12.2026.",
        "nn": "Skriv datoen i «{label}» med dag, månad og år, til dømes 14.12.2026.",
        "en": "Write the date in “{label}” with day, month and year, for example 14.12.2026.",
    },
    "too_early": {
        "nb": "Datoen i «{label}» kan ikke være før {limit}.",
        "nn": "Datoen i «{label}» kan ikkje vere før {limit}.",
        "en": "The date in “{label}” cannot be before {limit}.",
    },
    "too_late": {
        "nb": "Datoen i «{label}» kan ikke være etter {limit}.",
        "nn": "Datoen i «{label}» kan ikkje vere etter {limit}.",
        "en": "The date in “{label}” cannot be after {limit}.",
    },
    "attach": {
        "nb": "Legg ved «{label}».",
        "nn": "Legg ved «{label}».",
        "en": "Attach “{label}”.",
    },
    "unknown_file": {
        "nb": "Vi finner ikke filen i «{label}». Last den opp på nytt.",
        "nn": "Vi finn ikkje fila i «{label}». Last henne opp på nytt.",
        "en": "We cannot find the file in “{label}”. Upload it again.",
    },
    "too_many_files": {
        "nb": "«{label}» kan ha høyst {limit} filer. Ta bort noen.",
        "nn": "«{label}» kan ha høgst {limit} filer. Ta bort nokre.",
        "en": "“{label}” can have at most {limit} files. Remove some.",
    },
    "too_few_choices": {
        "nb": "Velg minst {limit} i «{label}».",
        "nn": "Vel minst {limit} i «{label}».",
        "en": "Choose at least {limit} in “{label}”.",
    },
    "too_many_choices": {
        "nb": "Velg høyst {limit} i «{label}».",
        "nn": "Vel høgst {limit} i «{label}».",
        "en": "Choose at most {limit} in “{label}”.",
    },
    "half_period": {
        "nb": "Skriv både den første og den siste dagen i «{label}».",
        "nn": "Skriv både den første og den siste dagen i «{label}».",
        "en": "Write both the first and the last day of “{label}”.",
    },
    "period_order": {
        "nb": "Den siste dagen i «{label}» kan ikke være før den første.",
        "nn": "Den siste dagen i «{label}» kan ikkje vere før den første.",
        "en": "The last day of “{label}” cannot be before the first.",
    },
    "too_few_rows": {
        "nb": "Fyll ut minst {limit} rader i «{label}».",
        "nn": "Fyll ut minst {limit} rader i «{label}».",
        "en": "Fill in at least {limit} rows of “{label}”.",
    },
    "too_many_rows": {
        "nb": "«{label}» kan ha høyst {limit} rader. Slå sammen noen.",
        "nn": "«{label}» kan ha høgst {limit} rader. Slå saman nokre.",
        "en": "“{label}” can have at most {limit} rows. Merge some.",
    },
    "sum_too_high": {
        "nb": "Summen av «{column}» i «{label}» er for stor. Sjekk tallene.",
        "nn": "Summen av «{column}» i «{label}» er for stor. Sjekk tala.",
        "en": "The total of “{column}” in “{label}” is too large. Check the numbers.",
    },
    "unknown_municipality": {
        "nb": "Vi kjenner ikke kommunen i «{label}». Velg den fra lista, eller skriv nummeret med fire siffer.",
        "nn": "Vi kjenner ikkje kommunen i «{label}». Vel han frå lista, eller skriv nummeret med fire siffer.",
        "en": "We do not know the municipality in “{label}”. Choose it from the list, or write its four digits.",
    },
    "unknown_industry": {
        "nb": "Vi kjenner ikke næringskoden i «{label}». Skriv fem siffer, for eksempel 56.110.",
        "nn": "Vi kjenner ikkje næringskoden i «{label}». Skriv fem siffer, til dømes 56.110.",
        "en": "We do not know the industry code in “{label}”. Write five digits, for example 56.110.",
    },
    "account_digits": {
        "nb": "Kontonummeret må ha 11 siffer.",
        "nn": "Kontonummeret må ha 11 siffer.",
        "en": "The account number must have 11 digits.",
    },
    "account_check": {
        "nb": "Kontonummeret stemmer ikke. Sjekk at alle 11 sifrene er riktige.",
        "nn": "Kontonummeret stemmer ikkje. Sjekk at alle 11 siffera er rette.",
        "en": "The account number is not right. Check that all 11 digits are correct.",
    },
}


def sentence(key: str, question: Question, language: Language, **fill: object) -> str:
    """The sentence for a mistake: the question's own where it has one, else the general."""
    template = chosen(question.errors.get(key) or SENTENCES[key], language)
    return template.format(label=chosen(question.label, language), **fill)


def bad(key: str, question: Question, language: Language, **fill: object) -> BadAnswer:
    return BadAnswer(sentence(key, question, language, **fill))
