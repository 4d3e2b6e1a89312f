"""A reader of pages that dies of some pages, and never ends with others."""

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from zmpwatch.service import pagereading
from zmpwatch.service.readers import child

read = pagereading.skim_page_again


def read_badly(site, page, association, municipality, known):
    if b"DIES" in page.body:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"HANGS" in page.body:
        time.sleep(600)
    if b"FAILS" in page.body:
        raise KeyError("of no page")
    return read(site, page, association, municipality, known)


pagereading.skim_page_again = read_badly
child.main()
