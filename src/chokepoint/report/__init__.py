"""Text and pages: what a run has to say, said to people. Nothing here computes."""

from chokepoint.report.articles import render_articles
from chokepoint.report.html import render_html
from chokepoint.report.payload import Payload
from chokepoint.report.text import render_text

__all__ = ["Payload", "render_articles", "render_html", "render_text"]
