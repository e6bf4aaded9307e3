"""Addresses of the form builder."""

from django.urls import path

from .views import bank, checks, conditions, preview, questions, rules, sections

FORM = "<slug:tenant>/ordninger/kladd/<uuid:draft>/skjema/"
QUESTION = f"{FORM}sporsmal/<slug:question>/"
SECTION = f"{FORM}del/<slug:section>/"
CONDITION = f"{FORM}vilkar/<slug:kind>/<slug:slug>/"

urlpatterns = [
    path(f"{FORM}prov/", preview.show, name="form_preview"),
    path(f"{FORM}flytt/", questions.move, name="form_move"),
    path(f"{FORM}banken/", bank.choose, name="form_bank"),
    path(f"{FORM}banken/ta-ut/", bank.retire, name="form_bank_retire"),
    path(f"{FORM}ny-del/", sections.new, name="form_new_section"),
    path(SECTION, sections.change, name="form_section"),
    path(f"{SECTION}slett/", sections.remove, name="form_remove_section"),
    path(f"{SECTION}sporsmal/", questions.new, name="form_new"),
    path(QUESTION, questions.change, name="form_question"),
    path(f"{QUESTION}slett/", questions.remove, name="form_remove"),
    path(f"{QUESTION}banken/", bank.put, name="form_to_bank"),
    path(f"{QUESTION}reglene/", rules.use, name="form_rules"),
    path(f"{QUESTION}kontroll/", checks.new, name="form_new_check"),
    path(f"{QUESTION}kontroll/<slug:check>/", checks.change, name="form_check"),
    path(CONDITION, conditions.show, name="form_condition"),
    path(f"{CONDITION}ny/", conditions.add_part, name="form_condition_part"),
]
