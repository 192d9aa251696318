"""From a template and what it shows to a page."""

from __future__ import annotations

import json

import pytest
from jinja2 import UndefinedError

from web import faces, qr, render, seating


def shown_error(**context: object) -> str:
    known = {"again": False, "gathering": None, "me": None, "rooms": (), "theme": None}
    return render.page("error.html", "de", **{"heading": "H", "sentence": "S", **known, **context})


def test_what_is_shown_is_escaped() -> None:
    page = shown_error(sentence='<img src=x onerror="alert(1)">')

    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;" in page
    assert "<img" not in page


def test_a_name_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render.page("error.html", "de", heading="H")


def test_values_cannot_end_the_block_of_settings() -> None:
    settings = {"gathering": "</script><script>alert(1)</script>", "and": "<!-- & -->"}

    text = render._json(settings)

    assert "<" not in text
    assert json.loads(text) == settings


def test_a_page_holds_no_script_and_no_style_of_its_own() -> None:
    page = shown_error()

    assert "<style" not in page
    assert "style=" not in page
    assert "onclick" not in page
    assert "<script" not in page


def test_files_have_addresses_that_change_with_them() -> None:
    address = render.static("icons.svg")

    assert address.startswith("/static/icons.svg?v=")
    assert address == render.static("icons.svg")


def test_the_sheet_declares_its_layers_first_and_stays_in_the_house() -> None:
    text, fingerprint = render.sheet()

    assert text.index("@layer tokens, base, components, layouts;") < text.index("@layer tokens {")
    assert "http:" not in text
    assert "https:" not in text
    assert "@import" not in text
    assert render.sheet_address() == f"/foyer.css?v={fingerprint}"


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    drawn = (render.STATIC / "icons.svg").read_text()
    templates = "".join(path.read_text() for path in (render.HERE / "templates").glob("*.html"))
    asked = {part.split('"')[0] for part in templates.split('icon("')[1:]}

    assert [name for name in sorted(asked) if f'id="i-{name}"' not in drawn] == []


def test_a_person_keeps_their_figure() -> None:
    assert faces.figure("elif-yildiz") == faces.figure("elif-yildiz")
    assert {faces.figure(f"guest-{each}").tone for each in range(60)} == set(range(faces.TONES))


def test_the_seating_plan_seats_everybody_it_has_room_for() -> None:
    dots = seating.seats(hall=24, home=38)

    assert sum(dot.kind == "hall" for dot in dots) == 24
    assert sum(dot.kind == "home" for dot in dots) == 38
    assert all(0 <= dot.x <= seating.WIDTH and 0 <= dot.y <= seating.FLOOR for dot in dots)


def test_a_full_house_has_no_free_seat() -> None:
    assert {dot.kind for dot in seating.seats(hall=500, home=1500)} == {"hall", "home"}


def test_the_code_on_the_wall_is_a_square_of_squares() -> None:
    code = qr.code("https://foyer.example/join/gross")

    assert code.size == 29 + 2 * qr.QUIET
    assert code.path.startswith("M2 2h7v1h-7z")
