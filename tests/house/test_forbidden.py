"""What is never written here, and the few places where it is, each with its reason.

A new hit fails with its place. Mend it; where it truly must stand, add a line to ALLOWED that says why. A line that is
no longer needed fails too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import runde

SOURCE = Path(runde.__file__).parent
MONEY_ROOMS = (
    "engine/rules", "engine/bank", "engine/reference", "engine/dividing", "engine/allocation",
    "foundation/ledger", "foundation/forms",
    "grants/schemes", "grants/applications", "grants/casework", "grants/payments",
)  # fmt: skip
ALLOWED: dict[tuple[str, str], str] = {
    ("engine/rules/errors.py", "makes a float of money"): "how alike two words are before one is suggested",
    (
        "engine/allocation/solver.py",
        "makes a float of money",
    ): "the solver counts so; what it answers is controlled",
    ("web/components/tags/figures.py", "marks text as safe"): "a drawing whose every text its sheet escapes",
    (
        "web/public/structured.py",
        "marks text as safe",
    ): "data whose every sign that could end the block is escaped",
    (
        "web/public/views/subscribing.py",
        "lifts the forgery guard",
    ): "a mail program posts the way out: its secret is the right",
}
"""(file, what) and why. Kept short."""

READS_THE_CLOCK = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("time", "time"),
}  # fmt: skip
NAIVE = {("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("datetime", "utcfromtimestamp")}
WITH_AN_ARGUMENT_IT_CONVERTS = {"localdate", "localtime"}


@dataclass(frozen=True, slots=True)
class Rule:
    """`finds` tells whether a node breaks it; `holds_in` are the folders, all of them when empty."""

    what: str
    instead: str
    finds: Callable[[ast.AST], bool]
    holds_in: tuple[str, ...] = ()


def catches_everything(node: ast.AST) -> bool:
    """Cleaning up and letting the exception go on is not to catch it."""
    if not isinstance(node, ast.ExceptHandler) or _goes_on(node):
        return False
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(one is None or _last_name(one) in {"Exception", "BaseException"} for one in caught)


def _goes_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def marks_as_safe(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return any(alias.name in {"mark_safe", "SafeText"} for alias in node.names)
    return isinstance(node, ast.Call) and _last_name(node.func) in {"mark_safe", "SafeString"}


def lifts_the_forgery_guard(node: ast.AST) -> bool:
    return _last_name(node) in {"csrf_exempt", "requires_csrf_token"} or _imports(
        node, "csrf_exempt", "requires_csrf_token"
    )


def uses_a_shell(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg == "shell" and not (
            isinstance(node.value, ast.Constant) and node.value.value is False
        )
    return isinstance(node, ast.Call) and _dotted(node.func) in {("os", "system"), ("os", "popen")}


def unpacks_objects(node: ast.AST) -> bool:
    return _imports(node, "pickle", "marshal", "shelve", "dill", "cPickle")


def runs_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}


def makes_a_float(node: ast.AST) -> bool:
    """A float is made by name or written as one; seconds to wait are written whole."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    return isinstance(node, ast.Call) and _last_name(node.func) in {"float", "FloatField"}


