"""The words by which a text gives away what it offers, in German and in English."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["thesis", "internship", "working-student", "job", "doctorate", "training"]
Remote = Literal["no", "partly", "yes"]
Clue = re.Pattern[str]


def _loose(*patterns: str) -> tuple[Clue, ...]:
    """However it is written."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _strict(*patterns: str) -> tuple[Clue, ...]:
    """With its capitals: names are told from other words by them."""
    return tuple(re.compile(pattern) for pattern in patterns)


LISTED: Final = re.compile(r"^\s*[-–—*•·▪►>#]+\s+")
"What lists, mails and web pages put before a line."


# Lines with a label

LABELS: Final[dict[str, str]] = {
    "title": r"titel|stellentitel|position|job title|title|thema der arbeit",
    "kind": r"art|art der stelle|art der anstellung|anstellungsart|job type|type|employment type",
    "place": r"ort|orte|standort|standorte|arbeitsort|einsatzort|location|place|office|city|wo",
    "remote": r"remote|home[ -]?office|arbeitsmodell|work model|mobiles arbeiten",
    "starts": r"beginn|start|startdatum|starttermin|eintritt|eintrittstermin|start date|"
    r"starting date|ab wann|from when|zeitraum",
    "lasts": r"dauer|laufzeit|befristung|duration|umfang|arbeitszeit|wochenstunden|working hours|"
    r"hours|pensum",
    "degree": r"abschluss|studiengang|studiengänge|studium|studienrichtung|fachrichtung|"
    r"qualifikation|degree|degrees|field of study|fields of study|education",
    "topics": r"themen|thema|schlagworte|schlagwörter|stichworte|schwerpunkte|fachgebiete|skills|"
    r"kenntnisse|keywords|topics|tags|technologien|technologies",
    "contact": r"kontakt|kontaktperson|(?:ihre? )?(?:ansprechpartner(?:in)?|ansprechperson)|"
    r"(?:your )?contact|contact person",
    "link": r"link|webseite|website|url|mehr dazu|more|apply at|online bewerben",
    "until": r"bewerbungsfrist|bewerbungsschluss|frist|bewerben bis|bewerbung bis|deadline|"
    r"application deadline|apply by|closing date|gültig bis|valid until",
}
LABELLED: Final = re.compile(r"^(?P<label>[^:\n]{2,32}?)\s*(?:\([^)]*\))?\s*:\s*(?P<value>.*)$")


# Titles

GREETING: Final = re.compile(
    r"^(?:hallo|liebe|guten (?:tag|morgen|abend)|sehr geehrte|dear|hello|hi\b|stellenanzeige$|"
    r"stellenausschreibung$|wir suchen:?$|we are hiring:?$|job offer$|über uns$|about us$)",
    re.IGNORECASE,
)
SEEKING: Final = re.compile(
    r"^(?:.{2,40}? (?:suchen|sucht|seeks|is looking for|are looking for)"
    r"(?: .{0,30}?)?(?: eine?n?| an?) |stellenanzeige: |stellenausschreibung: |job(?: offer)?: )",
    re.IGNORECASE,
)
"What stands before the work itself in a sentence."
GENDER: Final = re.compile(
    r"\s*[(\[]\s*(?:[mwdfxia*](?:\s*[/|,]\s*[mwdfxia*]){1,4}|gn|all genders|alle geschlechter)"
    r"\s*[)\]]\s*",
    re.IGNORECASE,
)


# What kind of work

TITLES: Final[dict[Kind, str]] = {
    "thesis": r"abschlussarbeit|bachelor(?:-|\s|/)?(?:/?-?master-?)?arbeit|masterarbeit|"
    r"masterthesis|bachelorthesis|studienarbeit|projektarbeit|diplomarbeit|\bthesis\b",
    "doctorate": r"promotion|doktorand|promovend|doktorarbeit|ph\.?\s?d\b|doctoral|doctorate",
    "working-student": r"werkstud|studentische hilfskraft|studentische aushilfe|\bhiwi\b|"
    r"working student|student assistant|student job",
    "internship": r"praktik|praxissemester|praxisphase|\bintern\b|internship|placement",
    "training": r"(?<!abgeschlossene )ausbildung|auszubildende|\bazubi|duales studium|dual study|"
    r"apprentice|weiterbildung|vocational",
    "job": r"trainee|berufseinstieg|direkteinstieg|festanstellung|graduate programme|engineer|"
    r"ingenieur|entwickler|developer|informatiker|physiker|chemiker|techniker|manager|"
    r"technician|stelle\b|mitarbeiter|fachkraft|referent|leitung|scientist|analyst",
}
"What titles say, the strongest first."
ANYWHERE: Final[dict[Kind, str]] = {
    "thesis": TITLES["thesis"],
    "working-student": TITLES["working-student"],
    "doctorate": r"promotionsstelle|doktorandenstelle|ph\.?\s?d position|doctoral position",
    "internship": r"pflichtpraktikum|praktikumsplatz|praxissemester|internship",
    "training": r"ausbildungsplatz|ausbildungsbeginn|apprenticeship",
    "job": r"festanstellung|unbefristet|berufseinstieg|permanent position|full-time",
}
"What a whole text says; there a training may be what is asked for, and not what is offered."


