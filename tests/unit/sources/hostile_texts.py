"""Letters, tables and times that trick readers."""

from __future__ import annotations

from collections.abc import Iterator

from tests.unit.sources.hostile_bombs import Case
from tests.unit.sources.samples import samples


def texts() -> Iterator[Case]:
    """Letters, tables and times that trick readers."""
    talk = samples()[".txt"].decode()
    odd = {
        "bidi": talk.replace("Resident", "\u202etnediseR\u202c"),
        "isolates": talk.replace(" ", " \u2066\u2069"),
        "marks": talk + "a" + "\u0301\u0316" * 300_000,
        "joiners": talk + "\u200d" * 300_000,
        "tags": talk + "\U000e0041" * 100_000,
        "spaces": talk + " " * 2_000_000 + "x",
        "gaps": talk + "\n" * 150_000,
        "line": talk + "word " * 1_000_000,
        "word": talk + "x" * 3_000_000,
        "colons": talk + "A: " * 300_000,
        "labels": "".join(f"Name{n}: hm\n" for n in range(20_000)),
        "times": "00:00:01 --> 00:00:02\nAnn\nHello\n\n" * 5_000,
        "brackets": talk + "[" * 300_000,
        "stars": talk + "**" * 300_000,
        "digits": talk + "1:" * 300_000,
        "questions": "Why?\n" * 20_000,
        "tabs": "A\t" * 200_000,
        "formula": talk + '\nResident: =HYPERLINK("http://x","y")\n+1\n@SUM(1)\n',
    }
    for label, text in odd.items():
        for kind in (".txt", ".md", ".vtt", ".srt"):
            head = {
                ".vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n",
                ".srt": "1\n00:00:01,000 --> 00:00:02,000\n",
            }
            yield f"{label}{kind}", (head.get(kind, "") + text).encode()
    for label, content in {
        "nul": talk.encode().replace(b" ", b"\x00"),
        "controls": bytes(range(1, 32)) * 500 + talk.encode(),
        "wide": talk.encode("utf-16"),
        "halves": b"\xff\xfe" + b"\x00\xd8" * 2_000,
        "wider": talk.encode("utf-32"),
        "torn": talk.encode("utf-16")[:-1],
        "seven": b"+AGE-" * 1_000,
        "latin": ("café £5 " + talk).encode("cp1252"),
        "mixed": talk.encode() + "é".encode("latin-1") * 50 + "é".encode() * 50,
        "mark": b"\xef\xbb\xbf" * 1_000,
        "returns": talk.replace("\n", "\r").encode(),
    }.items():
        for kind in (".txt", ".csv", ".srt"):
            yield f"{label}{kind}", content
    table = samples()[".csv"].decode()
    for label, text in {
        "columns": ",".join(f"c{n}" for n in range(20_000))
        + "\n"
        + ",".join(["x"] * 20_000)
        + "\n",
        "same": ",".join(["comment"] * 20_000) + "\n" + ",".join(["A dry room"] * 20_000) + "\n",
        "quotes": table + '"' * 500_001,
        "quote": table + '9,"' + "never closed, " * 200_000,
        "ragged": table + "".join("x," * n + "\n" for n in range(1_500)),
        "commas": "," * 2_000_000,
        "headers": "\n".join([table.split("\n")[0]] * 20_000),
        "formulas": table + "".join(f"{n},=cmd|'/c calc'!A1,\"=1+1\"\n" for n in range(2_000)),
        "importids": 'a,b\n{"ImportId":"x"},{"ImportId":"y"}\n' * 2_000,
        "long": "id,comment\n" + f'1,"{"word " * 200_000}"\n2,Heat\n',
        "sep": "sep=" + "x" * 1_000_000,
        "kobo": "_id;_uuid;_submission_time;_index;"
        + "g/" * 50_000
        + "a\n1;2;3;4;A dry room please\n",
    }.items():
        yield f"{label}.csv", text.encode()
        yield f"manifest_{label}.csv", text.encode()
