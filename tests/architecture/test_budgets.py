from __future__ import annotations

import ast
import re
import textwrap

from tests.architecture import budgets
from tests.architecture.repository import committed, parsed, shown, source_modules

# Words that say a thing has not found its name yet (ARCHITECTURE.md, "Names").
EMPTY_WORDS = "util|utils|helper|helpers|common|misc|base|core|manager|handler|processor|info"
EMPTY_NAME = re.compile(rf"(?:^|_)(?:{EMPTY_WORDS})$", re.IGNORECASE)
EMPTY_CLASS = re.compile(rf"(?:^|[a-z0-9])(?:{'|'.join(w.title() for w in EMPTY_WORDS.split('|'))})$")


def test_no_module_function_or_class_outgrows_its_budget():
    found = [line for path in committed(".py") for line in budgets.overruns(shown(path), path.read_text("utf-8"))]
    assert not found, "\n".join(found)


def test_no_class_stands_deeper_than_two():
    trees = {shown(path): parsed(path) for path in source_modules()}
    deep = {name: n for name, n in budgets.inheritance_depths(trees).items() if n > budgets.INHERITANCE_DEPTH}
    assert not deep


def test_no_module_or_class_has_an_empty_name():
    found = [shown(path) for path in committed(".py") if any(EMPTY_NAME.search(p) for p in (*path.parts, path.stem))]
    for path in committed(".py"):
        classes = (node for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef))
        found += [f"{shown(path)}:{node.lineno} {node.name}" for node in classes if EMPTY_CLASS.search(node.name)]
    assert not found


def test_the_empty_names_are_recognised():
    assert all(EMPTY_NAME.search(name) for name in ("utils", "date_helpers", "base"))
    assert not any(EMPTY_NAME.search(name) for name in ("scorebase", "database", "base_year", "information"))
    assert all(EMPTY_CLASS.search(name) for name in ("RunManager", "Base", "CaseInfo"))
    assert not EMPTY_CLASS.search("Database")


def test_paths_through_a_function_are_counted():
    text = """
    def tangled(values):
        for value in values:
            if value > 1 and value < 9:
                return 1 if value else 2
            try:
                pass
            except ValueError:
                pass
        while [v for v in values if v]:
            pass
    """
    tree = ast.parse(textwrap.dedent(text))
    assert [budgets.complexity(function) for function in budgets.functions(tree)] == [7]


def test_every_kind_of_overrun_is_named():
    long_function = "def long():\n" + "    x = 1\n" * 80
    many_methods = "class Wide:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(13))
    tangled = "def tangled(a):\n" + "    if a: a = 1\n" * 10
    many_lines = "#\n" * 200
    found = budgets.overruns("sample.py", long_function + many_methods + tangled + many_lines * 2)
    assert [line.split(": ", 1)[1] for line in found] == [
        "506 lines, at most 400",
        "81 lines, at most 80",
        "11 paths, at most 10",
        "13 methods, at most 12",
    ]


def test_depth_of_inheritance_counts_our_own_classes_across_modules():
    above = ast.parse("class A(Exception): ...\nclass B(A): ...\n")
    below = ast.parse("from above import B\nclass C(B): ...\nclass A: ...\n")
    depths = budgets.inheritance_depths({"above": above, "below": below})
    assert depths == {"above A": 0, "above B": 1, "below C": 2, "below A": 0}