# Where

NAME: Final = r"[A-ZÄÖÜ][\w\-äöüß]+(?:[ -](?:am|an der|im|ob der|bei|[A-ZÄÖÜ][\w\-äöüß]+)){0,3}"
PLACE_IN_TITLE: Final = _strict(rf"\b(?:in|am Standort|at) (?P<it>{NAME})$")
PLACES: Final = _strict(
    rf"\b\d{{5}} (?P<it>{NAME})",
    rf"\b(?:am|an unserem|für unseren|unserem) (?:Standort|Sitz|Hauptsitz)(?: in)? (?P<it>{NAME})",
    rf"\b(?:site|office|headquarters|laboratory|based|located) in (?P<it>{NAME})",
    rf"\bin our (?P<it>{NAME}) (?:office|site|laboratory)",
)
ALL_REMOTE: Final = (
    r"\b100\s?% remote|\b(?:voll(?:ständig)?|komplett|rein|fully|completely|entirely)[ -]?remote|"
    r"ortsunabhängig|remote[ -](?:only|first)|work from anywhere|deutschlandweit remote"
)
SOME_REMOTE: Final = (
    r"\bhybrid|home[ -]?office|remote|mobile[sn]? arbeiten|telearbeit|von zu hause|work from home"
)
REMOTE: Final[dict[Remote, str]] = {
    "no": r"\b(?:keine?|no|nicht|not) (?:home[ -]?office|remote|mobile\w* arbeit)",
    "yes": ALL_REMOTE,
    "partly": SOME_REMOTE,
}
"The first that is found is meant."
ELSEWHERE: Final = re.compile(
    rf"[\s,;/(|–-]*(?:oder |und |or |and )?(?:(?:bis zu |up to )?\w+ (?:Tage?|days?) )?"
    rf"(?:{ALL_REMOTE}|{SOME_REMOTE})[^,;/|]*",
    re.IGNORECASE,
)
"What stands behind a place and is none."


# When, and how much

MONTHS: Final = {
    "januar": 1, "jänner": 1, "january": 1, "februar": 2, "february": 2, "märz": 3, "march": 3,
    "april": 4, "mai": 5, "may": 5, "juni": 6, "june": 6, "juli": 7, "july": 7, "august": 8,
    "september": 9, "oktober": 10, "october": 10, "november": 11, "dezember": 12, "december": 12,
}  # fmt: skip
MONTH: Final = "|".join(MONTHS)
DAY: Final = (
    r"(?:\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?|\d{4}-\d\d-\d\d|"
    rf"(?:\d{{1,2}}(?:\.|st|nd|rd|th)? )?(?:{MONTH})\b(?: \d{{1,2}},)?(?: \d{{4}})?)"
)
SEASON: Final = (
    r"(?:(?:winter|sommer)semester|ws|ss|frühjahr|frühling|sommer|herbst|winter|spring|summer|"
    r"autumn|fall)\b(?: \d{2,4}(?:/\d{2,4})?)?"
)
STARTS: Final = _loose(
    rf"\b(?P<it>ab (?:sofort|(?:dem )?{DAY}|(?:dem )?{SEASON}))",
    rf"\b(?P<it>zum (?:nächstmöglichen (?:Zeitpunkt|Termin)|{DAY}|{SEASON}))",
    r"\b(?P<it>nach (?:Absprache|Vereinbarung))\b",
    rf"\b(?:starting|beginning|start) (?:in |on |from )?(?P<it>{DAY}|{SEASON})",
    rf"\b(?P<it>from {DAY}(?: on(?:wards)?)?)",
    r"\b(?P<it>immediately|as soon as possible|by arrangement)\b",
)
NUMBER: Final = (
    r"(?:\d{1,2}(?:[.,]\d)?(?:\s?(?:-|–|bis|to)\s?\d{1,2})?|drei|vier|fünf|sechs|zwölf|zwei|"
    r"three|four|five|six|twelve|two)"
)
LASTS: Final = _loose(
    rf"\b(?P<it>{NUMBER} (?:Monaten?|months))\b",
    rf"\b(?:für|auf|for|befristet auf|lasts) (?P<it>{NUMBER} (?:Jahren?|years))\b",
)
HOURS: Final = _loose(
    rf"\b(?P<it>{NUMBER}\s?(?:Stunden|Std\.?|h|hours)\s?(?:pro Woche|die Woche|/\s?Woche|"
    r"wöchentlich|per week|a week|/\s?week))",
    r"\b(?P<it>(?:50|60|65|67|70|75|80|90|100)\s?%)(?= ?(?:[,.;)]|Stelle|E ?1|TV|$))",
    r"\b(?P<it>Vollzeit|Teilzeit|full[ -]time|part[ -]time)\b",
)
UNTIL: Final = _loose(
    rf"\b(?:bewerb\w*|bewirb dich)[^.\n]{{0,60}}?\bbis (?:zum )?(?P<it>{DAY})",
    rf"\bbis (?:zum )?(?P<it>{DAY})[^.\n]{{0,20}}\bbewerb",
    rf"\bapply\b[^.\n]{{0,40}}?\b(?:by|until|before) (?P<it>{DAY})",
)
DATES: Final = _loose(
    r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)",
    r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d\d)\b",
    rf"(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)? (?P<m>{MONTH}) (?P<y>\d{{4}})",
    rf"(?P<m>{MONTH}) (?P<d>\d{{1,2}}),? (?P<y>\d{{4}})",
)
"A day without its year is no date."


