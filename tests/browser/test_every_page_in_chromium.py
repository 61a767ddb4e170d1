"""Every address in Chromium, as everybody who may open it, on a phone, a tablet and a desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests.browser.chromium import MARKS
from tests.browser.here import WIDTHS, served
from tests.browser.keyboard import gone_through, said_wrong
from tests.browser.laden_town import Laden, laden_town
from tests.browser.walking import Walk
from tests.web.test_every_page_translated import NO_PAGE
from tests.web.test_urls import ALLOWED, addresses

pytestmark = [*MARKS, pytest.mark.model]

#: pages that the walk does not open, each with the reason
LEFT_OUT = {
    "half-sent-file": "shows itself only while a file is half sent: test_bad_connection",
}
#: who stands for others of the same roles
ROLES = ("nobody", "officer", "researcher", "lead", "administrator", "safeguarding")
#: what an address needs that is another thing on this page than on others
OWN = {
    "panel-sent": {"sheet": "sent"},
    "panel-question": {"sheet": "open", "number": 2},
    "panel-words": {"sheet": "open", "number": 1},
    "panel-missing": {"sheet": "open"},
    "panel-check": {"sheet": "open"},
}
#: what is asked beside the address
ASKED = {"search": "?said=damp"}


@pytest.fixture(scope="module")
def laden(
    browser: Any,  # its loop runs first: Django's connections differ under a loop
    tmp_path_factory: pytest.TempPathFactory,
    pipeline: Any,
) -> Iterator[Laden]:
    with pytest.MonkeyPatch.context() as patch:
        # the browser's driver keeps a loop in this thread, and Django takes that for asynchronous
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with laden_town(tmp_path_factory.mktemp("laden"), patch, pipeline) as made:
            yield made


def names_for(role: str) -> list[str]:
    """Return the pages that somebody may open, in the order of their addresses.

    What opens for everybody is looked at by somebody who is not signed in.
    """
    shown = [one.name for one in addresses() if one.name not in NO_PAGE | set(LEFT_OUT)]
    return [
        name
        for name in shown
        if role in ALLOWED[name] and (role == "nobody" or "nobody" not in ALLOWED[name])
    ]


def address(laden: Laden, name: str, **other: Any) -> str:
    pattern = next(one for one in addresses() if one.name == name)
    known = {**laden.parts, "token": laden.tokens.get(name, laden.panel)}
    own = OWN.get(name, {})
    if "sheet" in own:
        own = {**own, "sheet": laden.sheets[own["sheet"]]}
    known |= {**own, **other}
    kwargs = {part: known[part] for part in pattern.pattern.converters}
    return reverse(name, kwargs=kwargs) + ASKED.get(name, "")


def test_every_page_is_in_the_walk_or_named_with_a_reason(laden: Laden) -> None:
    walked = {name for role in ROLES for name in names_for(role)}
    assert walked | NO_PAGE | set(LEFT_OUT) == {one.name for one in addresses()}
    assert not walked & (NO_PAGE | set(LEFT_OUT))


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_fit_for_a_phone_a_tablet_and_a_desk(
    browser: Any, laden: Laden, role: str
) -> None:
    with served(laden.made.town) as url:
        walk = Walk.begun(browser, url, role, laden.made.town.people.get(role))
        for name in names_for(role):
            # the same page of another role differs in buttons: one width shows them to axe
            first = role == next(one for one in ROLES if one in ALLOWED[name])
            walk.look(name, address(laden, name), WIDTHS if first else WIDTHS[:1])
        if role == "officer":
            walk.look("file-waits", address(laden, "file", file=laden.parts["waits"]))
    assert {page: told for page, told in walk.faults.items() if told} == {}
    assert walk.seen >= set(names_for(role))


def test_a_programme_in_which_nothing_was_done_yet_has_fit_pages(
    browser: Any, laden: Laden
) -> None:
    town = laden.made.town
    with served(town) as url:
        walk = Walk.begun(browser, url, "empty", town.people["outsider"])
        for one in addresses():
            bare = set(one.pattern.converters) == {"programme"}
            if bare and one.name not in NO_PAGE:
                where = reverse(one.name, kwargs={"programme": town.elsewhere.slug})
                walk.look(one.name, where, WIDTHS[:1], moved=True)
    assert {page: told for page, told in walk.faults.items() if told} == {}


#: the newest forms, and the button that is pressed while nothing is filled in
FORMS = {
    "priorities-change": "A new wave began on this day",
    "quote": "I have read it: sign it off",
    "open-panel": "Open the panel and make its link",
    "panel": "Erase the answers of this code",
    "make-action": "Save",
    "action-point": "Save",
    "action-test": "Save",
    "releases": "",
    "journey": "",
    "actions": "",
    "action": "",
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_filled_in_by_keyboard_and_says_what_is_wrong_beside_the_field(
    browser: Any, laden: Laden, name: str
) -> None:
    with served(laden.made.town) as url:
        page = Walk.begun(browser, url, "lead", laden.made.town.people["lead"]).page
        page.goto(f"{url}{address(laden, name)}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert gone_through(page) == []
        if FORMS[name]:
            for one in page.locator("main form input[type=text], main form textarea").all():
                one.fill("")
            page.get_by_role("button", name=FORMS[name], exact=True).click()
            page.wait_for_load_state()
            assert said_wrong(page) == []
            page.locator(".govuk-error-summary a").first.click()
            assert page.evaluate("document.activeElement.matches('input, textarea, select')")


def test_sets_of_a_panels_answers_are_chosen_by_keyboard(browser: Any, laden: Laden) -> None:
    with served(laden.made.town) as url:
        page = Walk.begun(browser, url, "lead", laden.made.town.people["lead"]).page
        page.goto(f"{url}{address(laden, 'panel')}")
        page.locator("summary", has_text="The sets of answers one by one").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Change the sets that are chosen").press("Enter")
        page.locator(".govuk-error-summary").wait_for()
        assert said_wrong(page) == []
