"""The wheel holds zmpwatch and spiders, all of their data, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("zmpwatch", "spiders")
NEEDED = [
    "zmpwatch/py.typed",
    "zmpwatch/config/example.yaml",
    "zmpwatch/register/data/gminas.csv",
    "zmpwatch/register/data/inflections.csv",
    "zmpwatch/register/data/associations/zmp.yaml",
    "zmpwatch/store/migrations/env.py",
    "zmpwatch/store/migrations/versions/",
    "zmpwatch/service/replica/pages/",
    "zmpwatch/cli/__init__.py",
    "spiders/association.py",
    "spiders/municipal.py",
    "spiders/bip.py",
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as opened:
        yield opened


def test_every_file_of_the_packages_is_in_it(wheel):
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == expected


@pytest.mark.parametrize("name", NEEDED)
def test_what_it_can_not_do_without(wheel, name):
    assert any(held.startswith(name) if name.endswith("/") else held == name for held in wheel.namelist())


def test_its_description_of_itself(wheel):
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    described = wheel.read(metadata).decode()
    assert "Name: zmpwatch\n" in described
    assert "License-Expression: Apache-2.0\n" in described
    assert "Requires-Python: >=3.11\n" in described
    assert "# zmpwatch" in described  # the README
    names = {Path(name).name for name in wheel.namelist()}
    assert {"LICENSE", "NOTICE", "entry_points.txt"} <= names
