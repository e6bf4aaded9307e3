"""Addresses for those who write the letters, and for those who read and approve them."""

from django.urls import path

from .views import approving, bank, making, one_letter, previews, report, templates, writing

ROOT = "<slug:tenant>/brev/"
VERSION = f"{ROOT}mal/<uuid:version>/"

urlpatterns = [
    path(ROOT, templates.index, name="letters"),
    path(f"{ROOT}ny/", templates.start, name="start_letter"),
    path(f"{ROOT}endringer/", report.show, name="letter_changes"),
    path(f"{ROOT}endringer.csv", report.as_csv, name="letter_changes_csv"),
    path(f"{ROOT}tekstbank/", bank.index, name="letter_bank"),
    path(f"{ROOT}tekstbank/<uuid:text>/", bank.edit, name="letter_bank_text"),
    path(f"{ROOT}tekstbank/<uuid:text>/ta-ut/", bank.retire, name="retire_bank_text"),
    path(VERSION, templates.show, name="letter_template"),
    path(f"{VERSION}tekst/", writing.text, name="write_letter_text"),
    path(f"{VERSION}avsnitt/", writing.paragraph, name="write_letter_paragraph"),
    path(f"{VERSION}historikk/", templates.history, name="letter_history"),
    path(f"{VERSION}side-<int:page>.png", previews.picture, name="letter_picture"),
    path(f"{VERSION}brev.pdf", previews.as_pdf, name="letter_pdf"),
    path(f"{VERSION}til-godkjenning/", approving.ask, name="ask_letter_approval"),
    path(f"{VERSION}godkjenn/", approving.approve, name="approve_letter"),
    path(f"{VERSION}send-tilbake/", approving.send_back, name="return_letter"),
    path(f"{VERSION}ta-i-bruk/", approving.use, name="use_letter"),
    path(f"{VERSION}standard/", approving.standard, name="standard_letter"),
    path(f"{VERSION}forkast/", approving.discard, name="discard_letter"),
    path(f"{VERSION}ny-versjon/", templates.new_version, name="new_letter_version"),
    path("<slug:tenant>/saker/<uuid:case>/brev/endre/", one_letter.show, name="edit_letter"),
    path("<slug:tenant>/saker/<uuid:case>/brev/avsnitt/", one_letter.change, name="change_letter"),
    path(
        "<slug:tenant>/saker/<uuid:case>/brev/side-<int:page>.png",
        one_letter.picture,
        name="case_letter_picture",
    ),
    path("<slug:tenant>/saker/<uuid:case>/brev/offentlig.pdf", one_letter.public, name="public_letter"),
    path("<slug:tenant>/forslag/<uuid:proposal>/brev/", making.show, name="letters_made"),
]
