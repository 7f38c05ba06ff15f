"""A YAML file as plain values that know their line and column, and what a schema finds wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.tokens import AliasToken

from chokepoint.errors import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

T = TypeVar("T")
Place = tuple[str | int, ...]

LONGEST_SHOWN = 60

PLAIN: Mapping[str, tuple[str, str]] = {
    "string_type": ("text", "put it in quotation marks"),
    "string_too_short": ("text", "fill it in"),
    "too_short": ("at least one entry", "add one"),
    "bool_type": ("true or false", "write true or false, without quotation marks"),
    "tuple_type": ("a list", "write it like [one, two], or as lines that begin with '- '"),
    "int_type": ("a whole number", "write digits only, without quotation marks"),
    "int_from_float": ("a whole number", "write digits only, without quotation marks"),
    "float_type": ("a number", "write digits without quotation marks, with a point for decimals"),
    "model_type": ("'key: value' lines", "indent them below this line"),
    "model_attributes_type": ("'key: value' lines", "indent them below this line"),
    "dict_type": ("'key: value' lines", "indent them below this line"),
}
"""What was expected and what to do, by the schema library's name of the problem."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A YAML file that was read.

    Args:
        file: its name, for messages.
        values: its content as plain dictionaries, lists, texts and numbers.
        places: line and column (from 1) of every entry, by the keys and positions that lead to it.
    """

    file: str
    values: Any
    places: Mapping[Place, tuple[int, int]]

    def where(self, place: Place) -> str:
        """Return ``file:line:column item`` of an entry, or of the nearest one around it that exists."""
        known = tuple(self._known(place))
        line, column = self.places[known]
        item = ".".join(str(part) for part in known)
        return f"{self.file}:{line}:{column} {item}".rstrip()

    def _known(self, place: Place) -> Iterator[str | int]:
        """Walk down as far as the file goes; parts that are no entry (the schema's own words) are left out."""
        here: Place = ()
        for part in place:
            if (*here, part) in self.places:
                here = (*here, part)
                yield part


def read_document(path: Path, *, file: str | None = None) -> tuple[Document | None, list[Problem]]:
    """Read a YAML 1.2 file.

    Args:
        path: the file.
        file: what to call it in messages; left out, its name without the folder.

    Returns:
        The document, or None with the problem that kept it from being read.
    """
    file = file or path.name
    expected, remedy = "a YAML file (UTF-8)", "check the name, the folder and the encoding"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"a byte (0x{error.object[error.start]:02x}) that is not UTF-8"
        return None, [Problem(where=file, found=found, expected=expected, remedy="save it again in UTF-8")]
    except OSError as error:
        found = (error.strerror or "a file that cannot be read").lower()
        return None, [Problem(where=str(path), found=found, expected=expected, remedy=remedy)]
    tree, problem = _parsed(file, text)
    if problem:
        return None, [problem]
    if not isinstance(tree, CommentedMap):
        found = "an empty file" if tree is None else "something else than 'key: value' lines"
        return None, [Problem(where=f"{file}:1", found=found, expected="lines 'key: value'", remedy="fill it in")]
    places: dict[Place, tuple[int, int]] = {(): (1, 1)}
    values = _plain(tree, (), places)
    return Document(file=file, values=values, places=places), []


def _parsed(file: str, text: str) -> tuple[object, Problem | None]:
    expected = "YAML: 'key: value' lines, lists with '- ', deeper lines indented by spaces"
    try:
        for token in cast("Iterator[object]", YAML().scan(text)):  # pyright: ignore[reportUnknownMemberType]
            if isinstance(token, AliasToken):
                mark = cast("Any", token).start_mark
                found, remedy = "an alias (*name)", "write the value out; anchors and aliases are not read"
                return None, Problem(where=_at(file, mark), found=found, expected="plain values", remedy=remedy)
        yaml = YAML()
        yaml.Constructor = _DatesAsText
        return cast("object", yaml.load(text)), None  # pyright: ignore[reportUnknownMemberType]
    except MarkedYAMLError as error:
        found = str(cast("Any", error).problem or "something that is not YAML").split("\n", 1)[0].removeprefix("found ")
        mark = cast("Any", error).problem_mark or cast("Any", error).context_mark
        where = _at(file, mark)
    except (YAMLError, ValueError) as error:
        found, where = str(error).split("\n", 1)[0], file
    remedy = "look at this line and the one above it: indentation, quotation marks, a key written twice"
    return None, Problem(where=where, found=found, expected=expected, remedy=remedy)


class _DatesAsText(RoundTripConstructor):
    """Leave dates as they are written: a thirteenth month is then one problem among others, with its line."""

    def date_as_text(self, node: object) -> str:
        """Return the text of a date."""
        return str(cast("Any", node).value)


_DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", _DatesAsText.date_as_text)  # pyright: ignore[reportUnknownMemberType]


def _at(file: str, mark: object) -> str:
    return f"{file}:{cast('Any', mark).line + 1}:{cast('Any', mark).column + 1}" if mark else file


def _plain(node: object, place: Place, places: dict[Place, tuple[int, int]]) -> object:
    if isinstance(node, CommentedMap):
        tree = cast("Mapping[object, object]", node)
        for key in tree:
            line, column = cast("Any", node).lc.key(key)
            places[*place, str(key)] = (line + 1, column + 1)
        return {str(key): _plain(each, (*place, str(key)), places) for key, each in tree.items()}
    if isinstance(node, CommentedSeq):
        entries = cast("Sequence[object]", node)
        for number in range(len(entries)):
            line, column = cast("Any", node).lc.item(number)
            places[*place, number] = (line + 1, column + 1)
        return [_plain(each, (*place, number), places) for number, each in enumerate(entries)]
    return _plain_scalar(node)


def _plain_scalar(node: object) -> object:
    # The reader's own classes remember how a value was written; what follows should see the value alone.
    for kind in (bool, int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return None if node is None else str(node)


def validated(
    document: Document, adapter: TypeAdapter[T], context: object, *, values: object = None, root: Place = ()
) -> tuple[T | None, list[Problem]]:
    """Hold a document, or a part of it, against a schema.

    Args:
        document: the document.
        adapter: the schema.
        context: what the schema's own checks need to know.
        values: the part, if not all of it.
        root: where the part stands.

    Returns:
        The record, or None; and everything that is wrong.
    """
    try:
        return adapter.validate_python(document.values if values is None else values, context=context), []
    except ValidationError as error:
        return None, [_problem(document, root, adapter, each) for each in error.errors(include_url=False)]


def _problem(document: Document, root: Place, adapter: TypeAdapter[Any], error: ErrorDetails) -> Problem:
    """Say in the field's words what the schema said in its own."""
    context = error.get("ctx", {})
    name = str(error["loc"][-1]) if error["loc"] else ""
    found, expected, remedy = shown(error["input"]), _lowered(error["msg"]), "correct it"
    match error["type"]:
        case "missing":
            found, expected, remedy = f"no '{name}'", f"a line '{name}: ...'", "add it"
        case "extra_forbidden":
            found, expected = f"an unknown key '{name}'", "only keys that mean something here"
            remedy = did_you_mean(name, _keys(adapter.json_schema()))
        case "union_tag_invalid":
            tags = str(context.get("expected_tags", "")).replace("'", "")
            found, expected = shown(context.get("tag")), f"one of {tags}"
            remedy = did_you_mean(str(context.get("tag")), tags.split(", "))
        case "union_tag_not_found":
            found, expected = "no 'instrument'", "a line 'instrument: ...'"
            remedy = "say which kind of measure it is"
        case "vocabulary":
            expected, remedy = str(context.get("expected")), str(context.get("remedy"))
        case kind if kind in PLAIN:
            expected, remedy = PLAIN[kind]
        case _:
            pass
    return Problem(where=document.where((*root, *error["loc"])), found=found, expected=expected, remedy=remedy)


def refusal(expected: str, remedy: str) -> PydanticCustomError:
    """Return the error a schema's own check raises: what was expected and what to do."""
    return PydanticCustomError("vocabulary", "{expected}", {"expected": expected, "remedy": remedy})


def _keys(schema: object) -> set[str]:
    """Return every key a schema knows, on whatever level."""
    if isinstance(schema, list):
        return {key for each in cast("list[object]", schema) for key in _keys(each)}
    if not isinstance(schema, dict):
        return set()
    entries = cast("dict[str, object]", schema)
    own = entries.get("properties")
    below = {key for each in entries.values() for key in _keys(each)}
    return below | set(cast("dict[str, object]", own)) if isinstance(own, dict) else below


def _lowered(message: str) -> str:
    text = message.removeprefix("Value error, ").removeprefix("Input should be ")
    return text[:1].lower() + text[1:]


def shown(value: object) -> str:
    """Return a value as it is quoted in a message."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "'key: value' lines"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"'{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + '...'}'"
