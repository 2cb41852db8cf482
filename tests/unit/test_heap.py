"""What the C library holds for a bot's threads."""

import ctypes
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.reference import ROOT
from tests.unit.test_reference import SERVICE

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

LET_GO = """
import ctypes

class Mallinfo(ctypes.Structure):
    _fields_ = [(f"word{n}", ctypes.c_size_t) for n in range(10)]

libc = ctypes.CDLL(None)
libc.mallinfo2.restype, libc.malloc.restype, libc.free.argtypes = Mallinfo, ctypes.c_void_p, [ctypes.c_void_p]

def taken():
    return libc.mallinfo2().word7

blocks = [0] * 7
taken()
before = taken()
for n in range(7):
    blocks[n] = libc.malloc(1000)
for n in range(7):
    libc.free(blocks[n])
print(taken() - before)
"""
"""How many bytes of the heap are still taken once they were let go, as malloc counts."""


def tuned() -> dict[str, str]:
    """What the service tells the C library, as it starts the bot."""
    return dict(re.findall(r"^Environment=.*\b(GLIBC_TUNABLES)=(\S+)", SERVICE.read_text(), re.MULTILINE))


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="glibc alone has a heap for each thread")
def test_all_threads_of_a_bot_share_one_heap_and_large_pages_stand_apart(tmp_path: Path) -> None:
    """Settings are missing here, so it ends before it begins to work."""
    before, after = tmp_path / "before.xml", tmp_path / "after.xml"
    run = [sys.executable, "-c", IN_THREADS, str(before), str(after)]
    subprocess.run(run, env={}, cwd=tmp_path, check=True, capture_output=True)
    assert after.read_text().count("<heap nr=") == 1
    assert apart(after) == apart(before) + 3


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="glibc alone has a cache for each thread")
def test_no_thread_of_a_service_keeps_for_itself_what_was_let_go() -> None:
    assert kept({}) >= 7000
    assert kept(tuned()) < 1000
    for name, value in tuned().items():
        assert f"ENV {name}={value}" in (ROOT / "Containerfile").read_text()


def kept(env: dict[str, str]) -> int:
    """Bytes, in a process with this environment."""
    run = subprocess.run([sys.executable, "-c", LET_GO], env=env, check=True, capture_output=True)
    return int(run.stdout)


def apart(told: Path) -> int:
    """Blocks that aren't in a heap."""
    found = re.search(r'<total type="mmap" count="(\d+)"', told.read_text())
    assert found
    return int(found[1])
