"""Open a register file: packed with gzip or not, whole or broken off, and tell how far we have read."""

from __future__ import annotations

import hashlib
import io
import zlib
from pathlib import Path

from .refusals import NoSuchFile, NotARegister, NotCompressed

CHUNK = 256 * 1024
_GZIP, _ZIP, _XLS = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class RegisterFile(io.RawIOBase):
    """The file's content, unpacked as it is read.

    A packed file that breaks off or is damaged ends there: what was read so far is given out, and `broken`
    says where it stopped.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.broken = ""
        self._file = _open(path)
        self.size = path.stat().st_size
        self._unpacker = self._begin()
        self._pending = b""

    @property
    def read_so_far(self) -> int:
        """Bytes of the file as it lies on disk."""
        return 0 if self._file.closed else self._file.tell()

    def break_off(self, sentence: str) -> None:
        """Note that the content ends too early, unless the packing has told so already."""
        self.broken = self.broken or sentence

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self._next_piece(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _begin(self) -> zlib._Decompress | None:
        start = self._file.read(4)
        self._file.seek(0)
        _refuse_foreign(start, self.path)
        return zlib.decompressobj(wbits=31) if start.startswith(_GZIP) else None

    def _next_piece(self, size: int) -> bytes:
        if self._unpacker is None:
            return self._file.read(size)
        while not self.broken:
            packed = self._pending or self._file.read(CHUNK)
            if not packed:
                self._note_early_end()
                return b""
            piece = self._unpack(packed, size)
            if piece:
                return piece
        return b""

    def _unpack(self, packed: bytes, size: int) -> bytes:
        assert self._unpacker is not None  # noqa: S101 - only called for packed files
        if self._unpacker.eof:
            packed = packed.lstrip(b"\0")  # some tools fill the file up with nothing
            if not packed:
                self._pending = b""
                return b""
            self._unpacker = zlib.decompressobj(wbits=31)
        try:
            piece = self._unpacker.decompress(packed, size)
        except zlib.error:
            self.broken = (
                f"Den pakkede filen er skadet etter byte {self._file.tell() - len(packed)} av {self.size}."
            )
            return b""
        self._pending = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
        return piece

    def _note_early_end(self) -> None:
        if self._unpacker is not None and not self._unpacker.eof:
            self.broken = f"Den pakkede filen slutter før den er ferdig, ved byte {self.size}."


def file_digest(path: Path) -> str:
    """SHA-256 of the file as it lies, in hexadecimal."""
    with _open(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _open(path: Path) -> io.BufferedReader:
    try:
        return open(path, "rb")
    except FileNotFoundError:
        raise NoSuchFile(f"Fant ikke filen {path}. Sjekk navnet og mappen.") from None
    except IsADirectoryError:
        raise NoSuchFile(f"{path} er en mappe. Oppgi en fil.") from None
    except PermissionError:
        raise NoSuchFile(f"Får ikke lese {path}. Gi brukeren lesetilgang til filen.") from None


def _refuse_foreign(start: bytes, path: Path) -> None:
    if path.name.endswith(".gz") and not start.startswith(_GZIP):
        raise NotCompressed(
            f"{path.name} heter .gz, men er ikke pakket med gzip. Last den ned på nytt, "
            "eller gi den navnet .csv eller .json om den er pakket ut."
        )
    if start.startswith((_ZIP, _XLS)):
        raise NotARegister(
            f"{path.name} er et regneark eller en zip-fil. Lagre den som CSV (UTF-8), eller pakk den ut."
        )
    if start.startswith(_UTF16):
        raise NotARegister(f"{path.name} er skrevet med tegnkodingen UTF-16. Lagre den på nytt som UTF-8.")
