"""Addresses for those who design schemes, and for those who read what they design."""

from django.urls import include, path

from .views import (
    assumptions,
    changing,
    criteria,
    drafts,
    publishing,
    questions,
    rounds,
    rows,
    scenarios,
    schemes,
    starting,
    versions,
)

ROOT = "<slug:tenant>/ordninger/"
DRAFT = f"{ROOT}kladd/<uuid:draft>/"
VERSION = f"{ROOT}versjon/<uuid:version>/"

urlpatterns = [
    path(ROOT, schemes.index, name="schemes"),
    path(f"{ROOT}ny/", starting.new, name="new_scheme"),
    path(f"{ROOT}hylla/<uuid:shared>/", schemes.shared, name="shared_scheme"),
    path(f"{ROOT}hylla/<uuid:shared>/kopier/", schemes.copy, name="copy_scheme"),
    path(DRAFT, drafts.show, name="draft"),
    path(f"{DRAFT}penger/", drafts.money, name="draft_money"),
    path(f"{DRAFT}tekster/", drafts.texts, name="draft_texts"),
    path(f"{DRAFT}skjema/", drafts.questions, name="draft_form"),
    path(f"{DRAFT}historikk/", drafts.history, name="draft_history"),
    path(f"{DRAFT}fil/", drafts.as_file, name="draft_file"),
    path(f"{DRAFT}forkast/", drafts.discard, name="discard_draft"),
    path(f"{DRAFT}endre/", changing.change, name="change_draft"),
    path(f"{DRAFT}angre/", changing.undo, name="undo_draft"),
    path(f"{DRAFT}gjor-om-igjen/", changing.redo, name="redo_draft"),
    path(f"{DRAFT}krav/ny/", criteria.new, name="new_criterion"),
    path(f"{DRAFT}belop/ny/", rows.new, name="new_row"),
    path(f"{DRAFT}sporsmal/ny/", questions.new, name="new_question"),
    path(f"{DRAFT}antakelse/<slug:name>/", assumptions.edit, name="assumption"),
    path(f"{DRAFT}publiser/", publishing.publish, name="publish_draft"),
    path(VERSION, versions.show, name="scheme_version"),
    path(f"{VERSION}fil/", versions.as_file, name="version_file"),
    path(f"{VERSION}forskjeller/", versions.differences, name="version_differences"),
    path(f"{VERSION}ny-kladd/", versions.new_draft, name="draft_from_version"),
    path(f"{VERSION}del/", versions.share, name="share_version"),
    path(f"{VERSION}ta-ned/", versions.take_down, name="unshare_version"),
    path(f"{VERSION}eksempler/", scenarios.run, name="version_scenarios"),
    path(f"{VERSION}eksempler/mal.csv", scenarios.template, name="scenario_template"),
    path(f"{VERSION}runde/<uuid:call>/", rounds.replayed, name="replay_call"),
    path(f"{VERSION}runde/<uuid:call>/flytt/", rounds.move, name="move_cases"),
    path("", include("runde.web.designer.asking.urls")),
    path("", include("runde.web.designer.figures.urls")),
    path("", include("runde.web.designer.calls.urls")),
]
