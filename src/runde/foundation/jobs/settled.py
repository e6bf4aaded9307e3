"""The process at rest: everything is loaded, and only requests, jobs and commands make and drop objects from now on."""

import atexit
import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 100


def settle() -> None:
    """Leave what is loaded by now out of the search for garbage: it took a tenth of each page's time.

    A command that judges ten thousand cases spent half of its time there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    atexit.register(gc.unfreeze)  # so that everything can be put away when the process ends
