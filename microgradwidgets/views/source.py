"""How the calling cell made its variables: for each, the statement that bound it last."""

from __future__ import annotations

import ast
import linecache
import warnings
from collections.abc import Iterator, Mapping, Sequence
from types import CodeType, FrameType

LONGEST_SOURCE = 200_000
LONGEST_LINE = 120

_Bound = dict[str, ast.stmt]


def source_lines(frame: FrameType, names: Mapping[int, str]) -> dict[int, str]:
    """Lines of source by id: for values bound to a variable by the code that runs in a frame.

    Only what certainly ran before the call counts: where a branch may have bound a variable there
    is no telling, and it gets no line. A source that cannot be found is no error.

    Args:
        frame: where the call stands.
        names: id → name of the variable, perhaps with a place in it: ``w[0]``.
    """
    code = frame.f_code
    source = "".join(linecache.getlines(code.co_filename, frame.f_globals))
    tree = _parsed(source, code.co_filename)
    body = None if tree is None else _body(tree, code)
    if body is None:
        return {}
    bound: _Bound = {}
    _follow(body, frame.f_lineno, bound)
    lines = source.splitlines()
    wanted = ((id_, bound.get(name.partition("[")[0])) for id_, name in names.items())
    return {id_: _line(lines, statement) for id_, statement in wanted if statement is not None}


def _parsed(source: str, filename: str) -> ast.Module | None:
    if not source or len(source) > LONGEST_SOURCE:
        return None
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # whoever ran the code has heard them
            tree = compile(source, filename, "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return tree if isinstance(tree, ast.Module) else None


def _body(tree: ast.Module, code: CodeType) -> Sequence[ast.stmt] | None:
    """The statements of a cell, a module or a function."""
    if code.co_name == "<module>":
        return tree.body
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == code.co_name:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if first == code.co_firstlineno:
                return node.body
    return None


def _follow(body: Sequence[ast.stmt], line: int, bound: _Bound) -> None:
    """Go through statements up to the one at a line, keeping what each name was bound by."""
    for statement in body:
        if statement.lineno > line:
            return
        if (statement.end_lineno or statement.lineno) >= line:
            _enter(statement, line, bound)
        else:
            _pass(statement, line, bound)


def _enter(statement: ast.stmt, line: int, bound: _Bound) -> None:
    """The call stands in this statement: of the blocks in it, one leads there."""
    _bind(_header(statement), statement, bound)
    for block in _blocks(statement):
        if block[0].lineno <= line <= (block[-1].end_lineno or line):
            _follow(block, line, bound)


def _pass(statement: ast.stmt, line: int, bound: _Bound) -> None:
    """This statement is done: what a part of it bound that may not have run, is not known."""
    blocks = [*_blocks(statement)]
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        bound.pop(statement.name, None)
    elif not blocks:
        _bind(_targets(statement), statement, bound)
    else:
        _bind(_header(statement), statement, bound)
        runs = isinstance(
            statement, (ast.With, ast.AsyncWith, ast.For, ast.AsyncFor, ast.While, ast.Try)
        )
        for place, block in enumerate(blocks):
            if runs and place == 0:
                _follow(block, line, bound)
            else:
                for name in {name for part in block for name in _targets(part)}:
                    bound.pop(name, None)


def _bind(names: Iterator[str], statement: ast.stmt, bound: _Bound) -> None:
    for name in names:
        bound[name] = statement


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The lists of statements inside one, its main body first."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(statement, field, None)
        if block:
            yield block
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield part.body


def _header(statement: ast.stmt) -> Iterator[str]:
    """The names that a loop or a ``with`` binds before its body."""
    parts: list[ast.AST] = []
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        parts = [statement.target]
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        parts = [item.optional_vars for item in statement.items if item.optional_vars is not None]
    for part in parts:
        yield from _targets(part)


def _targets(node: ast.AST) -> Iterator[str]:
    """The names that a piece of code binds or deletes; a comprehension's are its own."""
    parts = [*ast.walk(node)]
    loops = (part.target for part in parts if isinstance(part, ast.comprehension))
    inner = {name for target in loops for name in ast.walk(target)}
    for part in parts:
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load) and part not in inner:
            yield part.id


def _line(lines: Sequence[str], statement: ast.stmt) -> str:
    """A statement in one line, as it was written if it was in one."""
    first, last = statement.lineno - 1, (statement.end_lineno or statement.lineno) - 1
    if first == last:
        written = lines[first].encode()[statement.col_offset : statement.end_col_offset].decode()
    elif [*_blocks(statement)]:
        written = lines[first].strip()
    else:
        written = ast.unparse(statement)
    return written if len(written) <= LONGEST_LINE else written[: LONGEST_LINE - 1] + "…"
