"""What a bot tells its memory: one heap for all threads, given back where it is free; and what Python need not look
through for dead objects."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
"""Of mallopt(3)."""
APART_BYTES = 128 * 1024
"""What is as large as this, such as a page of history, goes back to the system once it is let go."""
GIVE_BACK_SECONDS = 60.0
"""It takes about half a millisecond."""


def share_heap() -> None:
    """Before the first thread starts. Where the C library isn't glibc, nothing is needed.

    glibc lets threads have heaps ("arenas") of their own, eight for each core, so that none waits for another. Ours
    hold the interpreter's lock as they allocate, and so gain nothing; but what one has freed no other takes, and each
    heap in turn grows to the most that any of its threads ever held at once. And it puts ever larger blocks among the
    small ones, which then stand in their way: not where it is told from which size on they stand apart.
    """
    if hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_ARENA_MAX, 1)
        libc.mallopt(M_MMAP_THRESHOLD, APART_BYTES)


def give_back() -> bool:
    """A worker's step, done at once: pages of the heap on which nothing stands go back to the system.

    By itself glibc gives back only what is free at the heap's end, and there is always something that stands there.
    """
    if hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
    return False


@contextmanager
def kept_for_good() -> Iterator[None]:
    """Around what stays as long as the process: modules, their tables, policies.

    Python looks through all objects once those that are new since come to a quarter of them, holding up every thread
    meanwhile; those that went in a ring (an exception and its frames, a row and its session) stay until then. A bot has
    some 200,000 from its start. So without them that look is soon over, and comes while there is little to let go.
    """
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
