"""No page uses words that readers stumble on. The list is the left column of our word list for plain Norwegian."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import runde

WEB = Path(runde.__file__).parent / "web"

NOWHERE = (
    r"omsøkt\w*", r"innvilges herved", r"søknaden avslås", r"i henhold til", r"iht\.", r"jf\.", r"vedrørende",
    r"hva angår", r"herværende", r"nærværende", r"fremkomme\w*", r"forefinnes", r"foreta(?:r|s)? en vurdering",
    r"anmod\w*", r"på nåværende tidspunkt", r"såfremt", r"innen rimelig tid", r"ettersend\w*", r"påklage\w*",
    r"partsinnsyn", r"bekreftes", r"ufullstendig søknad", r"grunnet", r"på grunn av at", r"avhold\w*",
    r"omgjør\w* vedtak\w*", r"iverksett\w*", r"utsatt iverksetting", r"skjønnsmessig\w*", r"effektuer\w*",
    r"begrunnelse foreligger ikke", r"resterende", r"finner å kunne", r"vedkommende", r"ikke ubetydelig\w*",
    r"ugyldig\w*", r"vennligst", r"obligatorisk\w*", r"påkrevet", r"ops|oops", r"les mer", r"klikk her", r"klikk\w*",
)  # fmt: skip
# Terms an officer knows, which an applicant should not have to.
NOT_FOR_APPLICANTS = (
    r"tilsagn\w*", r"tilskuddsmottaker\w*", r"innstilling(?:en)?", r"foretaksgruppe\w*", r"opplysningsplikt\w*",
    r"tilbakekreving\w*", r"bevilgning\w*", r"øremerk\w*", r"inhabil\w*", r"habil", r"bedrift(?:en|er|ene)?",
    r"selskap(?:et|er|ene)?", r"foretak(?:et|ene)?", r"(?<!«)bagatellmessig støtte",
)  # fmt: skip
PUBLIC_ROOMS = {"public", "applicant", "layouts"}
HIDDEN = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)


def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """What a file may show, with line numbers: a template whole, of a module its strings but not its docstrings."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        shown = HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), source)
        yield from enumerate(shown.splitlines(), start=1)
        return
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def found_in(path: Path) -> list[str]:
    words = NOWHERE + (NOT_FOR_APPLICANTS if PUBLIC_ROOMS & set(path.relative_to(WEB).parts) else ())
    wanted = pattern(words)
    return [
        f"{path.relative_to(WEB)}:{line}: {match.group()}"
        for line, text in texts_of(path)
        for match in wanted.finditer(text)
    ]


def test_no_page_uses_words_that_readers_stumble_on() -> None:
    files = sorted(path for ending in ("*.html", "*.py") for path in WEB.rglob(ending))
    assert len(files) > 60
    assert [line for path in files for line in found_in(path)] == []


@pytest.mark.parametrize(
    "text", ["Omsøkt beløp", "Vennligst fyll ut", "Ugyldig verdi", "i henhold til loven", "Les mer"]
)
def test_the_check_can_fail(text: str) -> None:
    assert pattern(NOWHERE).search(text)


@pytest.mark.parametrize("text", ["Tilsagn på 1 000", "Din bedrift", "regler om bagatellmessig støtte"])
def test_the_check_for_applicants_can_fail(text: str) -> None:
    assert pattern(NOT_FOR_APPLICANTS).search(text)


@pytest.mark.parametrize(
    "text", ["Innstillinger", "Selskapslokaler AS", "Støtten heter «bagatellmessig støtte»"]
)
def test_ordinary_words_pass(text: str) -> None:
    assert not pattern(NOT_FOR_APPLICANTS).search(text)


def test_no_button_says_ok_and_no_question_is_marked_with_an_asterisk() -> None:
    bad = re.compile(r'button "(?:OK|Ok|Ja|Submit)"|>\s*OK\s*<|<span[^>]*>\*</span>')
    found = [
        str(path.relative_to(WEB))
        for path in WEB.rglob("*.html")
        if bad.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