# For whom, about what

DEGREES: Final = _strict(
    r"\b(?P<it>(?:Bachelor|Master|Diplom)(?:\s?(?:/|oder|or|und|and|-)\s?(?:Bachelor|Master|"
    r"Diplom))?-?(?:studium|studiengang|abschluss|studierende)? (?:der|des|in|im Bereich|im Fach|"
    r"of) [^.;\n(]{3,80})",
    r"\b(?P<it>(?:Studium|Studierende|Studienabschluss|Hochschulabschluss) (?:der|des|in|im "
    r"Bereich|im Fach) [^.;\n(]{3,80})",
    r"\b[Yy]ou (?:study|are studying) (?P<it>[^.;\n(]{3,80})",
    r"\b(?P<it>(?:[Dd]egree|[Ss]tudents?|[Ss]tudies) (?:in|of) [^.;\n(]{3,80})",
    r"\b(?P<it>(?:[Aa]bgeschlossene )?(?:Berufsa|A)usbildung (?:als|zum|zur|in) [^.;\n(]{3,80})",
)
GOES_ON: Final = re.compile(
    r",\s|\s(?:oder (?:einer|eines|vergleichbar)|sowie|or (?:a )?similar|absolviert|erwerben)"
)
"Where a degree ends and its sentence goes on."
TERMS: Final = (
    "Akustik", "Analogtechnik", "Antriebstechnik", "Arduino", "Automatisierung", "AutoCAD",
    "Bildverarbeitung", "Biomedizintechnik", "C++", "CAD", "Chemie", "Computer Vision", "COMSOL",
    "Data Science", "Datenanalyse", "Deep Learning", "Elektronik", "Elektrotechnik",
    "Embedded Systems", "Energietechnik", "Fertigung", "FPGA", "Halbleiter", "Hydraulik", "Java",
    "JavaScript", "KI", "Konstruktion", "LabVIEW", "Lasertechnik", "Leiterplatten",
    "Machine Learning", "Maschinelles Lernen", "Maschinenbau", "MATLAB", "Mechatronik",
    "Medizintechnik", "Messtechnik", "Mikrofluidik", "Mikrosystemtechnik", "Nachhaltigkeit",
    "Optik", "Photonik", "Physik", "Prüftechnik", "Python", "Qualitätssicherung",
    "Regelungstechnik", "Robotik", "Robotics", "ROS", "Rust", "Sensorik", "Signalverarbeitung",
    "Simulation", "SolidWorks", "Spektroskopie", "SPS", "SQL", "Strömungsmechanik", "TypeScript",
    "Verfahrenstechnik", "Vertrieb", "Werkstofftechnik",
)  # fmt: skip
"Topics that are found in a text though nobody at the gathering has named them yet."


# Whom to ask

MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
PHONE: Final = re.compile(r"(?:\+|\b00|\b0)\d[\d ()/-]{6,20}\d")
PERSON: Final = re.compile(
    r"(?:Frau|Herrn?|Ms\.?|Mrs\.?|Mr\.?|Dr\.(?:-Ing\.)?|Prof\.)(?: (?:Dr\.|Prof\.))* "
    r"[A-ZÄÖÜ][\w\-]+(?: [A-ZÄÖÜ][\w\-]+){0,2}"
)
ADDRESSED: Final = re.compile(r"^(?:Herrn|Herr|Frau|Mr\.?|Mrs\.?|Ms\.?) ")
LINK: Final = re.compile(r"https?://[^\s<>()\[\]\"'„“”]+")
