"""What British identifiers look like: the patterns that reading and privacy share.

Each is the source of a regular expression without groups, to be put between whatever must stand
around it and compiled ignoring case. Every repetition is bounded: no text makes one slow.
"""

from __future__ import annotations

#: A full postcode, spaced or not; the outward part alone ("LS9") is a district and no identifier.
POSTCODE = r"(?:gir ?0aa|[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2})"
#: A British number from its 0 on, with any of the usual breaks.
PHONE_HERE = r"\(?0\d(?:[\s.()-]{0,2}\d){8,9}"
#: A number with its country's code.
PHONE_ABROAD = r"(?:\+|00)\d{1,3}[\s.-]?(?:\(0\)[\s.-]?)?\d(?:[\s.()-]?\d){7,11}"
#: Ten digits in the shape of an NHS number (or of a phone number whose 0 a spreadsheet ate).
NHS_NUMBER = r"\d{3}[ -]?\d{3}[ -]?\d{4}"
#: A National Insurance number; prefixes that are not issued count too, because people mistype.
NATIONAL_INSURANCE = r"[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]"
EMAIL = r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}"
