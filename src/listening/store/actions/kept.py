"""Actions as one store keeps them: records, points, tests of change, and who changed what."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from listening.actions import Action, Change, Cycle, Point
from listening.store.bulk import storable
from listening.store.connect import atomic
from listening.store.frames import batches, objects

#: fields of the record that are columns of the table
_COLUMNS = tuple(one.name for one in fields(Action) if one.name not in ("id", "evidence"))
_CYCLE = tuple(one.name for one in fields(Cycle))
#: stands in the history for what was said of evidence: ids, which go with their person, not here
_IDS = "{} ids"


class Actions:
    """What one store knows of actions."""

    def __init__(self, alias: str) -> None:
        self.alias = alias

    def all(self) -> list[Action]:
        """Return every action, the oldest first."""
        named: dict[uuid.UUID, list[str]] = {}
        rows = self._rows("ActionEvidence").order_by("order", "pk")
        for action, evidence in rows.values_list("action_id", "evidence_id"):
            named.setdefault(action, []).append(evidence)
        return [_action(row, named.get(row.pk, [])) for row in self._ordered()]

    def one(self, action_id: str) -> Action | None:
        """Return an action; None where there is none of that id."""
        key = _uuid(action_id)
        row = self._rows("Action").filter(pk=key).first() if key else None
        if row is None:
            return None
        held = self._rows("ActionEvidence").filter(action_id=key).order_by("order", "pk")
        return _action(row, list(held.values_list("evidence_id", flat=True)))

    def save(self, action: Action, who: str) -> Action:
        """Keep an action, new or changed, and note what changed of it.

        Returns:
            The action with its id.
        """
        with atomic(self.alias):
            before = self.one(action.id) if action.id else None
            kept = replace(action, id=action.id or str(uuid.uuid4()))
            told = {name: storable(getattr(kept, name)) for name in _COLUMNS}
            self._rows("Action").update_or_create(pk=uuid.UUID(kept.id), defaults=told)
            self._name(kept)
            if before is None:
                self._note(kept.id, who, "made")
            else:
                self._note_changes(before, kept, who)
        return kept

    def lock(self, action_id: str) -> None:
        """Let nobody else change an action until the transaction ends that this stands in."""
        key = _uuid(action_id)
        if key:
            list(self._rows("Action").select_for_update().filter(pk=key).values_list("pk"))

    def remove(self, action_id: str) -> bool:
        """Remove an action with everything that hangs on it; False where there is none."""
        key = _uuid(action_id)
        with atomic(self.alias):
            return bool(key and self._rows("Action").filter(pk=key).delete()[0])

    def points(self, action_id: str) -> list[Point]:
        """Return the points of an action's measure, the oldest first."""
        rows = self._rows("ActionPoint").filter(action_id=action_id).order_by("day")
        return [Point(row.day, row.value, row.pk) for row in rows]

    def add_point(self, action_id: str, point: Point, who: str) -> None:
        """Keep a point, in place of one of the same day."""
        with atomic(self.alias):
            rows = self._rows("ActionPoint").filter(action_id=action_id, day=point.day)
            was = rows.values_list("value", flat=True).first()
            self._rows("ActionPoint").update_or_create(
                action_id=action_id, day=point.day, defaults={"value": point.value}
            )
            before = "" if was is None else f"{was:g}"
            self._note(action_id, who, f"point of {point.day}", before, f"{point.value:g}")

    def remove_point(self, action_id: str, point: int, who: str) -> bool:
        """Take a point away; False where the action has no such point."""
        with atomic(self.alias):
            row = self._rows("ActionPoint").filter(action_id=action_id, pk=point).first()
            if row is None:
                return False
            self._note(action_id, who, f"point of {row.day}", f"{row.value:g}")
            row.delete(using=self.alias)
        return True

    def tests(self, action_id: str) -> list[Cycle]:
        """Return the tests of change of an action, in order."""
        rows = self._rows("ActionTest").filter(action_id=action_id).order_by("number")
        return [Cycle(**{name: getattr(row, name) for name in _CYCLE}) for row in rows]

    def save_test(self, action_id: str, test: Cycle, who: str) -> Cycle:
        """Keep a test of change: without a number it is a new one."""
        with atomic(self.alias):
            rows = self._rows("ActionTest").filter(action_id=action_id)
            last = rows.order_by("number").values_list("number", flat=True).last() or 0
            kept = replace(test, number=test.number or last + 1)
            told = {name: storable(getattr(kept, name)) for name in _CYCLE if name != "number"}
            rows.update_or_create(action_id=action_id, number=kept.number, defaults=told)
            self._note(
                action_id, who, f"test {kept.number}", now="changed" if test.number else "begun"
            )
        return kept

    def history(self, action_id: str) -> list[Change]:
        """Return who changed what, newest first."""
        rows = self._rows("ActionChange").filter(action_id=action_id).order_by("-pk")
        return [
            Change(row.at.isoformat(), row.who, row.what, row.was, row.now, row.pk) for row in rows
        ]

    def forget_wordings(self, action_id: str, who: str) -> None:
        """Forget how texts of an action read before; that they were changed stays known."""
        with atomic(self.alias):
            self._rows("ActionChange").filter(action_id=action_id).update(was="", now="")
            self._note(action_id, who, "earlier wordings forgotten")

    def forget_evidence(self, evidence: Iterable[str]) -> int:
        """Take ids of somebody who withdrew out of every action; return how many went."""
        gone = 0
        for batch in batches(list(evidence)):
            gone += self._rows("ActionEvidence").filter(evidence_id__in=batch).delete()[0]
        return gone

    def _name(self, action: Action) -> None:
        """Keep the ids that an action names, in their order."""
        key = uuid.UUID(action.id)
        self._rows("ActionEvidence").filter(action_id=key).delete()
        for order, evidence in enumerate(dict.fromkeys(action.evidence)):
            self._rows("ActionEvidence").create(action_id=key, evidence_id=evidence, order=order)

    def _note_changes(self, before: Action, after: Action, who: str) -> None:
        for name in _COLUMNS:
            was, now = getattr(before, name), getattr(after, name)
            if was != now:
                self._note(after.id, who, name, _said(was), _said(now))
        if before.evidence != after.evidence:
            was, now = _IDS.format(len(before.evidence)), _IDS.format(len(after.evidence))
            self._note(after.id, who, "evidence", was, now)

    def _note(self, action_id: str, who: str, what: str, was: str = "", now: str = "") -> None:
        self._rows("ActionChange").create(
            action_id=uuid.UUID(action_id), who=who, what=what, was=storable(was), now=storable(now)
        )

    def _ordered(self) -> Any:
        return self._rows("Action").order_by("added", "pk")

    def _rows(self, name: str) -> Any:
        return objects(self.alias, name)


def _action(row: Any, evidence: list[str]) -> Action:
    told = {name: getattr(row, name) for name in _COLUMNS}
    return Action(id=str(row.pk), evidence=tuple(evidence), **told)


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
