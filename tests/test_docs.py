"""Fails when something a user can meet stands in no document, and when a document names what is only true here.

Kinds of change and the database have tests of their own: tests/alert/test_docs.py, tests/store/test_documentation.py.
"""

import re
import subprocess
from pathlib import Path

import pytest

from zmpwatch.config import load_config
from zmpwatch.errors import ConfigError
from zmpwatch.model import Verdict

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands():
    """Every command by its name, those of a group as "notify test"."""
    import typer

    from zmpwatch.cli.application import app

    found = {}
    for name, command in typer.main.get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        found |= {f"{name} {one}": inner[one] for one in inner} if inner else {name: command}
    return found


def tracked() -> list[Path]:
    """Files git knows, or all outside build folders where there is no git (an unpacked archive)."""
    result = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = result.stdout.split("\0") if result.returncode == 0 else []
    if not any(names):
        built = {".venv", ".git", "dist", "build", "var", "demo", "__pycache__"}
        return [p for p in ROOT.rglob("*") if p.is_file() and not built & set(p.relative_to(ROOT).parts)]
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_in_the_operators_guide(name):
    guide = text("docs/operating.md")
    assert re.search(rf"`zmpwatch {name}[ `]", guide), f"`zmpwatch {name}` stands nowhere in docs/operating.md"
    options = {option for parameter in commands()[name].params for option in parameter.opts if option.startswith("--")}
    missing = {option for option in options - {"--help"} if f"`{option}" not in guide}
    assert not missing


def test_the_guide_names_no_command_there_is_not():
    named = {
        name for file in ("README.md", "docs/operating.md") for name in re.findall(r"zmpwatch ([a-z]+)\b", text(file))
    }
    sentences = {"and", "in", "demo", "itself", "reads", "stores", "wrote", "is", "crawls"}
    assert named - sentences <= {name.split()[0] for name in commands()}, "documented, but not there"


def test_every_key_of_the_configuration_is_described():
    from zmpwatch.config.schema import KEYS

    described = text("docs/configuration.md")
    names = {f"{where}.{key}".lstrip(".").replace(".*", "[]") for where, keys in KEYS.items() for key in keys}
    assert not {name for name in names if f"| `{name}` |" not in described}
    rows = set(re.findall(r"^\| `([a-z_.\[\]]+)` \|", described, re.MULTILINE))
    assert rows == names


def test_every_verdict_is_explained():
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| (yes|no) \|", text("docs/operating.md"), re.MULTILINE))
    assert rows == {verdict.value: "yes" if verdict.healthy else "no" for verdict in Verdict}


def test_every_exit_status_is_explained():
    from zmpwatch.cli.exits import Exit

    rows = set(re.findall(r"^\| (\d+) \|", text("docs/operating.md"), re.MULTILINE))
    assert rows == {str(int(status)) for status in Exit}


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{p.name}" for p in DOCS.glob("*.md"))]
)
def test_links_lead_somewhere(name):
    here = (ROOT / name).parent
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text(name))
    missing = [target for target in targets if "://" not in target and not (here / target).exists()]
    assert not missing


def test_examples_in_the_guides_are_right(tmp_path):
    """Each YAML example of README and guides is a sound configuration by itself."""
    examples = [
        block
        for name in ("README.md", "docs/configuration.md", "docs/operating.md", "docs/subscribers.md")
        for block in re.findall(r"```yaml\n(.*?)```", text(name), re.DOTALL)
    ]
    assert examples
    for example in examples:
        path = tmp_path / "config.yaml"
        path.write_text(example, encoding="utf-8")
        env = {name: f"json://127.0.0.1/{name}" for name in re.findall(r"\$\{(\w+)\}", example)}
        try:
            load_config(path, env)
        except ConfigError as error:
            pytest.fail(f"{error}\n{example}")


def test_nothing_names_this_machine_or_where_packages_come_from():
    hosts = [
        "py" + "pi.org",
        "files." + "pythonhosted",
        "registry." + "npmjs",
        "deb." + "debian.org",
        "--index" + "-url",
    ]
    homes = ["/" + "work/", "/ro" + "ot/", "/home" + "/", "/Us" + "ers/"]
    wrong = []
    for path in tracked():
        try:
            content = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        wrong += [f"{path.relative_to(ROOT)}: {word}" for word in (*hosts, *homes) if word in content]
    assert not wrong, "\n".join(wrong)


def test_the_locked_requirements_have_hashes_and_agree():
    pins: dict[str, dict[str, str]] = {}
    for name in ("run", "dev"):
        content = text(f"requirements/{name}.txt")
        entries = re.split(r"\n(?=[a-z0-9])", content.strip())
        assert all(entry.count("--hash=sha256:") >= 1 for entry in entries)
        assert not re.search(r"^(?:#|-)", content, re.MULTILINE), "no header, no option, no address"
        pins[name] = {entry.split(" \\")[0]: entry for entry in entries}
    assert set(pins["run"].items()) <= set(pins["dev"].items()), "run `make lock`"
