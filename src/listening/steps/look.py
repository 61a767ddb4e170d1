"""The look of a programme's briefings: an organisation's own Word template."""

from __future__ import annotations

from pathlib import Path

from listening import report
from listening.errors import UnreadableFile
from listening.steps.work import Work

#: in a programme's home
TEMPLATE = "template.docx"


def template_of(work: Work, given: Path | None) -> bytes | None:
    """Return the template that was given, else the programme's own; None where there is none.

    Raises:
        UnreadableFile: it cannot be opened, or is no Word document.
    """
    own = work.settings.home / TEMPLATE
    if given is None and not own.is_file():
        return None
    path = given or own
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            path.name, f"cannot be opened ({error.strerror}).", "Check that you may read it."
        ) from None
    report.check_template(content)
    return content
