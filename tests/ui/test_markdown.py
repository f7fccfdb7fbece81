"""The small Markdown of answers as HTML: what is markup, and that nothing else ever is."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Language
from ui.markdown import prefixes, to_html

OURS = {"p", "br", "h4", "ul", "li", "strong", "a", "span"}
ATTRIBUTES = {
    "a": {"class": "marker", "href": "#un", "aria-label": "Source 1"},
    "span": {"lang": "fr"},
}
PIECES = ["<script>", "</p>", "<img src=x onerror=a()>", "**", "[1]", "[2]", "### ", "- ", "\n"]
PIECES += ["&", '"', "'", "<", ">", "](javascript:a)", "](", "![", "&lt;", "\u00a0", "é", " "]
PIECES += ["«", "»"]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


class Reader(HTMLParser):
    """What a browser would find: tags with their attributes, and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(str(html))  # plain: a Markup would escape what it is joined to
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(texts, st.sampled_from(["fr", "en"]))
def test_no_tag_nor_attribute_of_the_text_survives(text: str, language: Language) -> None:
    read = Reader(to_html(text, {1: "#un"}, language))
    for tag, attributes in read.tags:
        assert tag in OURS
        assert attributes == ATTRIBUTES.get(tag, {})


@given(texts)
def test_every_word_of_the_text_is_shown(text: str) -> None:
    def letters(read: str) -> str:
        return re.sub(r"[\s#*-]", "", read)

    assert letters(Reader(to_html(text, {})).text) == letters(text)


@given(texts)
def test_the_last_prefix_is_the_text(text: str) -> None:
    grown = list(prefixes(text))
    assert grown[-1] == text
    assert all(after.startswith(before) for before, after in pairwise(grown))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un.\nDeux.\n\nTrois.", "<p>Un.<br>Deux.</p>\n<p>Trois.</p>"),
        ("### Titre\n- a\n- b", "<h4>Titre</h4>\n<ul><li>a</li><li>b</li></ul>"),
        ("**fort** et *non*", "<p><strong>fort</strong> et *non*</p>"),
        ("[9] et [0]", "<p>[9] et [0]</p>"),
        ("# grand", "<p># grand</p>"),
        ("a **b", "<p>a **b</p>"),
        ("<b>x</b> & y", "<p>&lt;b&gt;x&lt;/b&gt; &amp; y</p>"),
    ],
)
def test_what_is_markup(text: str, html: str) -> None:
    assert to_html(text, {1: "#un"}) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("« Un » [1]", '<p><span lang="fr">« Un »</span> [1]</p>'),
        ("- « a « b » c » then « d »", "<ul><li>{« a « b » c »} then {« d »}</li></ul>"),
        ("“no” « open", "<p>“no” « open</p>"),
    ],
)
def test_a_quotation_in_an_english_text_is_said_to_be_french(text: str, html: str) -> None:
    wanted = html.replace("{", '<span lang="fr">').replace("}", "</span>")
    assert to_html(text, {}, "en") == wanted
    assert "span" not in to_html(text, {}, "fr")


@pytest.mark.parametrize("text", ["[1]", "[1][2]", "**[1]**", "- [1]", "### [1]"])
def test_a_marker_leads_to_its_source(text: str) -> None:
    links = [a for tag, a in Reader(to_html(text, {1: "#un", 2: "#deux"})).tags if tag == "a"]
    assert links[0]["href"] == "#un"
    assert len(links) == text.count("[")
