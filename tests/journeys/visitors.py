"""A person at a browser: pages, axe, pictures, and everything the console said."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    sync_playwright,
)

DESKTOP = (1280, 800)
PHONE = (360, 740)
PASSWORD = "riktig hest batteri stift"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# An answer of 4xx with a page is how the site refuses; the browser mentions it in the console all the same.
REFUSALS = (
    "status of 403",
    "status of 404",
    "status of 409",
    "status of 410",
    "status of 422",
    "status of 429",
)


class VisitorFactory(Protocol):
    def __call__(self, size: tuple[int, int], *, script: bool = True, dark: bool = False) -> Visitor: ...


@contextmanager
def start_browser() -> Iterator[Browser]:
    program = os.environ.get("RUNDE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("Chromium mangler. Installer den med `apt install chromium`, eller sett RUNDE_CHROMIUM.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@dataclass
class Visitor:
    """`page` is Playwright's own page; the rest is what every journey needs."""

    context: BrowserContext
    page: Page
    site: str
    folder: Path
    width: int
    script: bool
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def open(
        cls, browser: Browser, site: str, size: tuple[int, int], *, script: bool, dark: bool, folder: Path
    ) -> Visitor:
        context = browser.new_context(
            base_url=site,
            viewport={"width": size[0], "height": size[1]},
            locale="nb-NO",
            timezone_id="Europe/Oslo",
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        made = cls(context, context.new_page(), site, folder, size[0], script)
        made.page.on("console", made._heard)
        made.page.on("pageerror", lambda error: made.complaints.append(f"{made.page.url}: {error}"))
        made.page.on("response", made._answered)
        return made

    def go(self, path: str) -> None:
        self.page.goto(path)

    def sign_in(self, email: str, *, at: str = "/konto/login/") -> None:
        """Through the real page; the password is the same for everybody in tests."""
        if "/konto/login/" not in self.page.url:
            self.go(at)
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("main button[type=submit]").first.click()
        self.page.wait_for_load_state()

    def sign_out(self) -> None:
        self.page.locator(".rd-account button[type=submit]").click()

    def press(self, name: str) -> None:
        """Press the button or link of exactly this name."""
        wanted = self.page.get_by_role("button", name=name, exact=True)
        if wanted.count() == 0:
            wanted = self.page.get_by_role("link", name=name, exact=True)
        wanted.first.click()
        self.page.wait_for_load_state()

    def heading(self) -> str:
        return self.page.locator("h1").inner_text().replace("\u00a0", " ")

    def text(self) -> str:
        return self.page.locator("main").inner_text().replace("\u00a0", " ")

    def look(self, name: str, *, whole: bool = True) -> None:
        """Keep a picture in test-results/<journey>/, and check the page: axe, no sideways scroll."""
        self.folder.mkdir(parents=True, exist_ok=True)
        ending = "" if self.script else "-noscript"
        self._picture(self.folder / f"{name}-{self.width}{ending}.png", whole=whole)
        if self.script:
            self.check()

    def _picture(self, path: Path, *, whole: bool) -> None:
        """Chromium cannot always draw a long page on a busy machine: then the window must do for the eyes."""
        try:
            self.page.screenshot(path=path, full_page=whole)
        except Error as missed:
            if "Unable to capture screenshot" not in missed.message:
                raise
            self.page.screenshot(path=path)

    def check(self) -> None:
        wider = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, f"{self.page.url} scrolls {wider} px sideways at {self.width} px"
        found = Axe().run(self.page, options=AXE_OPTIONS)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"

    def close(self) -> None:
        self.context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(word in message.text for word in REFUSALS):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.request.method} {response.url}")
