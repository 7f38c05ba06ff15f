"""A reader of Gambit's text files for tests, written from the description of the formats."""

from __future__ import annotations

import re
from fractions import Fraction

TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([{}])|([^\s{},"]+)')


def tokens(text):
    for label, brace, word in TOKEN.findall(text):
        yield brace or word or ("label", label.replace('\\"', '"'))


def labels(stream):
    """Read labels in braces, nested braces as lists."""
    found = []
    for each in stream:
        if each == "}":
            return found
        found.append(labels(stream) if each == "{" else each[1] if isinstance(each, tuple) else each)
    return found


def read_strategic(text):
    """Return players, their strategies, and payoffs by strategies of both."""
    stream = tokens(text)
    assert [next(stream) for _ in range(3)] == ["NFG", "1", "R"]
    next(stream)
    assert next(stream) == "{"
    players = labels(stream)
    assert next(stream) == "{"
    ladders = labels(stream)
    assert isinstance(next(stream), tuple)
    numbers = [float(Fraction(word)) for word in stream]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    rows = len(ladders[0])
    return players, ladders, {(at % rows, at // rows): pair for at, pair in enumerate(pairs)}


def read_extensive(text):
    """Return players and the tree: (player, actions, branches), or payoffs."""
    stream = tokens(text)
    assert [next(stream) for _ in range(3)] == ["EFG", "2", "R"]
    next(stream)
    assert next(stream) == "{"
    players = labels(stream)
    next(stream)

    def node():
        kind = next(stream)
        next(stream)
        if kind == "t":
            next(stream)
            next(stream)
            assert next(stream) == "{"
            return tuple(float(Fraction(word)) for word in labels(stream))
        player = int(next(stream))
        next(stream)
        next(stream)
        assert next(stream) == "{"
        actions = labels(stream)
        assert next(stream) == "0"
        return player, actions, [node() for _ in actions]

    tree = node()
    assert next(stream, None) is None
    return players, tree


def count_back(tree):
    """Return what both get if everybody chooses best from here on, and the actions that lead there."""
    if all(isinstance(each, float) for each in tree):
        return tree, ()
    player, actions, branches = tree
    ends = [count_back(branch) for branch in branches]
    best = max(range(len(ends)), key=lambda at: ends[at][0][player - 1])
    return ends[best][0], (actions[best], *ends[best][1])
