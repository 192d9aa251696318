"""Letters, as they are printed."""

from __future__ import annotations

from io import StringIO

from server.mail import Letter, Printout


def test_a_letter_is_one_line_that_ends_with_the_link() -> None:
    paper = StringIO()

    Printout(paper).send(Letter("Elif Yıldız", "talent", "", "http://localhost/sign-in/abc"))

    assert paper.getvalue() == (
        "Elif Yıldız                      talent     http://localhost/sign-in/abc\n"
    )
