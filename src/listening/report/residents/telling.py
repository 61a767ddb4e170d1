"""A release in plain words: what is said, in which order, without how it looks.

Sentences are short, and words such as a child of ten knows: `python -m benchmarks.reading_age`
measures them. Nothing is counted here; every figure stands in the released document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any

from listening.report.passages import inner_marks
from listening.report.words import label


@dataclass(frozen=True)
class Quote:
    """Words that were signed off: a resident's own, or an officer's account with what says so."""

    words: str
    before: str
    after: str
    evidence: str


@dataclass(frozen=True)
class Theme:
    """One thing that matters to people; `evidence` is what its sentences stand on.

    Attributes:
        answer: what leads to `done`, or says that there is nothing yet.
        done: what is done about it, in words that were written for residents.
    """

    evidence: str
    number: int
    name: str
    lines: tuple[str, ...]
    quotes: tuple[Quote, ...]
    answer: str
    done: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part under a heading: sentences, then a list, then themes, then last sentences.

    Attributes:
        evidence: what it stands on, in the words of the pages' `data-evidence`; empty where it
            says nothing about residents.
    """

    heading: str
    lines: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    last: tuple[str, ...] = ()
    evidence: str = ""


@dataclass(frozen=True)
class Plain:
    """Everything that residents read.

    Attributes:
        face: the first line: which release it is.
        caution: what is said of results that nobody has checked; empty for others.
    """

    title: str
    programme: str
    face: str
    caution: str
    parts: tuple[Part, ...]


def plainly(document: Mapping[str, Any], translations: NullTranslations) -> Plain:
    """Say what a release says, in plain words of the language of `translations`."""
    teller = _Teller(document, translations)
    parts = [teller.did(), teller.matters(), *teller.groups(), teller.heard(),
             teller.next(), teller.words_of_yours(), teller.numbers()]  # fmt: skip
    return Plain(
        teller.title(), str(document["programme"]), teller.face(),
        teller.caution(), tuple(parts),
    )  # fmt: skip


