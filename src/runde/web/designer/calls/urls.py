"""Addresses for those who invite companies to apply."""

from django.urls import path

from .views import (
    extending,
    files,
    inviting,
    listing,
    making,
    money,
    moving,
    previewing,
    publishing,
    withdrawing,
)

ROOT = "<slug:tenant>/ordninger/utlysninger/"
CALL = f"{ROOT}<uuid:call>/"

urlpatterns = [
    path(ROOT, listing.index, name="staff_calls"),
    path(f"{ROOT}ny/", making.new, name="new_call"),
    path(CALL, listing.show, name="staff_call"),
    path(f"{CALL}endre/", making.change, name="change_call"),
    path(f"{CALL}kontakt/", making.contact, name="staff_call_contact"),
    path(f"{CALL}penger/", money.show, name="staff_call_money"),
    path(f"{CALL}penger/bruk/", money.attach, name="attach_funding"),
    path(f"{CALL}penger/ta-bort/", money.detach, name="detach_funding"),
    path(f"{CALL}filer/", files.show, name="staff_call_files"),
    path(f"{CALL}filer/<uuid:version>/", files.fetch, name="staff_call_file"),
    path(f"{CALL}forhandsvis/", previewing.show, name="preview_call"),
    path(f"{CALL}publiser/", publishing.publish, name="publish_call"),
    path(f"{CALL}utsett/", extending.extend, name="extend_call"),
    path(f"{CALL}trekk/", withdrawing.withdraw, name="withdraw_call"),
    path(f"{CALL}flytt/", moving.choose, name="move_call"),
    path(f"{CALL}flytt/<uuid:version>/", moving.move, name="move_call_to"),
    path(f"{CALL}inviter/", inviting.invite, name="invite_to_call"),
]
