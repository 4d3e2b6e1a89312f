"""YAML with places: plain data, and the line and column each piece of it came from.

Bounds keep a damaged or hostile file from costing more than a moment: size, nesting, and the number of nodes once
aliases are followed.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Number", "Place", "Problems", "Tree", "Where", "WholeNumber", "dotted", "read_parts", "read_tree"]

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 24
MAX_NODES = 500_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE = "tag:yaml.org,2002:merge"
_KINDS = ("null", "bool", "int", "float", "str", "timestamp", "value", "merge")
_COLLECTIONS = {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_PLAIN = {f"tag:yaml.org,2002:{kind}" for kind in _KINDS}

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What YAML forbids."""

_TOP_LEVEL = re.compile(r"^(?=[^\s#\-])", re.MULTILINE)
"""Where a key begins that is not indented."""

Where = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, both from 1."""


class WholeNumber(int):
    """An integer that remembers how it was written: ``0201011`` is a code, not an octal number."""

    written: str


class Number(float):
    """A decimal that remembers how it was written."""

    written: str


@dataclass(slots=True)
class Problems:
    """What is wrong, in the order found: place, dotted key, message."""

    found: list[tuple[Place, str, str]] = field(default_factory=list)

    def add(self, place: Place, key: str, message: str) -> None:
        """Notes one problem; a place of (0, 0) means the whole file."""
        self.found.append((place, key, message))


@dataclass(slots=True)
class Tree:
    """Data of a YAML file. `values` and `keys` give the places of each value and of the key it stands under."""

    data: Any
    values: dict[Where, Place]
    keys: dict[Where, Place]

    def place(self, where: Where) -> Place:
        """Gives the place of the value at `where`, or of the nearest thing around it."""
        while where and where not in self.values:
            where = where[:-1]
        return self.values.get(where, (1, 1))


class _Stop(Exception):
    def __init__(self, place: Place, message: str, key: str = "") -> None:
        self.place, self.message, self.key = place, message, key
        super().__init__(message)


def read_tree(path: Path, problems: Problems) -> Tree | None:
    """Reads the file; None, with at least one problem noted, when it gives no data."""
    try:
        text = _decode(_read(path))
        _measure(text)
        return _convert(text, problems)
    except _Stop as stop:
        problems.add(stop.place, stop.key, stop.message)
    except yaml.MarkedYAMLError as error:
        problems.add(*_explained(error, text))
    return None


def read_parts(path: Path) -> tuple[str, dict[str, Any]] | None:
    """Reads each top-level key of a wrong file by itself, and leaves out those that give no data.

    Returns the text and what was read, or None when there is no text. A key that stands twice counts as it stands
    first; what leads to an anchor under another key is left out.
    """
    try:
        text = _decode(_read(path))
    except _Stop:
        return None
    found: dict[str, Any] = {}
    for part in _TOP_LEVEL.split(text):
        problems = Problems()
        try:
            _measure(part)
            data = _convert(part, problems).data
        except (_Stop, yaml.YAMLError):
            continue
        if isinstance(data, dict) and not problems.found:
            found = data | found
    return text, found


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _Stop((0, 0), "no such file; `zmpwatch init` writes an example to start from") from None
    except IsADirectoryError:
        raise _Stop((0, 0), "this is a folder; a file was expected") from None
    except OSError as error:
        raise _Stop((0, 0), f"the file can't be read: {error.strerror}") from None
    if len(body) > MAX_BYTES:
        raise _Stop((0, 0), f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB; this is no configuration")
    return body


def _decode(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _Stop((0, 0), "the file is in UTF-16; UTF-8 was expected")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        start = body.rfind(b"\n", 0, error.start) + 1
        column = len(body[start : error.start].decode("utf-8", "replace")) + 1
        byte = body[error.start]
        raise _Stop((line, column), f"byte 0x{byte:02X} is not UTF-8; save the file as UTF-8") from None
    if control := _CONTROL.search(text):
        place = _line_and_column(text, control.start())
        raise _Stop(place, f"a control character (U+{ord(control[0]):04X}) has no place here")
    if not text.strip():
        raise _Stop((0, 0), "the file is empty; `zmpwatch init --force` writes an example to start from")
    return text


def _measure(text: str) -> None:
    """Walks the events without building anything: PyYAML's composer recurses and would break on deep nesting."""
    depth = 0
    documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _Stop(_place(event), f"nested deeper than {MAX_DEPTH} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Stop(_place(event), "a second document begins here; one was expected")


def _convert(text: str, problems: Problems) -> Tree:
    loader = _LOADER(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise _Stop((0, 0), "the file holds nothing but comments; `zmpwatch init --force` writes an example")
        tree = Tree(None, {}, {})
        tree.data = _Converter(loader, tree, problems).convert(root, (), 0)
        return tree
    finally:
        loader.dispose()


class _Converter:
    """Turns nodes into plain data and notes where each stood."""

    def __init__(self, loader: Any, tree: Tree, problems: Problems) -> None:
        self._loader, self._tree, self._problems = loader, tree, problems
        self._nodes = 0

    def convert(self, node: yaml.Node, where: Where, depth: int) -> Any:
        place = _place(node)
        self._nodes += 1
        if depth > MAX_DEPTH:
            raise _Stop(place, "an alias leads back into itself")
        if self._nodes > MAX_NODES:
            raise _Stop(place, f"more than {MAX_NODES} values, aliases followed")
        self._tree.values[where] = place
        if isinstance(node, yaml.CollectionNode) and node.tag not in _COLLECTIONS:
            self._strange_tag(node, where)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.convert(child, (*where, i), depth + 1) for i, child in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node, where)

    def _mapping(self, node: yaml.MappingNode, where: Where, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            place = _place(key_node)
            if key_node.tag == _MERGE:
                for name, value in self._merge(value_node, where, depth).items():
                    merged.setdefault(name, value)
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                self._problems.add(place, dotted(where), "a key must be a word")
                continue
            name = key_node.value
            if name in first:
                self._problems.add(place, dotted((*where, name)), f"this key stands in line {first[name]} already")
                continue
            first[name] = place[0]
            self._tree.keys[(*where, name)] = place
            data[name] = self.convert(value_node, (*where, name), depth + 1)
        return {**{name: value for name, value in merged.items() if name not in data}, **data}

    def _merge(self, node: yaml.Node, where: Where, depth: int) -> dict[str, Any]:
        """Reads ``<<: *defaults``; earlier mappings win over later ones, the mapping's own keys over all."""
        if isinstance(node, yaml.MappingNode):
            outer, self._tree = self._tree, Tree(None, {}, {})
            try:
                data = self._mapping(node, where, depth + 1)
            finally:
                inner, self._tree = self._tree, outer
            # what the mapping itself says keeps its own place, whatever a merged one says of the same key
            for spot, place in inner.values.items():
                outer.values.setdefault(spot, place)
            for spot, place in inner.keys.items():
                outer.keys.setdefault(spot, place)
            return data
        if isinstance(node, yaml.SequenceNode):
            together: dict[str, Any] = {}
            for child in node.value:
                for name, value in self._merge(child, where, depth + 1).items():
                    together.setdefault(name, value)
            return together
        self._problems.add(_place(node), dotted(where), "<< merges mappings; one was expected")
        return {}

    def _strange_tag(self, node: yaml.Node, where: Where) -> None:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")[:60]
        self._problems.add(_place(node), dotted(where), f"the tag {tag} is not understood; plain values only")

    def _scalar(self, node: yaml.ScalarNode, where: Where) -> Any:
        if node.tag not in _PLAIN:
            self._strange_tag(node, where)
            return node.value
        kind = node.tag.rpartition(":")[2]
        if kind == "null":
            return None
        if kind == "bool":
            return self._loader.construct_yaml_bool(node)
        try:
            if kind == "int":
                whole = WholeNumber(self._loader.construct_yaml_int(node))
                whole.written = node.value
                return whole
            if kind == "float":
                number = Number(self._loader.construct_yaml_float(node))
                number.written = node.value
                return number
        except (ValueError, OverflowError):
            self._problems.add(_place(node), dotted(where), f'"{node.value[:40]}" is no number')
        return node.value


def _place(what: yaml.Node | yaml.Event) -> Place:
    mark: Any = what.start_mark
    return mark.line + 1, mark.column + 1


def dotted(where: Where) -> str:
    """Writes a path as messages name it: ``sites.3.municipality``."""
    return ".".join(map(str, where))


def _line_and_column(text: str, position: int) -> Place:
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


_SLIPS = {
    "expected '-' indicator": "this line is indented neither like the entries above it nor like what is in them",
    "expected ',' or ']'": 'the "[" before this is not closed with "]"',
    "expected ',' or '}'": 'the "{" before this is not closed with "}"',
    "mapping values are not allowed": 'no ":" was expected here; is the line indented like those it belongs with?',
    "expected <block end>": "this line is not indented like those it belongs with",
    "expected key": "this line is not indented like those it belongs with",
    "node content": "a value was expected here",
    "cannot start any token": "a text that begins with this character needs quotation marks",
}
"""Parts of the parser's messages, and what a person did to get them."""
_SLIPS_BEFORE = {
    "end of stream": "the quotation mark that opens here is never closed",
    "expected ':'": 'a ":" is missing behind this',
}
"""The same of slips that are found out later: the place is where it began."""


def _explained(error: yaml.MarkedYAMLError, text: str) -> tuple[Place, str, str]:
    """Where to look, no key, and what is wrong there."""
    problem = error.problem or ""
    began = next((slip for part, slip in _SLIPS_BEFORE.items() if part in problem), None)
    mark = (error.context_mark if began else error.problem_mark) or error.problem_mark or error.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    lines = text.splitlines()
    line = lines[place[0] - 1] if 0 < place[0] <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return place, "", "a tab indents this line; YAML wants spaces"
    opened = _left_open(text) if place[0] > len(lines) else None
    if opened is not None:
        sign, place = opened
        return place, "", f'this is not YAML: the "{sign}" that opens here is never closed'
    slip = began or next((slip for part, slip in _SLIPS.items() if part in problem), None)
    detail = slip or " ".join(part for part in (error.context, problem) if part)
    return place, "", f"this is not YAML: {detail}"


def _left_open(text: str) -> tuple[str, Place] | None:
    """The innermost bracket or brace that is open at the end of the file, and where it stands."""
    opened: list[tuple[str, Place]] = []
    # the file is known to be wrong: the words before the slip tell what is open there
    with contextlib.suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=_LOADER):
            if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
                sign = "[" if isinstance(token, yaml.FlowSequenceStartToken) else "{"
                opened.append((sign, (token.start_mark.line + 1, token.start_mark.column + 1)))
            elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)) and opened:
                opened.pop()
    return opened[-1] if opened else None
