"""The door to documents: sealed files with versions, what people hand in, and who has read what."""

from .judging import FileRefused
from .models import Document, Version
from .operations import Sealing, open_version, receive_upload, seal_document, seal_documents
from .queries import find_document, get_version, list_documents, standing_keys
from .store import FileDamaged, FileLost, read_version

__all__ = [
    "Document",
    "FileDamaged",
    "FileLost",
    "FileRefused",
    "Sealing",
    "Version",
    "find_document",
    "get_version",
    "list_documents",
    "open_version",
    "read_version",
    "receive_upload",
    "seal_document",
    "seal_documents",
    "standing_keys",
]
