"""The field kit: what trained community officers print and take along, made from the programme.

An interview guide, consent forms each with a withdrawal code of its own, a form for street notes
and a checklist for handing in, as Word files, in every language whose words the programme supplied.
"""

from listening.kit.codes import new_code
from listening.kit.forms import Kit, field_kit
from listening.kit.words import ENGLISH

__all__ = ["ENGLISH", "Kit", "field_kit", "new_code"]
