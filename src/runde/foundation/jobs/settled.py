"""The process at rest: everything is loaded, and only requests, jobs and commands make and drop objects from now on."""

import atexit
import gc

YOUNG, MIDDLE, OLD = 20_000, 10, 10


def settle() -> None:
    """Leave what is loaded by now out of the search for garbage: it took a tenth of each page's time.

    A command that judges ten thousand cases spent half of its time there. Rarer still, and the workers of the site
    would grow by a tenth in a day of five thousand applications.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    atexit.register(gc.unfreeze)  # so that everything can be put away when the process ends
