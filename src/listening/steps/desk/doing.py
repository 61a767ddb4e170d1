"""What is done of what researchers asked for: the same steps as the commands, told in sentences."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from listening.errors import Fault, ListeningError, NothingToDo, ServerAway
from listening.steps import coding, going_out, kept_results
from listening.steps.coding import Pulled, renewing, turning
from listening.steps.coding.addresses import addresses
from listening.steps.coding.adjudicating import adjudicate
from listening.steps.coding.connecting import needed
from listening.steps.coding.migrating import Migrated, migrate, undo
from listening.steps.coding.naming import BOOK
from listening.steps.desk import asked, books, figures
from listening.steps.desk.asked import Asked
from listening.steps.ingest import newest
from listening.steps.selecting import select
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import Person, Programme, nouns, people, trail
from listening.store.connect import may_pass

_LOG = logging.getLogger("listening.coding")
_Sentences = Iterator[str]


def do_next(site: Site) -> bool:
    """Do what has waited longest in some programme; False where nothing waits."""
    for programme in people.programmes():
        try:
            one = asked.take(site.work(programme).vault)
        except ListeningError as error:  # a vault whose key is not set stops no other programme
            _LOG.warning("%s: %s", programme.slug, error)
            continue
        if one is not None:
            _do(site, programme, one)
            return True
    return False


def do_waiting(site: Site, slug: str, kinds: Collection[str]) -> int:
    """Do what of `kinds` waits in a programme, what a kill broke off among it; return how much.

    Whoever calls sees to it that nobody else does. What fails for a reason that may pass waits
    again, and is raised; after a few tries it has failed.
    """
    programme, done = people.programme(slug), 0
    if programme is None:
        return done
    vault = site.work(programme).vault
    asked.recover(vault, kinds)
    while (one := asked.take(vault, kinds)) is not None:
        _do(site, programme, one, asked.TRIES)
        done += 1
    return done


def recover(site: Site) -> None:
    """Let what a kill broke off be done again."""
    for programme in people.programmes():
        asked.recover(site.work(programme).vault)


def keep_figures(site: Site) -> None:
    """Work out the figures of every programme where they are due; a fault in one stops no other."""
    for programme in people.programmes():
        work = site.work(programme)
        if figures.due(work):
            _worked_out(programme, work)


def _worked_out(programme: Programme, work: Work) -> None:
    try:
        figures.work_out(work)
    except ListeningError as error:  # it holds nobody's words
        _LOG.warning("%s: %s", programme.slug, error)
    except Exception as error:
        _LOG.error("%s", Fault.of(error))


def ask_for_results(site: Site) -> bool:
    """Ask for the results of every programme where they are due; whether any were."""
    due = []
    for programme in people.programmes():
        work = site.work(programme)
        try:
            if kept_results.due(work) and not _given_up(work):
                mark = kept_results.state_mark(work)
                due.append(asked.ask(work.vault, asked.RESULTS, "", "", (mark,)))
        except ListeningError as error:  # it holds nobody's words
            _LOG.warning("%s: %s", programme.slug, error)
    return any(due)


def _given_up(work: Work) -> bool:
    """Whether results of this very state were tried by the site itself, and could not be made."""
    mark = kept_results.state_mark(work)
    return any(
        one.what == asked.RESULTS and one.state == asked.FAILED and one.about == (mark,)
        for one in asked.everything(work.vault)
    )


def _do(site: Site, programme: Programme, one: Asked, tries: int = 1) -> None:
    """Do something, and note how it ended; what may pass is raised until it was tried `tries`."""
    work = site.work(programme)
    try:
        _still_theirs(programme, one)
        said = list(_DOERS[one.what](work, one))
        state = asked.DONE
    except Exception as error:
        if one.tries < tries and (isinstance(error, ServerAway) or may_pass(error)):
            asked.put_back(work.vault, one)
            raise
        said, state = _failed(error), asked.FAILED
    if state == asked.DONE and one.what not in (asked.FIGURES, asked.RESULTS, asked.RELEASE):
        _worked_out(programme, work)
    asked.end(work.vault, one, state, said)
    if not one.by:
        return
    trail.note(
        f"{_NOUNS[one.what]} {'done' if state == asked.DONE else 'not done'}",
        who=one.by,
        programme=programme.slug,
    )


def _failed(error: Exception) -> list[str]:
    """Say why something could not be done."""
    if isinstance(error, ServerAway):
        return [f"{error}", "Nothing is lost: ask for it again."]
    if isinstance(error, ListeningError):
        return [str(error)]
    fault = str(Fault.of(error))  # its own words may be a resident's
    _LOG.error("%s", fault)
    return [fault]


#: who may ask for what researchers alone may not
_ASKERS: Mapping[str, tuple[str, ...]] = {
    asked.RESULTS: (nouns.LEAD, nouns.RESEARCHER),
    asked.RELEASE: (nouns.LEAD,),
}


def _still_theirs(programme: Programme, one: Asked) -> None:
    """See that who asked may still ask for it; what was begun before is brought to its end.

    What the site asks for by itself is nobody's to lose.

    Raises:
        ListeningError: they have no role any more in which this is asked for.
    """
    if not one.by:
        return
    person = people.find(one.by)
    held = people.roles(person, programme.slug) if person else frozenset()
    roles = _ASKERS.get(one.what, (nouns.RESEARCHER,))
    if one.tries < 2 and held.isdisjoint(roles):
        raise ListeningError(
            f"{one.by}",
            f"is no {' or '.join(roles)} of this programme any more: what they had asked for was "
            "not done.",
            "Ask for it yourself if it is still wanted.",
        )


def _pull(work: Work, _one: Asked) -> _Sentences:
    yield from _pulled(_bring(work))
    yield from coding.missing(work, needed(work))


def _bring(work: Work) -> Pulled:
    return coding.pull(work, needed(work))


def _pulled(told: Pulled) -> _Sentences:
    saved = told.saved
    yield (
        f"{saved.new:,} read for the first time, {saved.changed:,} changed, {saved.deleted:,} "
        "taken back."
    )
    if told.gone or told.waiting:
        yield (
            f"Of whoever withdrew, {told.gone:,} tasks were deleted in Label Studio and "
            f"{told.waiting:,} are still to be."
        )
    yield from told.notes


def _push(work: Work, one: Asked) -> _Sentences:
    """Send what was chosen, and choose a first batch where none was."""
    run_id = newest(work)
    found = books.current(work)
    if found is None:
        raise NothingToDo("The programme", "has no codebook yet.", "Give it one first.")
    if work.store.selections().empty:
        chosen = select(work, run_id, None, None, 0)
        yield (
            f"{sum(chosen.passages.values()):,} passages were chosen, and {chosen.people:,} people "
            "for the audit."
        )
        yield from chosen.notes
    left = work.vault.read(BOOK).get("left", ())
    back = [address for address in addresses(one.about) if address in left]
    told = coding.push(work, run_id, found[0], needed(work), one.about, back=back)
    yield (
        f"{sum(told.sent.values()):,} items were sent; {told.there:,} were there before. "
        f"{told.double:,} of these segments are read by two."
    )
    for address, link in told.invitations.items():
        yield f"{address} has no account in Label Studio yet. Send them this link: {link}"
    yield from told.notes


def _next(work: Work, _one: Asked) -> _Sentences:
    """Make a turn of the loop, as `listening coding next` does."""
    run_id = newest(work)
    yield from _pulled(_bring(work))
    stand = turning.rules(work, run_id)
    if stand.met:
        yield f"{stand.said} Nothing was sent."
        return
    chosen = turning.choose_more(work, run_id)
    sent = sum(turning.push_more(work, run_id, needed(work)).sent.values())
    fresh = renewing.renew(work, run_id, needed(work))
    yield (
        f"{chosen:,} passages were chosen, {sent:,} items sent; {fresh.tasks:,} that are read next "
        "have other suggestions now."
    )
    if fresh.later:
        yield f"{fresh.later:,} more wait to be read and keep their suggestions for now."
    if not chosen and not sent:
        yield "Enough is left to be read: more is chosen when less than a batch is left."


def _settle(work: Work, _one: Asked) -> _Sentences:
    _bring(work)
    told = adjudicate(work, newest(work), needed(work))
    yield (
        f"Of {told.compared:,} items that two or more have read blind, {told.differ:,} "
        f"{'is' if told.differ == 1 else 'are'} to be settled: {told.sent:,} were sent now, "
        f"{told.there:,} had been before."
    )
    if told.renewed:
        yield f"In {told.renewed:,} of those coders gave something else since: they show it now."
    yield from told.notes


def _publish(work: Work, one: Asked) -> _Sentences:
    """Carry what was coded to the version that is prepared, or that was begun and not ended."""
    step, ready = books.last_step(work), books.draft(work)
    wanted = one.about[0] if one.about else ""
    if ready is None or ready.mark != wanted:
        if step is None or not step.begun:
            raise NothingToDo(
                "The next version", "is not what you looked at.", "Look at it again, then publish."
            )
        content = work.store.loop.book(step.codebook, step.now)
    else:
        content = ready.content
    now_there = books.current(work)
    if (
        now_there
        and one.about[1:]
        and now_there[1].version not in (*one.about[1:], _number(content))
    ):
        raise NothingToDo(
            f"Version {now_there[1].version}",
            "is the codebook now, and was not when you looked at what would change.",
            "Look at it again, then publish.",
        )
    yield from _carried(work, content, one)
    if ready is not None and ready.mark == wanted:
        books.let_go(work)


def _number(content: str) -> str:
    return books.read(content).version


def _carried(work: Work, content: str, one: Asked) -> _Sentences:
    book = books.read(content)
    projects = [p for p in work.store.loop.projects() if p.codebook == book.id]
    if not projects:
        work.store.loop.keep_book(book.id, book.version, content)
        work.vault.write(books.FIRST, {"id": book.id, "version": book.version})
        yield f"Version {book.version} is the codebook now. Nothing was coded under an earlier one."
        return
    yield from _once(
        lambda: migrate(work, newest(work), content, needed(work), one.by),
        one,
        f"Version {book.version} is what coders see.",
    )


def _undo(work: Work, one: Asked) -> _Sentences:
    version = one.about[0] if one.about else ""
    yield from _once(
        lambda: undo(work, newest(work), needed(work), one.by, version),
        one,
        f"Version {version} was taken back.",
    )


def _once(change: Callable[[], Migrated], one: Asked, done: str) -> _Sentences:
    """Change the codebook; where a kill came after it had ended, say that it is `done`."""
    try:
        told = change()
    except NothingToDo:
        if one.tries < 2:
            raise
        yield done
        return
    yield from told.sentences
    yield from told.notes


def _figures(work: Work, _one: Asked) -> _Sentences:
    figures.work_out(work)
    yield "The figures are worked out anew."


def _results(work: Work, _one: Asked) -> _Sentences:
    kept_results.make_results(work)
    yield "The priorities are worked out anew."


_DOERS: Mapping[str, Callable[[Work, Asked], _Sentences]] = {
    asked.PULL: _pull,
    asked.NEXT: _next,
    asked.SETTLE: _settle,
    asked.PUSH: _push,
    asked.PUBLISH: _publish,
    asked.UNDO: _undo,
    asked.FIGURES: _figures,
    asked.RESULTS: _results,
    asked.RELEASE: going_out.make,
}
#: what each is called in the trail
_NOUNS: Mapping[str, str] = {
    asked.PULL: "pull",
    asked.NEXT: "next batch",
    asked.SETTLE: "sending to adjudication",
    asked.PUSH: "push",
    asked.PUBLISH: "publishing a codebook version",
    asked.UNDO: "taking a codebook version back",
    asked.FIGURES: "working out figures",
    asked.RESULTS: "working out priorities",
    asked.RELEASE: "release",
}


def noted(person: Person, programme: Programme, action: str) -> None:
    """Leave a line in the trail of what a researcher did at once."""
    trail.note(action, who=person.email, programme=programme.slug)


def ask(
    site: Site,
    person: Person,
    programme: Programme,
    what: str,
    once: str,
    about: Sequence[str] = (),
) -> bool:
    """Note what a researcher asks for, and in the trail; False where it is asked for already."""
    new = asked.ask(site.work(programme).vault, what, person.email, once, about)
    if new:
        trail.note(f"{_NOUNS[what]} asked for", who=person.email, programme=programme.slug)
    return new
