"""From text to a syntax tree, behind a fence.

The fence works on tokens, before anything is parsed: only names, numbers, texts, brackets and the
operators of the language come through, so what the parser can build from the rest never matters.
"""

import re

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from runde.engine.rules.errors import Problem, RuleError, closest

LONGEST_EXPRESSION = 2000
MOST_TOKENS = 500
DEEPEST_BRACKETS = 25
MOST_CHAINED_SIGNS = 5
LONGEST_TEXT = 100

FUNCTIONS = frozenset(
    {
        "ABS",
        "COALESCE",
        "DAYS_BETWEEN",
        "DIVIDE",
        "GREATEST",
        "HAS_ANY",
        "LEAST",
        "ROUND",
        "ROUND_DOWN",
        "ROUND_NEAREST",
        "ROUND_UP",
        "STARTS_WITH",
    }
)

_T = TokenType
_OPERATORS = {_T.LT, _T.LTE, _T.GT, _T.GTE, _T.EQ, _T.NEQ, _T.PLUS, _T.DASH, _T.STAR}
_WORDS = {_T.AND, _T.OR, _T.NOT, _T.IN, _T.BETWEEN, _T.CASE, _T.WHEN, _T.THEN, _T.ELSE, _T.END}
_VALUES = {_T.VAR, _T.NUMBER, _T.STRING, _T.TRUE, _T.FALSE, _T.DATE}
_ALLOWED = _OPERATORS | _WORDS | _VALUES | {_T.L_PAREN, _T.R_PAREN, _T.COMMA}
_PREFIXES = {_T.NOT, _T.DASH, _T.PLUS}

_HINTS = {
    _T.SLASH: "Bruk DIVIDE(teller, nevner, desimaler) i stedet for /.",
    _T.DIV: "Bruk DIVIDE(teller, nevner, desimaler).",
    _T.MOD: "Rest ved deling er ikke med i språket.",
    _T.CARET: "Potens er ikke med i språket.",
    _T.NULL: "Bruk COALESCE(opplysning, verdi) når en manglende opplysning skal bety noe bestemt.",
    _T.IS: "Bruk COALESCE(opplysning, verdi) når en manglende opplysning skal bety noe bestemt.",
    _T.SEMICOLON: "Skriv ett uttrykk, uten semikolon.",
    _T.SELECT: "Spørringer er ikke med i språket.",
    _T.LIKE: "Bruk STARTS_WITH(opplysning, 'begynnelse').",
    _T.IDENTIFIER: "Skriv tekst i enkle anførselstegn: 'tekst'.",
}

_NUMBER = re.compile(r"\d{1,18}(\.\d{1,8})?")
_DIALECT = Dialect.get_or_raise("")


def parse(text: str) -> exp.Expression:
    """The syntax tree of one expression.

    Raises RuleError for anything that is not one harmless expression: too long, too deep, comments,
    subqueries, functions outside the list, or text that cannot be read.
    """
    if not text.strip():
        raise RuleError(Problem("empty", "Uttrykket er tomt.", expected="et uttrykk"))
    if len(text) > LONGEST_EXPRESSION:
        raise _refuse("too_long", f"Uttrykket er lengre enn {LONGEST_EXPRESSION} tegn. Del det opp.")
    tokens = _tokenise(text)
    _fence(text, tokens)
    return _build(text, tokens)


def _refuse(
    code: str,
    message: str,
    token: Token | None = None,
    suggestion: str | None = None,
    expected: str | None = None,
) -> RuleError:
    start, end = (token.start, token.end + 1) if token else (None, None)
    found = token.text[:40] if token else None
    return RuleError(
        Problem(code, message, start=start, end=end, found=found, suggestion=suggestion, expected=expected)
    )


