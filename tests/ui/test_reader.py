"""The report's page: its HTML and its routes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.document import Block, BlockKind, Column, Document, TextMap
from corpus.loading import load_report
from corpus.text import plain
from ui.reader import anchor, contents_html, reader_page, report_html
from ui.reader_routes import router
from ui.reader_table import full_table


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def all(self, tag: str = "", kind: str = "") -> list[Element]:
        """Return the elements inside this one in the order of the text."""
        found = []
        for child in self.children:
            if tag in ("", child.tag) and kind in [*child.kinds, ""]:
                found.append(child)
            found += child.all(tag, kind)
        return found

    @property
    def kinds(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


class Reading(HTMLParser):
    """Reads HTML into elements; one that is closed wrongly fails."""

    VOID = ("meta", "input", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("root", {})
        self._open = [self.root]
        self.feed(html)
        self.close()
        assert self._open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.texts.append(data)


@pytest.fixture(scope="module")
def real() -> Document:
    return load_report()


@pytest.fixture(scope="module")
def article(real: Document) -> Element:
    return Reading(report_html(real)).root


def by_id(root: Element, name: str) -> Element:
    (found,) = [element for element in root.all() if element.attributes.get("id") == name]
    return found


@pytest.mark.parametrize(
    ("ref", "name"),
    [("para:14", "para-14"), ("annex:I:1", "annex-I-1"), ("foreword", "foreword"), ("footnote:1", "footnote-1")],
)
def test_anchor_is_the_ref_without_colons(ref: str, name: str) -> None:
    assert anchor(ref) == name


def test_report_every_place_has_exactly_one_element_with_its_id(real: Document, article: Element) -> None:
    ids = Counter(element.attributes["id"] for element in article.all() if "id" in element.attributes)
    refs = {block.ref for block in real.blocks}
    assert {ref: ids[anchor(ref)] for ref in refs} == dict.fromkeys(refs, 1)
    assert set(ids.values()) == {1}


def test_report_every_paragraph_is_there_whole_and_numbered(real: Document, article: Element) -> None:
    paragraphs = [block for block in real.blocks if block.kind is BlockKind.PARAGRAPH]
    assert len(paragraphs) == 158
    for block in paragraphs:
        number = block.ref.removeprefix("para:")
        shown = by_id(article, anchor(block.ref)).all("p")[0].text
        assert shown.startswith(f"{number}. ")
        # A footnote's mark is shown as a link and dropped by ``plain``.
        words = " ".join(plain(block.text).split())
        assert re.sub(r"(?<=migrants)1 ", " ", shown) == f"{number}. {words}"


def test_report_boxes_foreword_and_footnote_are_there_whole(real: Document, article: Element) -> None:
    kinds = (BlockKind.BOX, BlockKind.FOREWORD, BlockKind.FOOTNOTE)
    for block in (block for block in real.blocks if block.kind in kinds):
        shown = " ".join(place.text for place in article.all(kind="place") if place.attributes["data-ref"] == block.ref)
        for text in block.text.split("\n\n"):
            assert " ".join(plain(text).split()) in shown
    assert by_id(article, "box-5").children[0].text.startswith("Box 5. ")


def test_report_acronyms_are_a_list_of_terms(real: Document, article: Element) -> None:
    entries = by_id(article, "acronyms").all("div")
    assert [(entry.children[0].text, entry.children[1].text) for entry in entries] == [
        (acronym.short, acronym.long) for acronym in real.acronyms
    ]


def test_report_tables_have_every_row_and_cell_with_heads(real: Document, article: Element) -> None:
    tables = article.all("table")
    assert len(tables) == len(real.tables) == 9
    for table, element in zip(real.tables, tables, strict=True):
        rows = element.all("tbody")[0].children
        assert len(rows) == len(table.rows)
        for row, shown in zip(table.rows, rows, strict=True):
            head, *cells = shown.children
            assert (head.tag, head.attributes["scope"], head.text) == ("th", "row", row.label)
            assert [cell.text for cell in cells] == [cell.text for cell in row.cells]
        for line in _spread(element.all("thead")[0]):
            assert line == len(table.columns) + 1


def _spread(head: Element) -> list[int]:
    """Return how many columns each line of heads covers, heads of two lines counted in both."""
    lines = [0] * len(head.children)
    for number, line in enumerate(head.children):
        for cell in line.children:
            for covered in range(int(cell.attributes.get("rowspan", "1"))):
                lines[number + covered] += int(cell.attributes.get("colspan", "1"))
    return lines


def test_report_notes_of_an_annex_stand_once_under_its_last_table(real: Document, article: Element) -> None:
    notes = [note.text for note in article.all(kind="note")]
    assert notes == list(dict.fromkeys(note for table in real.tables for note in table.notes))
    figures = article.all("figure")
    assert [bool(figure.all(kind="note")) for figure in figures] == [False] * 5 + [True, False, True, False]


def test_report_footnote_follows_its_mark_and_leads_back(article: Element) -> None:
    (mark,) = article.all("sup")
    link = mark.children[0]
    assert link.attributes["href"] == "#footnote-1"
    refs = [place.attributes["data-ref"] for place in article.all(kind="place")]
    assert refs[refs.index("footnote:1") - 1] == "para:69"
    links = [link.attributes["href"] for link in by_id(article, "footnote-1").all("a")]
    assert f"#{link.attributes['id']}" in links


def test_report_headings_descend_one_level_at_a_time(article: Element) -> None:
    levels = [int(element.tag[1]) for element in article.all() if re.fullmatch("h[1-6]", element.tag)]
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False))


def test_contents_link_every_section_and_number_its_paragraphs(real: Document, article: Element) -> None:
    links = Reading(contents_html(real)).root.all("a")
    headings = [element for element in article.all() if element.attributes.get("id", "").startswith("section-")]
    assert [link.attributes["href"] for link in links] == [f"#{heading.attributes['id']}" for heading in headings]
    assert "Workforce 82–88" in [link.text for link in links]
    assert {section.title for section in real.sections if section.start >= real.blocks[0].start} <= {
        heading.text for heading in headings
    }


def test_place_can_be_asked_about_and_its_citation_copied(article: Element, real: Document) -> None:
    actions = by_id(article, "para-14").all("p", "actions")[0]
    ask, copy = actions.children
    assert ask.attributes["href"] == "./?about=para:14"
    assert copy.attributes["data-copy"] == f"{real.metadata.citation}, para. 14"
    assert copy.attributes["aria-label"] == "Copy citation of para. 14"


def test_report_of_another_report_has_its_own_places(report: Document) -> None:
    root = Reading(report_html(report)).root
    assert [place.attributes["data-ref"] for place in root.all(kind="place")] == [
        "para:1",
        "para:2",
        "para:3",
        "box:1",
        "annex:I:1",
        "annex:II",
    ]
    assert "900 m³ of water" in by_id(root, "para-2").text
    assert not root.all("sup")


def test_report_section_that_comes_twice_gets_two_ids(report: Document) -> None:
    first, second, third, *_ = report.blocks
    again = replace(report, blocks=(first, second, replace(third, section=first.section)), tables=())
    root = Reading(report_html(again)).root
    ids = [element.attributes["id"] for element in root.all("h3")]
    assert ids[2] == f"{ids[0]}-2"


def test_page_markup_from_a_report_is_escaped_everywhere(report: Document) -> None:
    bad = '<img src=x onerror="alert(1)">&\u202e'
    block = report.blocks[0]
    text = f"Text {bad.replace('<', '&lt;')} end"
    evil: list[Block] = [
        replace(block, text=text, ref='para:"><i>', label=f"para {bad}", section=(f"Chapter &lt;script&gt; {bad}",)),
        replace(report.blocks[3], title='&lt;b onclick="x"&gt;', textmap=TextMap(())),
    ]
    table = replace(report.tables[0], title='"&lt;u&gt;', columns=(Column('&lt;u&gt;"'), Column("2023")))
    metadata = replace(report.metadata, title='&lt;script&gt;"', citation='"&lt;s&gt;', language='"><i>')
    document = replace(report, blocks=tuple(evil), tables=(table,), metadata=metadata)
    root = Reading(reader_page(document)).root
    assert not root.all("img") + root.all("i") + root.all("u") + root.all("s") + root.all("b", "x")
    assert len(root.all("script")) == 1
    assert not [name for element in root.all() for name in element.attributes if name.startswith("on")]
    assert "\u202e" not in root.text


def test_full_table_without_row_heading_has_no_empty_head(report: Document) -> None:
    root = Reading(full_table(replace(report.tables[0], row_heading=""), "name")).root
    corner = root.all("thead")[0].children[0].children[0]
    assert (corner.tag, corner.text) == ("td", "")


def test_router_serves_the_report_and_nothing_else(report: Document) -> None:
    app = FastAPI(openapi_url=None)
    app.include_router(router(report))
    client = TestClient(app)
    reply = client.get("/report")
    assert (reply.status_code, reply.text) == (200, reader_page(report))
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for path in ("/report/", "/report/../ui/reader.py", "/report/assets/reader.js", "/"):
        assert client.get(path, follow_redirects=False).status_code in (307, 404)
    assert client.post("/report").status_code == 405
