"""A page gone through by keyboard: where the focus goes, whether it is seen, what is said."""

from __future__ import annotations

from typing import Any

#: what has the focus: its name, whether it is seen, and whether it comes after what had it before
_FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const seen = (element, part) => {
    const style = getComputedStyle(element, part);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none';
  };
  const label = one.labels?.[0];
  const named = label?.textContent || one.getAttribute('aria-label') || one.textContent
    || document.getElementById(one.getAttribute('aria-labelledby'))?.textContent || one.title;
  const before = window.before;
  window.before = one;
  return {
    what: one.outerHTML.slice(0, 120),
    named: (named || '').trim() !== '',
    seen: seen(one) || seen(one, '::before') || (!!label && seen(label, '::before')),
    after: !before || !!(before.compareDocumentPosition(one) & 4),
  };
}"""
#: what an answer says that was not complete, and where its sentences lead
_WRONG = """() => {
  const summary = document.querySelector('.govuk-error-summary');
  if (!summary) return null;
  const links = [...summary.querySelectorAll('a')].map((one) => one.hash.slice(1));
  const fields = links.map((id) => document.getElementById(id));
  return {
    focused: document.activeElement === summary,
    title: document.title,
    lost: links.filter((id, n) => !fields[n]),
    mute: fields.filter((one) => one && !(one.closest('[aria-describedby]')
      ?.getAttribute('aria-describedby') || '').split(' ').some((id) =>
        document.getElementById(id)?.textContent.trim())).map((one) => one.id),
    links: links.length,
  };
}"""


def gone_through(page: Any, most: int = 150) -> list[str]:
    """Press Tab from the top to the end; return what is wrong with what has the focus."""
    page.evaluate("() => { window.before = null; document.activeElement.blur(); }")
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        told = page.evaluate(_FOCUSED)
        if told is None or not told["after"]:
            break  # past the end, the browser begins anew
        if not told["named"]:
            found.append(f"has no name: {told['what']}")
        if not told["seen"]:
            found.append(f"is not seen to have the focus: {told['what']}")
    else:
        found.append("the keyboard does not come to the end")
    return found


def said_wrong(page: Any) -> list[str]:
    """Return what is amiss with how a page says that a form was not complete."""
    told = page.evaluate(_WRONG)
    if told is None:
        return ["says nothing of it"]
    found = [f"leads to no field: {one}" for one in told["lost"]]
    found += [f"says nothing beside the field {one}" for one in told["mute"]]
    if not told["links"]:
        found.append("leads to no field")
    if not told["focused"]:
        found.append("the summary has not the focus")
    if not told["title"].startswith("Error:"):
        found.append(f"the title is {told['title']!r}")
    return found
