"""One entry more in the ``sites`` of a YAML file, as text: what a library that writes YAML anew would lose is kept."""

from __future__ import annotations

import json
import re

import yaml

__all__ = ["CannotAdd", "with_site"]

_WORD = re.compile(r"(?=.*[A-Za-z].*)[A-Za-z][\w.-]*|\d+[smhdw]")
_RESERVED = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_EMPTY = re.compile(r"\s*:\s*(?:\[\s*\]|~|null|Null|NULL)?(?P<comment>\s+#.*)?\s*")


class CannotAdd(Exception):
    """The list is written in a way that can't be added to. `line` and `column` say where, from 1."""

    def __init__(self, message: str, node: yaml.Node | None) -> None:
        self.line, self.column = (node.start_mark.line + 1, node.start_mark.column + 1) if node is not None else (1, 1)
        super().__init__(message)


def with_site(text: str, lines: str) -> tuple[str, int]:
    """The file with an entry more at the end of ``sites``, and the line (from 1) it begins at.

    The entry is written as the list is: one below the other, or between brackets. Comments, order, line ends and
    everything else stay as they are.

    Args:
        text: a YAML file.
        lines: the entry as an item of a block sequence, without indentation.

    Raises:
        CannotAdd: ``sites`` is no list, or the file no mapping.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise CannotAdd("a mapping was expected", root)
    rows = text.splitlines(keepends=True)
    pair = next(((k, v) for k, v in root.value if isinstance(k, yaml.ScalarNode) and k.value == "sites"), None)
    if pair is None:
        if root.flow_style:
            return _between(text, root, f"sites: [{_in_braces(lines)}]", end)
        return _inserted(rows, len(rows), ["sites:", *_indented(lines, "  ")], end)
    key, value = pair
    nothing = isinstance(value, yaml.ScalarNode) and value.tag.endswith(":null")
    empty = nothing or (isinstance(value, yaml.SequenceNode) and not value.value)
    row = key.end_mark.line
    here = value.start_mark.line == row or value.start_mark.index == value.end_mark.index
    if empty and here and not root.flow_style and (found := _EMPTY.fullmatch(rows[row][key.end_mark.column :])):
        rows[row] = f"{rows[row][: key.end_mark.column]}:{found['comment'] or ''}{end}"
        return _inserted(rows, row + 1, _indented(lines, f"{' ' * key.start_mark.column}  "), end)
    if nothing:
        start, stop = value.start_mark.index, value.end_mark.index
        blank = "" if text[:start].endswith(tuple(" \t\n")) else " "
        entry = f"{blank}[{_in_braces(lines)}]"
        return f"{text[:start]}{entry}{text[stop:]}", text.count("\n", 0, start) + 1
    if not isinstance(value, yaml.SequenceNode):
        raise CannotAdd("a list was expected", value)
    if value.flow_style:
        return _between(text, value, _in_braces(lines), end)
    last, first = value.value[-1], value.value[0]
    dash = rows[first.start_mark.line][: first.start_mark.column]
    indent = " " * (dash.rindex("-") if "-" in dash else key.start_mark.column)
    return _inserted(rows, _last_row(last, rows) + 1, _indented(lines, indent), end)


def _in_braces(lines: str) -> str:
    r"""The entry as a mapping in braces, on one line.

    >>> _in_braces('- name: a b\n  family: bip\n  url: https://a.example/\n')
    '{name: "a b", family: bip, url: "https://a.example/"}'
    """
    listed = yaml.compose(lines, Loader=yaml.SafeLoader)
    assert isinstance(listed, yaml.SequenceNode)
    (item,) = listed.value
    return "{" + ", ".join(f"{key.value}: {_scalar(value.value)}" for key, value in item.value) + "}"


def _scalar(value: str) -> str:
    plain = _WORD.fullmatch(value) and value.casefold() not in _RESERVED
    # what JSON writes, YAML reads
    return value if plain else json.dumps(value, ensure_ascii=False)


def _between(text: str, node: yaml.CollectionNode, entry: str, end: str) -> tuple[str, int]:
    """An entry more before the closing bracket of a list or mapping, on a line of its own where the bracket is."""
    closing = node.end_mark.index - 1
    before = None
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if token.start_mark.index >= closing:
            break
        before = token
    assert before is not None
    after = before.end_mark.index
    if isinstance(before, yaml.ScalarToken) and before.plain:
        after = len(text[:after].rstrip())
    opened = isinstance(before, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken)
    comma = isinstance(before, yaml.FlowEntryToken)
    rest = text[after:closing]
    if "\n" not in rest:
        blank = "" if opened else " " if comma else ", "
        new = f"{text[:after]}{blank}{entry}{text[after:]}"
        return new, text.count("\n", 0, after) + 1
    # comments may stand between the last entry and the bracket: they stay where they are
    own_line = closing - len(rest) + rest.rindex("\n") + 1
    indent = _indent_of(text, node, own_line, closing)
    middle = text[after:own_line]
    trailing = "," if comma else ""
    new = f"{text[:after]}{'' if opened or comma else ','}{middle}{indent}{entry}{trailing}{end}{text[own_line:]}"
    return new, text.count("\n", 0, own_line) + 1


def _indent_of(text: str, node: yaml.CollectionNode, own_line: int, closing: int) -> str:
    """How far entries are indented: as the last one that begins a line, else two more than the closing bracket."""
    for entry in reversed(node.value):
        mark = (entry[0] if isinstance(entry, tuple) else entry).start_mark
        head = text[mark.index - mark.column : mark.index]
        if node.start_mark.index < mark.index < closing and not head.strip():
            return head
    return f"{text[own_line:closing]}  "


def _last_row(node: yaml.Node, rows: list[str]) -> int:
    """The row a node's text ends in: its end mark may lie behind comments and empty lines that follow."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        inner = node.value[-1]
        return _last_row(inner[1] if isinstance(inner, tuple) else inner, rows)
    row: int = node.end_mark.line
    if node.end_mark.column == 0 and row > node.start_mark.line:
        row -= 1
    while row > node.start_mark.line and not rows[min(row, len(rows) - 1)].strip():
        row -= 1
    return min(row, len(rows) - 1)


def _indented(lines: str, indent: str) -> list[str]:
    return [f"{indent}{line}" for line in lines.splitlines()]


def _inserted(rows: list[str], at: int, new: list[str], end: str) -> tuple[str, int]:
    before = rows[:at]
    if before and not before[-1].endswith(("\n", "\r")):
        before[-1] += end
    return "".join([*before, *(f"{line}{end}" for line in new), *rows[at:]]), at + 1 + (new[0] == "sites:")