def reads_the_clock(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or _dotted(node.func) not in READS_THE_CLOCK:
        return False
    return not (_last_name(node.func) in WITH_AN_ARGUMENT_IT_CONVERTS and (node.args or node.keywords))


def reads_a_clock_without_a_zone(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = _dotted(node.func)
    return called in NAIVE or (called == ("datetime", "now") and not node.args and not node.keywords)


def _imports(node: ast.AST, *names: str) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] in names for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in names or any(alias.name in names for alias in node.names)
    return False


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _dotted(node: ast.AST) -> tuple[str, str]:
    """The last two names of `a.b.c`: ("b", "c")."""
    return (_last_name(node.value), node.attr) if isinstance(node, ast.Attribute) else ("", _last_name(node))


RULES = (
    Rule(
        "catches everything",
        "catch the exception you know, and let the rest break the build",
        catches_everything,
        holds_in=("foundation", "grants", "engine"),
    ),
    Rule("marks text as safe", "use format_html, which escapes what it is given", marks_as_safe),
    Rule("lifts the forgery guard", "let every form carry its token", lifts_the_forgery_guard),
    Rule("uses a shell", "give the program and its arguments as a list", uses_a_shell),
    Rule("unpacks objects", "keep data as JSON", unpacks_objects),
    Rule("runs text", "write a function", runs_text),
    Rule("makes a float of money", "use Decimal, made from text", makes_a_float, holds_in=MONEY_ROOMS),
    Rule(
        "reads the clock",
        "take the time as `at` or `on` from the one who calls",
        reads_the_clock,
        holds_in=("foundation", "grants", "engine"),
    ),
    Rule("reads a clock without a zone", "use datetime.now(UTC)", reads_a_clock_without_a_zone),
)


def broken_rules(path: Path) -> Iterator[tuple[str, int, Rule]]:
    """(file, line, rule) for each breach in one file."""
    file = path.relative_to(SOURCE).as_posix()
    rules = [rule for rule in RULES if _holds_in(rule, file)]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for rule in rules:
            if rule.finds(node):
                yield file, getattr(node, "lineno", 0), rule


def _holds_in(rule: Rule, file: str) -> bool:
    """Jobs are entrances, like the web and the command line: every `tasks.py` reads the clock."""
    if rule.what == "reads the clock" and file.endswith("/tasks.py"):
        return False
    return not rule.holds_in or any(file.startswith(f"{folder}/") for folder in rule.holds_in)


def test_nothing_forbidden_is_written_outside_the_list() -> None:
    found = [breach for path in sorted(SOURCE.rglob("*.py")) for breach in broken_rules(path)]
    assert [
        f"{file}:{line} {rule.what}: {rule.instead}"
        for file, line, rule in found
        if (file, rule.what) not in ALLOWED
    ] == []
    used = {(file, rule.what) for file, _, rule in found}
    assert sorted(set(ALLOWED) - used) == [], "These are mended: take them off the list."


def test_no_template_lets_text_through_unescaped() -> None:
    wanted = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off|\{%\s*csrf_exempt")
    files = sorted(SOURCE.rglob("*.html"))
    assert len(files) > 60
    assert [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if wanted.search(line)
    ] == []


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("catches everything", "try:\n    pass\nexcept Exception:\n    pass"),
        ("catches everything", "try:\n    pass\nexcept (ValueError, BaseException):\n    pass"),
        ("catches everything", "try:\n    pass\nexcept:\n    pass"),
        ("marks text as safe", "from django.utils.safestring import mark_safe"),
        ("marks text as safe", "x = safestring.mark_safe(text)"),
        ("lifts the forgery guard", "@csrf_exempt\ndef view(): ..."),
        ("uses a shell", "subprocess.run(line, shell=True)"),
        ("uses a shell", "os.system('ls')"),
        ("unpacks objects", "import pickle"),
        ("runs text", "eval(text)"),
        ("makes a float of money", "amount = float(text)"),
        ("makes a float of money", "rate = 0.3"),
        ("reads the clock", "at = timezone.now()"),
        ("reads the clock", "day = timezone.localdate()"),
        ("reads the clock", "at = datetime.datetime.now(UTC)"),
        ("reads a clock without a zone", "datetime.now()"),
        ("reads a clock without a zone", "date.today()"),
    ],
)
def test_each_rule_can_find_its_breach(what: str, code: str) -> None:
    rule = next(rule for rule in RULES if rule.what == what)
    assert any(rule.finds(node) for node in ast.walk(ast.parse(code)))


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("catches everything", "try:\n    pass\nexcept ValueError:\n    pass"),
        ("catches everything", "try:\n    pass\nexcept BaseException:\n    tidy()\n    raise"),
        ("uses a shell", "subprocess.run(['ls'], shell=False)"),
        ("makes a float of money", "amount = Decimal('0.30') * 3"),
        ("reads the clock", "day = timezone.localdate(at)"),
        ("reads a clock without a zone", "datetime.now(UTC)"),
    ],
)
def test_each_rule_lets_the_right_way_pass(what: str, code: str) -> None:
    rule = next(rule for rule in RULES if rule.what == what)
    assert not any(rule.finds(node) for node in ast.walk(ast.parse(code)))
