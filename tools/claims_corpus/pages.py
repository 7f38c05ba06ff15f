"""Put the text of an article into a web page with navigation, advertising and a footer round it."""

from __future__ import annotations

import html

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | {site}</title>
<script>var consent = {{"ads": true}}; /* not part of the article */</script>
<style>.nav {{ color: #333 }} .ad {{ display: block }}</style>
</head>
<body>
<header><nav class="nav"><ul>
{navigation}
</ul></nav></header>
<div class="ad"><p>Advertisement</p></div>
<main><article>
<h1>{title}</h1>
<p class="byline"><time datetime="{published}">{published}</time></p>
{body}
</article></main>
<aside><h2>Most read</h2><ul><li><a href="/a">Ten gardens to see this spring</a></li><li><a href="/b">Quiz of the week</a></li></ul></aside>
<footer><p>Cookie settings &middot; Privacy &middot; Subscribe to our newsletter for $1 a week</p></footer>
</body>
</html>
"""


def paragraph(text: str, number: int) -> str:
    """Write one paragraph, broken over lines as web pages are, some words emphasised."""
    words = html.escape(text, quote=False).replace("—", "&mdash;").replace("\u2019", "&rsquo;").split(" ")
    lines = [" ".join(words[start : start + 14]) for start in range(0, len(words), 14)]
    if number % 2 and len(words) > 6:
        lines[0] = f'<a href="/topic/{number}">{words[0]}</a> ' + " ".join(words[1:14])
    return "<p>" + "\n    ".join(lines) + "</p>"


def page(text: str, *, published: str, site: str, outside: list[str]) -> str:
    """Return the whole page; the first paragraph of the text is its title."""
    title, *paragraphs = text.strip().split("\n\n")
    body = "\n".join(paragraph(part, number) for number, part in enumerate(paragraphs))
    navigation = "\n".join(
        f'<li><a href="/{number}">{html.escape(item)}</a></li>' for number, item in enumerate(outside)
    )
    return PAGE.format(
        title=html.escape(title), site=html.escape(site), navigation=navigation, published=published, body=body
    )
