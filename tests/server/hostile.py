"""PDFs as hostile people, and clumsy programs, would hand them in."""

from __future__ import annotations

import zlib

from tests.server.decks import PAGE, deck, pdf

SCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
WORDS = b"BT /F 24 Tf 60 400 Td (Hello) Tj ET"


def plain(catalog: str = "", *more: str) -> bytes:
    """One page; objects in `more` are numbered from 6 on."""
    return pdf([(PAGE, WORDS)], catalog, more=more)


def packed(objects: str, how: str = "/Filter /FlateDecode") -> bytes:
    """One page, and an object stream with object 20 in it, to which the catalogue refers."""
    body = ("20 0 " + objects).encode()
    data = zlib.compress(body) if "Flate" in how else body
    head = f"<< /Type /ObjStm /N 1 /First 5 {how} /Length {len(data)} >>".encode()
    written = plain("/Stuff 20 0 R")
    stream = b"6 0 obj\n" + head + b"\nstream\n" + data + b"\nendstream\nendobj\n"
    return written.replace(b"xref\n", stream + b"xref\n", 1)


def attached(xml: bytes, copies: int = 1) -> bytes:
    """One page, and a file inside as Europass has it."""
    names = " ".join(f"(attachment{n}.xml) {6 + 2 * n} 0 R" for n in range(copies))
    files: list[str] = []
    for n in range(copies):
        name = f"/F (attachment{n}.xml) /UF (attachment{n}.xml)"
        files.append(f"<< /Type /Filespec {name} /EF << /F {7 + 2 * n} 0 R >> >>")
        words = xml.decode("latin-1")
        files.append(
            f"<< /Type /EmbeddedFile /Subtype /text#2Fxml /Length {len(words)} >>"
            f"\nstream\n{words}\nendstream"
        )
    return plain(f"/Names << /EmbeddedFiles << /Names [{names}] >> >>", *files)


def hidden() -> bytes:
    """A script inside another object's stream, where only the table of offsets leads."""
    inside = "20 0 obj << /S %here\n/J#61vaScript /J#53 (1) >> endobj"
    body = f"<< /Length {len(inside)} >>\nstream\n{inside}\nendstream"
    return plain("/Stuff 20 0 R", body)


def bomb() -> bytes:
    """An object stream of a few kilobytes that unpacks to a hundred megabytes."""
    data = zlib.compress(b"20 0 " + b" " * (100 << 20), 9)
    head = f"<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length {len(data)} >>".encode()
    stream = b"6 0 obj\n" + head + b"\nstream\n" + data + b"\nendstream\nendobj\n"
    return plain().replace(b"xref\n", stream + b"xref\n", 1)


def endless() -> bytes:
    """As many words as fit."""
    return b"%PDF-1.7\n" + b"1 " * (5 << 20) + deck("Hello")[9:]


OLD_EUROPASS = """<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en">
  <LearnerInfo>
    <Identification>
      <PersonName><FirstName>Nele</FirstName><Surname>Beispiel</Surname></PersonName>
      <ContactInfo><Email><Contact>nele@beispiel.example</Contact></Email>
        <TelephoneList><Telephone><Contact>+49 7000 123</Contact></Telephone></TelephoneList>
      </ContactInfo>
    </Identification>
    <Headline><Description><Label>Werkstudium in der Messtechnik</Label></Description></Headline>
    <EducationList><Education><Title>Bachelor of Science</Title>
      <Field><Label>Mechatronik</Label></Field></Education></EducationList>
    <Skills><Computer><Description>Python, CAD; Messtechnik</Description></Computer></Skills>
  </LearnerInfo>
</SkillsPassport>"""

NEW_EUROPASS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3"
  xmlns:oa="http://www.openapplications.org/oagis/9">
  <CandidatePerson>
    <PersonName><oa:GivenName>Nele</oa:GivenName>
      <hr:FamilyName>Beispiel</hr:FamilyName></PersonName>
    <Communication><ChannelCode>Email</ChannelCode>
      <oa:URI>nele@beispiel.example</oa:URI></Communication>
    <Communication><ChannelCode>Telephone</ChannelCode>
      <oa:DialNumber>7000 123</oa:DialNumber></Communication>
  </CandidatePerson>
  <CandidateProfile>
    <hr:ExecutiveSummary>&lt;p&gt;
      Werkstudium in der &lt;b&gt;Messtechnik&lt;/b&gt;&lt;/p&gt;</hr:ExecutiveSummary>
    <EducationHistory><EducationOrganizationAttendance>
      <MajorProgramName>Mechatronik</MajorProgramName>
      <EducationDegree><hr:DegreeName>Bachelor of Science</hr:DegreeName></EducationDegree>
    </EducationOrganizationAttendance></EducationHistory>
    <PersonQualifications><PersonCompetency><hr:CompetencyName>Python</hr:CompetencyName>
    </PersonCompetency></PersonQualifications>
  </CandidateProfile>
</Candidate>"""

LAUGHS = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<Candidate>&b;</Candidate>"""
