"""The door to documents: sealed files with versions, what people hand in, and who has read what."""

from . import tasks  # noqa: F401 - registers what the worker does
from .models import Attachment, Document, Upload, Version
from .operations.open_attachment import open_attachment, open_preview, refuse_unserved
from .operations.open_version import open_version
from .operations.receive_attachment import receive_attachment
from .operations.receive_upload import receive_upload
from .operations.remove_attachment import remove_all_attachments, remove_attachment
from .operations.resumable import add_chunk, cancel_upload, finish_upload, start_upload, sweep_uploads
from .operations.scan_attachment import scan_attachment
from .operations.seal_attachments import seal_attachments
from .operations.seal_documents import Sealing, seal_document, seal_documents
from .parsing.found import Reason
from .queries import (
    find_document,
    get_attachment,
    get_upload,
    get_version,
    list_attachments,
    list_documents,
    list_uploads,
    standing_keys,
)
from .refusals import FileRefused, NotServed, OutOfStep, sentence_of
from .scanning import Scanned, Scanner, ScannerSilent, has_scanner
from .signals import attachment_infected
from .store import FileDamaged, FileLost, read_version

__all__ = [
    "Attachment",
    "Document",
    "FileDamaged",
    "FileLost",
    "FileRefused",
    "NotServed",
    "OutOfStep",
    "Reason",
    "Scanned",
    "Scanner",
    "ScannerSilent",
    "Sealing",
    "Upload",
    "Version",
    "add_chunk",
    "attachment_infected",
    "cancel_upload",
    "find_document",
    "finish_upload",
    "get_attachment",
    "get_upload",
    "get_version",
    "has_scanner",
    "list_attachments",
    "list_documents",
    "list_uploads",
    "open_attachment",
    "open_preview",
    "open_version",
    "read_version",
    "receive_attachment",
    "receive_upload",
    "refuse_unserved",
    "remove_all_attachments",
    "remove_attachment",
    "scan_attachment",
    "seal_attachments",
    "seal_document",
    "seal_documents",
    "sentence_of",
    "standing_keys",
    "start_upload",
    "sweep_uploads",
]
