"""Pages are read in several threads at once, from the first page on."""

import subprocess
import sys

CODE = """
import threading
from zmpwatch.read import read_bytes
from zmpwatch.read.warmup import load_parsers

load_parsers()
wrong, barrier = [], threading.Barrier(8)

def work():
    barrier.wait()
    try:
        assert "373" in read_bytes(b"<html><body><p>Zrzesza 373 miasta.</p></body></html>").content
    except BaseException as error:
        wrong.append(repr(error))

threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not wrong, wrong
"""


def test_threads_find_the_parsers_loaded():
    for _ in range(3):
        subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, text=True, timeout=60)
