"""The door to uploads for the other rooms of the web.

A page with other answers on it (enctype="multipart/form-data") takes the files itself, and loses nothing typed:

    save the answers, then  stays = take_posted_files(request, "application", application.id)
    show the question with  file_field(request, "application", application.id, question.slug, label=…)
    the answers are         file_answers("application", application.id)  ->  {slug: [ids]}

A list to read only: `file_list(request, kind, subject_id, question)` as `upload` for "uploads/_files.html".
"""

from .listing import FileLine, FileList, FileQuestion, file_answers, file_field, file_list
from .receiving import take_posted_files
from .subjects import EVERY_KIND, KINDS, Room, Subject, register_subject

__all__ = [
    "EVERY_KIND",
    "KINDS",
    "FileLine",
    "FileList",
    "FileQuestion",
    "Room",
    "Subject",
    "file_answers",
    "file_field",
    "file_list",
    "register_subject",
    "take_posted_files",
]
