"""Addresses for what the applicant does after sending."""

from django.urls import path

from runde.web.uploads.api import register_subject

from . import (
    accepting,
    account,
    again,
    appeal_followed,
    appealing,
    linked,  # noqa: F401 - registers what links open
    reading,
    reporting,
    talking,
)
from .attaching import AppealFiles, MessageFiles

register_subject("message", MessageFiles())
register_subject("appeal", AppealFiles())

CASE = "<slug:tenant>/soknader/<uuid:application>/"

urlpatterns = [
    path(f"{CASE}meldinger/", talking.messages, name="messages"),
    path(f"{CASE}sporsmal/<uuid:asked>/", talking.answer, name="answer_request"),
    path(f"{CASE}vedtak/<uuid:decision>/", reading.read, name="read_decision"),
    path(f"{CASE}godta/<uuid:decision>/", accepting.accept, name="accept_award"),
    path(f"{CASE}takk-nei/<uuid:decision>/", accepting.decline, name="decline_award"),
    path(f"{CASE}rapport/", reporting.report, name="report"),
    path(f"{CASE}for-utbetaling/", reporting.before_payment, name="before_payment"),
    path(f"{CASE}konto/", account.change, name="change_account"),
    path(f"{CASE}klage/", appealing.appeal, name="appeal"),
    path(f"{CASE}klage/<uuid:appeal>/", appeal_followed.show, name="appeal_followed"),
    path(f"{CASE}klage/<uuid:appeal>/<slug:step>/", appeal_followed.act, name="appeal_step"),
    path(f"{CASE}begrunnelse/<uuid:decision>/", appeal_followed.reasons, name="demand_reasons"),
    path(f"{CASE}uttalelse/<uuid:reversal>/", appeal_followed.comment, name="comment_reversal"),
    path(f"{CASE}igjen/", again.use_again, name="use_again"),
]
