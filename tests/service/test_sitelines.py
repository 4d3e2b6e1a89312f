"""Lines of configuration put into files of every shape: comments, order and line ends stay as they are."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmpwatch.config import example_config, load_config
from zmpwatch.errors import ConfigError
from zmpwatch.service.listediting import with_site
from zmpwatch.service.sitelines import add_lines, duplicate_of, free_name, site_lines

LINES = site_lines("nowa", "bip", "https://bip.nowa.example/?c=1", "2005011", every="1d")


def added(tmp_path: Path, text: str, lines: str = LINES) -> tuple[str, int]:
    path = tmp_path / "config.yaml"
    path.write_bytes(text.encode())
    line = add_lines(path, lines, {})
    return path.read_bytes().decode(), line


SITE = "name: a\n{0}family: bip\n{0}url: https://a.example/\n"


@pytest.mark.parametrize(
    ("before", "indent", "line"),
    [
        ("sites:\n  - " + SITE.format("    "), "  ", 5),
        ("sites:\n- " + SITE.format("  "), "", 5),
        ("sites:\n-   " + SITE.format("    "), "", 5),
        ("sites:\n    - " + SITE.format("      ") + "      # last words\n\n\n# end\nknowledge: false\n", "    ", 5),
        (
            "sites:\n  - "
            + SITE.format("    ")
            + "    hosts:\n      - b.example\n      - c.example\nknowledge: false\n",
            "  ",
            8,
        ),
        ("sites:\n  - {name: a, family: bip, url: 'https://a.example/'}\n", "  ", 3),
        ("sites: []\n", "  ", 2),
        ("sites: []   # none yet\nknowledge: false\n", "  ", 2),
        ("sites:\n\nknowledge: false\n", "  ", 2),
        ("sites: ~\n", "  ", 2),
        ("knowledge: false\n", "  ", 3),
        ("knowledge: false", "  ", 3),
        ("sites:\n  - " + SITE.format("    ").rstrip("\n"), "  ", 5),
    ],
)
def test_a_site_is_put_at_the_end_of_the_list(tmp_path: Path, before: str, indent: str, line: int) -> None:
    text, at = added(tmp_path, before)
    assert at == line
    rows = text.splitlines()
    assert rows[at - 1 : at + 4] == [f"{indent}{row}" for row in LINES.splitlines()]
    config = load_config(tmp_path / "config.yaml", {})
    assert config.sites[-1].name == "nowa"
    assert config.sites[-1].municipality == "2005011"
    kept = rows[: at - 1] + rows[at + 4 :]
    rewritten = {"sites: []": "sites:", "sites: ~": "sites:", "sites: []   # none yet": "sites:   # none yet"}
    assert kept == [rewritten.get(row, row) for row in before.splitlines()] + ["sites:"] * ("sites" not in before)


def test_line_ends_of_the_file_are_kept(tmp_path: Path) -> None:
    text, _ = added(tmp_path, "sites:\r\n  - name: a\r\n    family: bip\r\n    url: https://a.example/\r\n")
    assert text.count("\r\n") == text.count("\n") == 9


def test_the_example_takes_a_site(tmp_path: Path) -> None:
    example = example_config()
    text, at = added(tmp_path, example)
    rows = text.splitlines(keepends=True)
    assert "".join(rows[: at - 1] + rows[at + 4 :]) == example
    assert rows[at + 4] == "\n"
    assert rows[at + 5].startswith("# All municipalities")


ENTRY = '{name: nowa, family: bip, url: "https://bip.nowa.example/?c=1", municipality: "2005011", every: 1d}'
A = "{name: a, family: bip, url: 'https://a.example/'}"
B = '{name: b, family: bip, url: "https://b.example/", hosts: [b.example, c.example]}'


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (f"sites: [{A}]\n", f"sites: [{A}, {ENTRY}]\n", 1),
        (f"sites: [{A}, {B}]   # both\n", f"sites: [{A}, {B}, {ENTRY}]   # both\n", 1),
        (f"sites: [ {A}, ]\n", f"sites: [ {A}, {ENTRY} ]\n", 1),
        (f"sites:\n  [{A}]\n", f"sites:\n  [{A}, {ENTRY}]\n", 2),
        ("sites:\n  []\n", f"sites:\n  [{ENTRY}]\n", 2),
        (
            f"sites: [   # ours\n    {A},   # one\n    {B}    # two\n    # that is all\n  ]  # end\n",
            f"sites: [   # ours\n    {A},   # one\n    {B},    # two\n    # that is all\n    {ENTRY}\n  ]  # end\n",
            5,
        ),
        (f"sites: [\n  {A},\n]\nknowledge: false\n", f"sites: [\n  {A},\n  {ENTRY},\n]\nknowledge: false\n", 3),
        ("sites: [\n  # none yet\n]\n", f"sites: [\n  # none yet\n  {ENTRY}\n]\n", 3),
        (
            "sites: [{name: a,\n   family: bip,\n   url: https://a.example/ # x ]\n  }\n  ]\n",
            f"sites: [{{name: a,\n   family: bip,\n   url: https://a.example/ # x ]\n  }},\n    {ENTRY}\n  ]\n",
            5,
        ),
        (f"{{sites: [{A}], knowledge: false}}\n", f"{{sites: [{A}, {ENTRY}], knowledge: false}}\n", 1),
        ("{sites: [], knowledge: false}\n", f"{{sites: [{ENTRY}], knowledge: false}}\n", 1),
        ("{sites: , knowledge: false}\n", f"{{sites: [{ENTRY}] , knowledge: false}}\n", 1),
        ("{sites: null, knowledge: false}\n", f"{{sites: [{ENTRY}], knowledge: false}}\n", 1),
        ("{knowledge: false}\n", f"{{knowledge: false, sites: [{ENTRY}]}}\n", 1),
        ("{\n  knowledge: false\n}\n", f"{{\n  knowledge: false,\n  sites: [{ENTRY}]\n}}\n", 3),
        (
            f'{{"knowledge": false, "sites": [\r\n  {A}\r\n]}}',
            f'{{"knowledge": false, "sites": [\r\n  {A},\r\n  {ENTRY}\r\n]}}',
            3,
        ),
        (f"\ufeffsites: [{A}]\n", f"\ufeffsites: [{A}, {ENTRY}]\n", 1),
        (
            f"sites: [&one {A}, {{<<: *one, name: b, url: 'https://b.example/'}}]\n",
            f"sites: [&one {A}, {{<<: *one, name: b, url: 'https://b.example/'}}, {ENTRY}]\n",
            1,
        ),
        (f"# ZAŻÓŁĆ\nsites: [{A}] # żółw ]\n", f"# ZAŻÓŁĆ\nsites: [{A}, {ENTRY}] # żółw ]\n", 2),
    ],
)  # fmt: skip
def test_a_list_between_brackets_grows_there(tmp_path: Path, before: str, after: str, line: int) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(before.encode())
    old = load_config(path, {})
    text, at = added(tmp_path, before)
    assert (text, at) == (after, line)
    config = load_config(path, {})
    assert config.sites[:-1] == old.sites
    assert (config.sites[-1].name, config.sites[-1].url) == ("nowa", "https://bip.nowa.example/?c=1")


PRINTED = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])


@given(
    names=st.lists(st.text(PRINTED, min_size=1, max_size=9), max_size=3),
    gaps=st.lists(st.sampled_from(["", " ", "\n  ", "   # ] } ,\n  ", "\n# x\n\n "]), min_size=8, max_size=8),
    trailing=st.booleans(),
)  # fmt: skip
def test_whatever_stands_between_the_entries_stays(names: list[str], gaps: list[str], trailing: bool) -> None:
    import yaml

    items = [f"{{name: {json.dumps(name, ensure_ascii=False)}}}" for name in names]
    inside = ",".join(f"{gap}{item}" for gap, item in zip(gaps, items, strict=False))
    text = (
        f"# first\nsites: [{inside}{gaps[-1]}{',' if trailing and items else ''}{gaps[-2]}] # last\nknowledge: false\n"
    )
    new, line = with_site(text, LINES)
    before, after = yaml.safe_load(text), yaml.safe_load(new)
    assert after["sites"] == [*(before["sites"]), yaml.safe_load(LINES)[0]]
    assert after["knowledge"] is False
    assert "nowa" in new.splitlines()[line - 1]
    bare = new.replace(ENTRY, "")
    assert [c for c in bare if not c.isspace() and c != ","] == [
        c for c in text if not c.isspace() and c != ","
    ] or not items


def test_what_would_change_something_else_is_not_written(tmp_path: Path) -> None:
    before = f"sites: &all [{A}]\n"
    text, _ = added(tmp_path, before)
    assert text == f"sites: &all [{A}, {ENTRY}]\n"
    wrong = "sites: [{name: a, family: bip, url: 'https://nowa.example/'}]\n"
    (tmp_path / "config.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ConfigError, match="taken already"):
        add_lines(tmp_path / "config.yaml", LINES.replace("name: nowa", "name: a"), {})
    assert (tmp_path / "config.yaml").read_text(encoding="utf-8") == wrong


@pytest.mark.parametrize("before", ["sites: &all\n  x: 1\n", "sites: {x: 1}\n"])
def test_a_list_in_another_shape_is_left_to_the_operator(tmp_path: Path, before: str) -> None:
    with pytest.raises(ConfigError, match="by hand"):
        added(tmp_path, before)
    assert (tmp_path / "config.yaml").read_text(encoding="utf-8") == before


def test_a_wrong_file_is_told_by_its_own_name_and_left(tmp_path: Path) -> None:
    before = "sites: []\nkolor: red\n"
    with pytest.raises(ConfigError, match=r"config\.yaml:7:1: kolor") as caught:
        added(tmp_path, before)
    assert ".new" not in str(caught.value)
    assert (tmp_path / "config.yaml").read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


def test_mode_and_link_of_the_file_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "zmp.yaml"
    real.write_text("sites: []\n", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "config.yaml"
    link.symlink_to(real)
    add_lines(link, LINES, {})
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert "nowa" in real.read_text(encoding="utf-8")


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40))
def test_any_name_is_read_as_it_was_written(name: str) -> None:
    import yaml

    (site,) = yaml.safe_load(site_lines(name, "bip", "https://a.example/", None, every="12h"))
    assert site == {"name": name, "family": "bip", "url": "https://a.example/", "every": "12h"}


def test_names_are_free(tmp_path: Path) -> None:
    assert free_name("www.a.example", []) == "a.example"
    assert free_name("www.a.example", ["A.example", "a.example 2"]) == "a.example 3"


def test_the_same_address_in_other_clothes_is_a_duplicate(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("sites:\n  - {name: a, family: bip, url: 'https://www.a.example/bip'}\n", encoding="utf-8")
    config = load_config(path, {})
    for url in ("http://a.example/bip/", "https://www.a.example/bip?utm_source=x"):
        found = duplicate_of(config, url)
        assert found is not None
        assert found.name == "a"
    assert duplicate_of(config, "https://a.example/") is None
