"""What every page is rendered with: templates that escape all they show, and the files built beside them."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined


def page_environment() -> Environment:
    """Return the templates; what they show is text, never markup."""
    return Environment(
        loader=PackageLoader("chokepoint.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def static(name: str) -> str:
    """Return a file of the built page."""
    return (files("chokepoint.report") / "static" / name).read_text(encoding="utf-8")
