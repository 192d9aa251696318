"""An offer as search engines read it: a JobPosting of schema.org."""

from __future__ import annotations

import re
from typing import Any, Final

from babel.core import get_global
from markupsafe import escape

from rooms.jobs import Job
from schedule.items import Booth, Gathering
from web.times import stamp

EMPLOYMENT: Final = {
    "thesis": "OTHER",
    "internship": "INTERN",
    "working-student": "PART_TIME",
    "job": "FULL_TIME",
    "doctorate": "TEMPORARY",
    "training": "OTHER",
}
"https://developers.google.com/search/docs/appearance/structured-data/job-posting"


def posting(job: Job, booth: Booth, gathering: Gathering, address: str) -> dict[str, Any]:
    """What is in the page for machines; `address` is that of the offer's public page.

    Which country a place lies in nobody is asked; it is taken to be the gathering's.
    """
    country = _country(gathering.time_zone)
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "description": _described(job),
        "identifier": {
            "@type": "PropertyValue",
            "name": booth.organisation,
            "value": f"{gathering.id}-{job.id}",
        },
        "datePosted": stamp(job.at),
        "validThrough": stamp(job.valid_until),
        "employmentType": EMPLOYMENT[job.kind],
        "hiringOrganization": {"@type": "Organization", "name": booth.organisation},
        "url": address,
        "directApply": False,
    }
    if job.place or job.remote != "yes":
        where = {"addressLocality": job.place or gathering.city, "addressCountry": country}
        said = {key: value for key, value in where.items() if value}
        found["jobLocation"] = {
            "@type": "Place",
            "address": {"@type": "PostalAddress", **said},
        }
    if job.remote == "yes":
        found["jobLocationType"] = "TELECOMMUTE"
        if country:
            found["applicantLocationRequirements"] = {"@type": "Country", "name": country}
    if job.topics:
        found["skills"] = ", ".join(job.topics)
    if job.degree:
        found["qualifications"] = job.degree
    return found


def _described(job: Job) -> str:
    """The text as HTML: paragraphs, with the lines of lists kept."""
    text = job.text or ", ".join(part for part in (job.title, job.place, job.starts) if part)
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
    return "".join(
        f"<p>{str(escape(part)).replace(chr(10), '<br>')}</p>" for part in paragraphs if part
    )


def _country(time_zone: str) -> str:
    """`DE` of `Europe/Berlin`; empty where a zone is no country's."""
    found = str(get_global("zone_territories").get(time_zone, ""))
    return found if re.fullmatch("[A-Z]{2}", found) else ""
