"""What a pasted offer says is found in German and in English, and nothing is made up."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.clues import Kind, Remote
from web.pasted import LONGEST, MOST_TOPICS, Found, read

THESIS = """Abschlussarbeit (m/w/d): Blasenfreies Dosieren

Auwald Mikrotechnik entwickelt Mikroventile und Dosierpumpen.

Ihre Aufgaben:
- Sie bauen einen Versuchsstand auf.
- Sie werten Messungen mit Python aus.

Profil: Freude am Experiment
Studiengang: Mechatronik, Maschinenbau
Standort: Sankt Auwald, zwei Tage Homeoffice möglich
Beginn: ab sofort
Dauer: 6 Monate
Themen: Mikrofluidik, Messtechnik
Bewerbungsfrist: 31. März 2027
Ansprechpartnerin: Greta Lenz, lenz@auwald.example, +49 7000 1234-56
Mehr dazu: https://auwald.example/dosieren.
"""

STUDENT = """Hello everybody,

Kernbach Sensorik is looking for a Working Student Embedded Systems (f/m/d) in Kernbach. You write
firmware in C++, 16 hours per week, starting in April 2027.

You study electrical engineering or a similar subject. Hybrid work is fine.
Apply by 15 February 2027 to Dr. Nora Feld, feld@kernbach.example.
"""


def test_a_german_offer_with_labels() -> None:
    assert read(THESIS) == Found(
        title="Abschlussarbeit: Blasenfreies Dosieren",
        kind="thesis",
        place="Sankt Auwald",
        remote="partly",
        starts="ab sofort, 6 Monate",
        degree="Mechatronik, Maschinenbau",
        topics=("Mikrofluidik", "Messtechnik"),
        contact="Greta Lenz, lenz@auwald.example, +49 7000 1234-56",
        link="https://auwald.example/dosieren",
        until=date(2027, 3, 31),
        text="Auwald Mikrotechnik entwickelt Mikroventile und Dosierpumpen.\n\n"
        "Ihre Aufgaben:\n– Sie bauen einen Versuchsstand auf.\n"
        "– Sie werten Messungen mit Python aus.\n\nProfil: Freude am Experiment",
    )


def test_an_english_mail_in_sentences() -> None:
    found = read(STUDENT, known=("Drucksensoren",))

    assert found.title == "Working Student Embedded Systems in Kernbach"
    assert found.kind == "working-student"
    assert found.place == "Kernbach"
    assert found.remote == "partly"
    assert found.starts == "April 2027, 16 hours per week"
    assert found.degree == "electrical engineering"
    assert found.topics == ("Sensorik", "Embedded Systems", "C++")
    assert found.contact == "Dr. Nora Feld, feld@kernbach.example"
    assert found.until == date(2027, 2, 15)
    assert "You write" in found.text  # of a whole sentence nothing is lost


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Masterarbeit Akustik", "thesis"),
        ("Bachelor-/Masterarbeit zur Optik", "thesis"),
        ("Master's Thesis: Speckle", "thesis"),
        ("Pflichtpraktikum in der Fertigung", "internship"),
        ("Intern, Data Science", "internship"),
        ("Werkstudent (m/w/d) Prüffeld", "working-student"),
        ("Werkstudium Qualitätssicherung", "working-student"),
        ("Studentische Hilfskraft", "working-student"),
        ("Promotionsstelle Optische Kohärenz", "doctorate"),
        ("PhD position in photonics", "doctorate"),
        ("Ausbildung zur Mechatronikerin", "training"),
        ("Duales Studium Elektrotechnik", "training"),
        ("Traineeprogramm Entwicklung", "job"),
        ("Software Engineer (all genders)", "job"),
        ("Ein Abend im Foyer", None),
    ],
)
def test_the_kind_of_work(title: str, kind: Kind | None) -> None:
    assert read(title).kind == kind


def test_a_training_that_is_asked_for_is_not_offered() -> None:
    assert read("Optik im Alltag\n\nAbgeschlossene Ausbildung als Feinoptiker.").kind is None


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("Kein Homeoffice im Labor.", "no"),
        ("Zwei Tage Home-Office die Woche.", "partly"),
        ("Sie arbeiten hybrid.", "partly"),
        ("100 % remote.", "yes"),
        ("Arbeitsort: Kernbach oder ortsunabhängig", "yes"),
        ("Fully remote within Europe.", "yes"),
        ("Im Labor.", None),
    ],
)
def test_how_much_is_done_elsewhere(text: str, remote: Remote | None) -> None:
    assert read(text).remote == remote


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Beginn: 1. Oktober 2027", "1. Oktober 2027"),
        ("Wir freuen uns auf Sie ab dem 01.04.2027.", "ab dem 01.04.2027"),
        ("zum nächstmöglichen Zeitpunkt, Vollzeit", "zum nächstmöglichen Zeitpunkt, Vollzeit"),
        ("75 %, befristet auf drei Jahre", "drei Jahre, 75 %"),
        ("Sie haben drei Jahre Berufserfahrung.", ""),
        ("16 Stunden pro Woche, ab Wintersemester 2027/28", "ab Wintersemester 2027/28, 16 Stunden"
         " pro Woche"),
        ("We start in October 2027 for 6 months.", "October 2027, 6 months"),
    ],
)  # fmt: skip
def test_from_when_and_how_much(text: str, starts: str) -> None:
    assert read(text).starts == starts


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Bewerbungsfrist: 30.6.2027", date(2027, 6, 30)),
        ("Deadline: 2027-06-30", date(2027, 6, 30)),
        ("Bitte bewerben Sie sich bis zum 3. Mai 2027.", date(2027, 5, 3)),
        ("Apply online until May 3, 2027.", date(2027, 5, 3)),
        ("Bewerbungsfrist: 31.2.2027", None),
        ("Bewerbungsfrist: bald", None),
        ("Die Messe endet am 3. Mai 2027.", None),
    ],
)
def test_until_when_one_may_apply(text: str, until: date | None) -> None:
    assert read(text).until == until


def test_a_label_may_have_its_value_below() -> None:
    assert read("Optik\n\nStandort:\n\nSankt Auwald\nmit See").place == "Sankt Auwald"


def test_a_place_is_told_by_its_number_or_its_site() -> None:
    assert read("Institut, Seestr. 4, 98765 Tannberg am See").place == "Tannberg am See"
    assert read("Sie arbeiten an unserem Standort in Offental.").place == "Offental"


def test_topics_others_use_are_found_as_words() -> None:
    known = ("Mikrofluidik", "Ton")
    assert read("Beton und Mikrofluidik, kein ROSt", known).topics == ("Mikrofluidik",)


@given(st.text(max_size=400))
def test_any_text_gives_something_that_fits_the_form(text: str) -> None:
    found = read(text)
    lines = (found.title, found.place, found.starts, found.degree, found.contact)

    assert all(len(line) <= LONGEST and "\n" not in line for line in lines)
    assert len(found.topics) <= MOST_TOPICS


def test_a_hostile_text_is_read_in_no_time() -> None:
    ort = f"Ort: {'(' * 9_000}"
    for text in (ort, "a:" * 10_000, "1 " * 10_000, "A-" * 10_000, "bewerb" * 3_000):
        started = process_time()
        assert read(text).until is None
        assert process_time() - started < 2.0  # on a slow machine; else some hundredths
