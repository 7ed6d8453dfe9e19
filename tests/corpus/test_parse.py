from __future__ import annotations

import random
import re

import pytest

from corpus.document import BlockKind, Document
from corpus.errors import ReportFormatError
from corpus.parse import parse_report
from tests.corpus.conftest import METADATA, SMALL


def text_of(document: Document, ref: str) -> str:
    (block,) = document.place(ref)
    return block.text


def test_parse_report_finds_all_158_paragraphs_11_boxes_9_tables(report: Document) -> None:
    kinds = [block.kind for block in report.blocks]
    assert kinds.count(BlockKind.PARAGRAPH) == 158
    assert kinds.count(BlockKind.BOX) == 11
    assert kinds.count(BlockKind.FOOTNOTE) == 1
    assert len(report.tables) == 9
    assert len(report.acronyms) == 33
    assert [block.ref for block in report.blocks if block.kind is BlockKind.PARAGRAPH] == [
        f"para:{number}" for number in range(1, 159)
    ]


@pytest.mark.parametrize(
    ("ref", "across_the_page_break"),
    [
        ("para:10", "continued to grow, with 3.97 million beneficiaries reached."),
        ("para:25", "long-term solutions at the United Nations Economic"),
        ("para:69", "a total of 15,906 vulnerable migrants"),
        ("box:4", "six-month timeframe, thereby informing preparedness"),
        (
            "box:5",
            "while the Organization has also taken on leadership of thematic groups on climate change and data, "
            "and enhanced its partnerships with development actors",
        ),
    ],
)
def test_parse_report_text_cut_by_a_page_is_whole(report: Document, ref: str, across_the_page_break: str) -> None:
    assert across_the_page_break in text_of(report, ref)


@pytest.mark.parametrize(
    ("ref", "section"),
    [
        ("para:1", ("INTRODUCTION",)),
        ("para:30", ("IOM OPERATIONS AND ACTIVITIES", "Driving solutions to displacement")),
        ("para:45", ("IOM OPERATIONS AND ACTIVITIES", "Facilitating pathways for regular migration")),
        ("para:92", ("ENABLERS", "Partnerships")),
        ("box:9", ("ENABLERS", "Partnerships")),
        ("para:158", ("CROSS-CUTTING PRIORITIES", "Environmental sustainability")),
    ],
)
def test_parse_report_headings_of_wrong_level_give_the_true_section(
    report: Document, ref: str, section: tuple[str, ...]
) -> None:
    assert report.place(ref)[0].section == section


def test_parse_report_every_slice_leads_back_to_the_file(report: Document) -> None:
    def bare(text: str) -> str:
        return re.sub(r"[\s*]+", "", text)

    rng = random.Random(7)
    for block in report.blocks:
        for _ in range(20):
            start = rng.randrange(len(block.text))
            end = rng.randrange(start + 1, len(block.text) + 1)
            if block.text[start:end].strip():
                first, last = block.textmap.to_source(start, end)
                assert bare(report.source[first:last]) == bare(block.text[start:end])


def test_parse_report_small_report_without_contents_reads_alike(small: Document) -> None:
    assert text_of(small, "para:1") == (
        "In 2031 we dug 40 wells, of which 30 in the north and ten in the [south](#) of the valley.<sup>1</sup>"
    )
    assert text_of(small, "box:1") == "The hill well is 90 m deep. It cost USD 1,000."
    assert small.place("box:1")[0].title == "A well in the hills"
    assert text_of(small, "footnote:1") == "Two of them were dry."
    assert small.place("para:3")[0].section == ("WATER", "Pumps")
    assert [block.text for block in small.place("foreword")] == ["A year of hard work.", "We dug wells."]
    assert [(found.short, found.long) for found in small.acronyms][0] == (
        "NGO",
        "Non-governmental organization",
    )


def test_parse_report_numbered_list_inside_a_paragraph_stays_in_it(small: Document) -> None:
    assert text_of(small, "para:2").endswith("1. Hilltown, 2. Lakeside.")


def test_parse_report_gap_in_the_numbers_names_the_line() -> None:
    with pytest.raises(ReportFormatError, match=r"line 3: paragraph 3 stands where paragraph 2 was expected"):
        parse_report("1. One.\n\n3. Three.\n", METADATA)


def test_parse_report_repeated_number_names_the_line() -> None:
    with pytest.raises(ReportFormatError, match=r"line 3: paragraph 1 stands where paragraph 2"):
        parse_report("1. One.\n\n1. One again.\n", METADATA)


def test_parse_report_text_without_paragraphs_is_an_error() -> None:
    with pytest.raises(ReportFormatError, match="no numbered paragraph"):
        parse_report("# Title\n\nSome text.\n", METADATA)


def test_parse_report_row_wider_than_the_header_names_the_line() -> None:
    line = SMALL.split("\n").index("North\t10\t20\t30\t25\t5") + 1
    with pytest.raises(ReportFormatError, match=f"line {line}: the row 'North' has more cells"):
        parse_report(SMALL.replace("North\t10\t20\t30\t25\t5", "North\t10\t20\t30\t25\t5\t6"), METADATA)


def test_parse_report_acronym_without_long_form_names_the_line() -> None:
    with pytest.raises(ReportFormatError, match="an acronym without its long form"):
        parse_report(SMALL.replace("NGO\tNon-governmental organization", "NGO\t "), METADATA)
