"""Starting `child.py`."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import zmpwatch

PATH = os.pathsep.join(map(str, (Path(zmpwatch.__file__).parents[1], Path(__file__).parents[1])))


def start(task: str, database: Path, argument: str = "", **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "store.child", task, str(database), argument],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": PATH},
        **options,
    )


def run(task: str, database: Path, argument: str = "", **options: Any) -> tuple[int, str]:
    """Exit status (negative: the signal that killed it) and what it said."""
    with start(task, database, argument, **options) as child:
        said, _ = child.communicate(timeout=60)
    return child.returncode, said.strip()
