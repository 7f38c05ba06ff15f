"""Measure Python source against the budgets of ARCHITECTURE.md."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES_PER_MODULE = 400
LINES_PER_FUNCTION = 80
METHODS_PER_CLASS = 12
INHERITANCE_DEPTH = 2
COMPLEXITY = 10

Function = ast.FunctionDef | ast.AsyncFunctionDef
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Yield every function and method, nested ones too."""
    yield from (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Count the lines from ``def`` to the last, docstring included, decorators not."""
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def complexity(function: Function) -> int:
    """Count the independent paths: one, plus one for each branch, loop, handler and filter."""
    nodes = list(ast.walk(function))
    filters = sum(len(node.ifs) for node in nodes if isinstance(node, ast.comprehension))
    return 1 + sum(isinstance(node, BRANCHES) for node in nodes) + filters


def methods(definition: ast.ClassDef) -> int:
    """Count the methods and properties written in a class."""
    return sum(isinstance(node, Function) for node in definition.body)


def inheritance_depths(trees: dict[str, ast.Module]) -> dict[str, int]:
    """Return how many classes of our own stand above each class, as ``module Class``."""
    bases = {
        (module, node.name): [base.id for base in node.bases if isinstance(base, ast.Name)]
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }

    def owners(module: str, name: str) -> list[tuple[str, str]]:
        """Find a class by name: in the same module, else wherever it may have been imported from."""
        return [(module, name)] if (module, name) in bases else [key for key in bases if key[1] == name]

    def depth(module: str, name: str) -> int:
        above = [owner for base in bases[module, name] for owner in owners(module, base)]
        return max((1 + depth(*owner) for owner in above), default=0)

    return {f"{module} {name}": depth(module, name) for module, name in bases}


def overruns(name: str, text: str) -> list[str]:
    """Return one line for every budget that a module's text breaks."""
    tree = ast.parse(text, filename=name)
    found: list[str] = []

    def check(where: str, what: str, measured: int, limit: int) -> None:
        if measured > limit:
            found.append(f"{where}: {measured} {what}, at most {limit}")

    check(name, "lines", len(text.splitlines()), LINES_PER_MODULE)
    for function in functions(tree):
        where = f"{name}:{function.lineno} {function.name}"
        check(where, "lines", length(function), LINES_PER_FUNCTION)
        check(where, "paths", complexity(function), COMPLEXITY)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            check(f"{name}:{node.lineno} {node.name}", "methods", methods(node), METHODS_PER_CLASS)
    return found
