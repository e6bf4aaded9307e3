"""Write fictitious units to a file of the register's form."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from runde.foundation.companies.domain.bulk_columns import BULK_COLUMNS

from .make_units import SynthesisOrder, make_units

BLOCK_ROWS = 2_000
QUICK = 1  # gzip's quickest level: the file is twice the smallest size and made in a fifth of the time


def write_register(
    order: SynthesisOrder, path: Path, *, progress: Callable[[int, int], None] | None = None
) -> int:
    """Write the ordered units as the bulk CSV, packed when the name ends in .gz. Gives the number written.

    The file appears under its name only when it is whole. The same order gives the same bytes. `progress` is
    told rows made and rows in all.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    made = 0
    try:
        with _opened(unfinished, packed=path.name.endswith(".gz")) as file:
            file.write(_line(list(BULK_COLUMNS)).encode())
            for block in _blocks(order):
                file.write("".join(block).encode())
                made += len(block)
                if progress:
                    progress(made, order.count)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return made


def _blocks(order: SynthesisOrder) -> Iterator[list[str]]:
    block: list[str] = []
    for row in make_units(order):
        block.append(_line(row))
        if len(block) == BLOCK_ROWS:
            yield block
            block = []
    yield block


def _line(row: list[str]) -> str:
    """Every value quoted, as the register does it; made-up values hold no quotation marks."""
    return '"' + '","'.join(row) + '"\n'


@contextmanager
def _opened(path: Path, *, packed: bool) -> Iterator[BinaryIO]:
    with open(path, "wb") as file, ExitStack() as layers:
        if not packed:
            yield file
            return
        packer = gzip.GzipFile(fileobj=file, mode="wb", compresslevel=QUICK, mtime=0, filename="")
        layers.enter_context(packer)
        yield layers.enter_context(io.BufferedWriter(packer, buffer_size=1 << 20))