def _tokenise(text: str) -> list[Token]:
    if "\x00" in text:
        raise _refuse("unreadable", "Uttrykket har et tegn som ikke kan leses.")
    try:
        tokens = _DIALECT.tokenize(text)
    except SqlglotError as error:
        raise _refuse("unreadable", "Uttrykket kan ikke leses. Mangler det et anførselstegn?") from error
    if not tokens:
        raise _refuse("comment", "Kommentarer kan ikke stå i et uttrykk.")
    return tokens


def _fence(text: str, tokens: list[Token]) -> None:
    if len(tokens) > MOST_TOKENS:
        raise _refuse("too_long", f"Uttrykket har mer enn {MOST_TOKENS} ledd. Del det opp.")
    _check_nesting(tokens)
    following = [*tokens[1:], None]
    for token, after in zip(tokens, following, strict=True):
        _check_token(token, after)


def _check_nesting(tokens: list[Token]) -> None:
    depth = signs = 0
    for token in tokens:
        opens = token.token_type in (_T.L_PAREN, _T.CASE)
        depth += opens - (token.token_type in (_T.R_PAREN, _T.END))
        signs = signs + 1 if token.token_type in _PREFIXES else 0
        if depth > DEEPEST_BRACKETS or signs > MOST_CHAINED_SIGNS:
            raise _refuse("too_deep", "Uttrykket har for mange nivåer av parenteser eller fortegn.", token)


def _check_token(token: Token, after: Token | None) -> None:
    if token.comments:
        raise _refuse("comment", "Kommentarer kan ikke stå i et uttrykk.", token)
    if after is not None and after.token_type is _T.L_PAREN and _is_word(token):
        _check_function(token)
    elif token.token_type not in _ALLOWED:
        hint = _HINTS.get(token.token_type, "Dette er ikke med i språket.")
        raise _refuse("not_allowed", f"«{token.text[:40]}» kan ikke brukes her. {hint}", token)
    if token.token_type is _T.NUMBER:
        _check_number(token)
    if token.token_type is _T.STRING and len(token.text) > LONGEST_TEXT:
        raise _refuse("too_long", f"En tekst kan ha høyst {LONGEST_TEXT} tegn.", token)


def _is_word(token: Token) -> bool:
    return token.token_type not in _WORDS and token.text.replace("_", "a").isalpha()


def _check_function(token: Token) -> None:
    name = token.text.upper()
    if name not in FUNCTIONS:
        raise _refuse(
            "unknown_function",
            f"Funksjonen {token.text[:40]} finnes ikke.",
            token,
            closest(name, FUNCTIONS),
            "en av " + ", ".join(sorted(FUNCTIONS)),
        )


def _check_number(token: Token) -> None:
    if not _NUMBER.fullmatch(token.text):
        message = f"«{token.text[:40]}» er ikke et tall vi kan regne nøyaktig med."
        raise _refuse(
            "number", message, token, expected="høyst 18 siffer og 8 desimaler, med punktum, uten eksponent"
        )


def _build(text: str, tokens: list[Token]) -> exp.Expression:
    try:
        trees = _DIALECT.parser().parse(tokens, text)
    except RecursionError as error:
        raise _refuse("too_deep", "Uttrykket har for mange nivåer.") from error
    except SqlglotError as error:
        raise _unreadable(error, text) from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Expression):
        raise _refuse("unreadable", "Skriv ett uttrykk.")
    return trees[0]


def _unreadable(error: SqlglotError, text: str) -> RuleError:
    details = getattr(error, "errors", None) or [{}]
    start = len(str(details[0].get("start_context") or "")) if details[0].get("highlight") else None
    start = start if start is not None and start < len(text) else None
    found = str(details[0].get("highlight") or "")[:40] or None
    at = f" ved «{found}»" if found else ""
    return RuleError(
        Problem(
            "unreadable",
            f"Uttrykket kan ikke leses{at}. Mangler det et ledd eller en parentes?",
            start=start,
            end=None if start is None else start + len(found or ""),
            found=found,
        )
    )
