"""What the C library holds for a bot's threads."""

import ctypes
import re
import subprocess
import sys
from pathlib import Path

import pytest

IN_THREADS = """
import ctypes, sys
from threading import Barrier, Thread
from typer import Exit
from bot.cli import run

libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p

def tell(path):
    file = ctypes.c_void_p(libc.fopen(path.encode(), b"w"))
    libc.malloc_info(0, file)
    libc.fclose(file)

try:
    run(None)
except Exit:
    pass
at_once = Barrier(12)

def work():
    held = [bytearray(5000) for _ in range(20)]
    at_once.wait()

threads = [Thread(target=work) for _ in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
bytearray(16_000_000)
tell(sys.argv[1])
pages = [bytearray(12_000_000) for _ in range(3)]
tell(sys.argv[2])
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="glibc alone has a heap for each thread")
def test_all_threads_of_a_bot_share_one_heap_and_large_pages_stand_apart(tmp_path: Path) -> None:
    """Settings are missing here, so it ends before it begins to work."""
    before, after = tmp_path / "before.xml", tmp_path / "after.xml"
    run = [sys.executable, "-c", IN_THREADS, str(before), str(after)]
    subprocess.run(run, env={}, cwd=tmp_path, check=True, capture_output=True)
    assert after.read_text().count("<heap nr=") == 1
    assert apart(after) == apart(before) + 3


def apart(told: Path) -> int:
    """Blocks that aren't in a heap."""
    found = re.search(r'<total type="mmap" count="(\d+)"', told.read_text())
    assert found
    return int(found[1])