class _Teller:
    """Says the parts of one release in one language."""

    def __init__(self, document: Mapping[str, Any], translations: NullTranslations) -> None:
        self._document = document
        self._translations = translations
        self._provisional = document["status"] == "provisional"
        self._top = document["priorities"][: document["k"]]

    def say(self, sentence: str, **told: object) -> str:
        _ = self._translations.gettext
        return _(sentence).format(**told)

    def title(self) -> str:
        _ = self.say
        return _("What you told us")

    def face(self) -> str:
        _ = self.say
        return _("Release {release}. You can share this.", release=self._document["release"])

    def caution(self) -> str:
        _ = self.say
        if not self._provisional:
            return ""
        return _(
            "This is a first look. A computer put people’s words into groups. No one has checked "
            "the groups yet. They may change."
        )

    def did(self) -> Part:
        _ = self.say
        lines = [_("We asked people what matters to them. We heard from {people}.",
                   people=self.people(self._document["people"]))]  # fmt: skip
        lines.append(_("Each person counts once. It does not matter how much they said."))
        items = tuple(self._sources())
        return Part(_("What we did"), tuple(lines), items, evidence="figure:people figure:sources")

    def _sources(self) -> Iterator[str]:
        _ = self.say
        for kind, one in self._document["sources"].items():
            people = self.people(one["people"])
            if kind == "interview":
                yield _("We sat down and talked with {people}.", people=people)
            elif kind == "focus_group":
                yield _("We talked in groups with {people}.", people=people)
            elif kind == "street":
                yield _("We talked in the street with {people}.", people=people)
            elif kind == "survey":
                yield _("We got written answers from {people}.", people=people)

    def matters(self) -> Part:
        _ = self.say
        if self._provisional:
            heading, first = _("What people talked about"), _("These are some of the things.")
        else:
            heading = _("What matters most to people")
            first = _("This is our list. The thing at the top came out first.")
        themes = tuple(self._theme(n, one) for n, one in enumerate(self._top, start=1))
        more = [one["name"] for one in self._document["priorities"][len(self._top) :]]
        last = [_("People also talked about these things: {names}.", names=self.listed(more))]
        return Part(heading, (first,), (), themes, tuple(last if more else ()), "figure:priorities")

    def _theme(self, number: int, one: Mapping[str, Any]) -> Theme:
        _ = self.say
        lines = [self._reach(one), *self._sure(one), *self._close(one)]
        quotes = tuple(map(self._quote, one["quotes"]))
        done = tuple(map(self._did, one["done"]))
        answer = _("What is done about it:") if done else _("No action is recorded yet.")
        return Theme(f"theme:{one['id']}", number, one["name"], tuple(lines), quotes, answer, done)

    def _did(self, done: Mapping[str, Any]) -> str:
        """Say what is done, how far it has come, and whether people say that it helped."""
        _ = self.say
        status = {
            "planned": _("We plan to do this."), "testing": _("We are trying this out."),
            "in place": _("This is in place."), "stopped": _("We stopped doing this."),
        }  # fmt: skip
        helped = {
            "yes": _("People we asked said that it helped."),
            "partly": _("People we asked said that it helped a bit."),
            "no": _("People we asked said that it has not helped yet."),
        }
        told = str(done["told"]).strip()
        ended = told if told.endswith((".", "!", "?", "…")) else f"{told}."
        return " ".join(filter(None, (ended, status[done["status"]], helped.get(done["helped"]))))

    def _reach(self, one: Mapping[str, Any]) -> str:
        _ = self.say
        people = one["people"]
        if one.get("estimated") and one["prevalence"] is not None:
            share = round(100 * one["prevalence"])
            return _(
                "We think that it matters to about {people} in every 100 people.", people=share
            )
        if people is None:
            return _("We do not give a number here. It could show who spoke.")
        if one["prevalence"] is not None and isinstance(people, int):
            share = round(100 * one["prevalence"])
            return _("About {people} in every 100 people talked about this.", people=share)
        return _("{some} of the people talked about this.", some=self._some(people))

    def _sure(self, one: Mapping[str, Any]) -> Iterator[str]:
        _ = self.say
        k = len(self._top)
        if k >= len(self._document["priorities"]):
            return
        if one["certainty"] == "almost certainly":
            yield _("We are very sure that it is in the top {k}.", k=k)
        elif one["certainty"] == "probably":
            yield _("We are quite sure that it is in the top {k}.", k=k)
        elif one["certainty"]:
            yield _("We are not sure that it is in the top {k}.", k=k)

    def _close(self, one: Mapping[str, Any]) -> Iterator[str]:
        _ = self.say
        names = {other["id"]: other["name"] for other in self._document["priorities"]}
        near = [names[other] for other in one["tied_with"] if other in names]
        if near:
            yield _("It is close. We cannot tell if it comes before or after these: {names}.",
                    names=self.listed(near))  # fmt: skip

    def _quote(self, one: Mapping[str, Any]) -> Quote:
        _ = self.say
        after = _("(put into English)") if one["translated"] else ""
        shown = f"evidence:{one['evidence_id']}"
        if one["voice"] == "verbatim":
            return Quote(f"“{inner_marks(one['text'])}”", _("One person said:"), after, shown)
        before = _("One of our team wrote down what a person said:")
        return Quote(one["text"], before, after, shown)

    def groups(self) -> Iterator[Part]:
        """Say what matters to some groups beside the list, where anything does."""
        _ = self.say
        found = [
            _("{group}: {name}.", group=self._group(one), name=one["name"])
            for one in self._document["protected"]
        ]
        if found:
            first = _("These things matter a lot to some groups. They are not at the top for all.")
            yield Part(
                _("What matters to some groups"),
                (first,),
                tuple(found),
                evidence="figure:protected",
            )

    def heard(self) -> Part:
        _ = self.say
        names = tuple(self._group(one) for one in self._document["not_heard"])
        lines = [_("We did not hear from all of you.")]
        if names:
            lines.append(_("We heard from too few people in these groups, or from none:"))
        last = [_("We do not know what they think. What matters to them may not be in our list.")]
        if self._document["not_yet_read"]:
            last.append(_("We have not read all that people told us yet."))
        shown = "figure:not_heard figure:not_yet_read"
        return Part(_("Who we did not hear"), tuple(lines), names, (), tuple(last), shown)

    def next(self) -> Part:
        _ = self.say
        done = tuple(
            _("You said: {name}. {done}", name=one["name"], done=self._did(told))
            for one in self._document["priorities"][len(self._top) :]
            for told in one["done"]
        )
        last = _("You can ask the people who gave you this: What will you do now? When?")
        return Part(_("What happens next"), (), done, (), (last,), "figure:priorities")

    def words_of_yours(self) -> Part:
        _ = self.say
        return Part(
            _("Your words are yours"),
            (),
            (
                _("We took out names, homes and schools."),
                _("We only use the words of people who said we could."),
                _("A person read each of these words before we shared them."),
                _("You can still ask us to take out what you said. Then we leave it out of the "
                  "next one."),
            ),
        )  # fmt: skip

    def numbers(self) -> Part:
        _ = self.say
        return Part(
            _("About the numbers"),
            (
                _("The numbers are close, but not exact. We leave out very small numbers. This "
                  "helps to keep people safe."),
            ),
        )  # fmt: skip

    def people(self, count: int | str | None) -> str:
        """Say how many people: `about 285 people`, `fewer than 10 people`, `some people`."""
        _ = self.say
        if isinstance(count, int):
            return _("about {count} people", count=f"{count:,}")
        if count == "fewer than 10":
            return _("fewer than 10 people")
        return _("some people")

    def _some(self, word: int | str) -> str:
        _ = self.say
        words = {
            "a few": _("A few"), "some": _("Some"), "many": _("Many"), "most": _("Most"),
        }  # fmt: skip
        return words.get(str(word), _("Some"))

    def _group(self, one: Mapping[str, Any]) -> str:
        name = label(str(one["attribute"]))
        return f"{name[:1].upper()}{name[1:]}: {one['value']}"

    def listed(self, names: Sequence[str]) -> str:
        """Join names as people do."""
        _ = self.say
        if len(names) < 2:
            return "".join(names)
        return _("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])
