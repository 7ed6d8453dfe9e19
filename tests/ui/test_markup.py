"""Safe HTML: nothing of a question or a report becomes markup."""

from __future__ import annotations

import pytest

from ui.markup import breadcrumb, escape, prose, shown, shown_pieces

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_escape_hostile_text_leaves_no_tag_and_no_quote(text: str) -> None:
    assert not set("<>\"'") & set(escape(text))


def test_escape_control_and_direction_characters_are_dropped() -> None:
    assert escape("a\x00b\u202ec\td") == "abc\td"


@pytest.mark.parametrize("text", HOSTILE)
def test_shown_hostile_text_leaves_no_tag(text: str) -> None:
    assert "<" not in shown(text)


def test_shown_report_markup_reads_as_a_person_reads_it() -> None:
    assert shown("see [the\nreport](#), 5 m<sup>3</sup> & <b>more</b>") == "see the report, 5 m³ &amp; more"


def test_shown_pieces_cut_inside_a_link_leaves_no_markup_behind() -> None:
    text = "read [the long report](#) now"
    cut = text.index("long")
    assert shown_pieces(text, (cut,)) == ("read the ", "long report now")


def test_shown_pieces_always_gives_one_piece_more_than_cuts() -> None:
    # The second cut lies inside a footnote mark, which is removed with the cut in it.
    assert shown_pieces("one<sup>12</sup> two", (1, 9)) == ("o", "ne two", "")


def test_prose_known_marker_becomes_the_chip_and_unknown_stays_text() -> None:
    html = prose("Five. [1] Six. [7]", lambda marker: '<a href="#x">1</a>' if marker == 1 else None)
    assert html == '<p>Five.\u00a0<a href="#x">1</a> Six. [7]</p>'


def test_prose_dashes_become_a_list_after_their_introduction() -> None:
    assert prose("Three:\n- one\n- two", lambda _: None) == "<p>Three:</p><ul><li>one</li><li>two</li></ul>"


def test_prose_blank_line_starts_a_paragraph() -> None:
    assert prose("One.\n\nTwo.", lambda _: None) == "<p>One.</p><p>Two.</p>"


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_hostile_text_leaves_only_its_own_tags(text: str) -> None:
    assert prose(text, lambda _: None).strip("<p>/").count("<") == 0


def test_breadcrumb_no_headings_gives_nothing() -> None:
    assert breadcrumb(()) == ""


def test_breadcrumb_headings_are_escaped_and_in_order() -> None:
    html = breadcrumb(("A & B", "<i>C</i>"))
    assert html.index("A &amp; B") < html.index(">C<")
