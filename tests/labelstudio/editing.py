"""A coder at the real editor, in a browser: opens a task, marks with the mouse, types, submits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.labelstudio.serving import PASSWORD

#: letters that stand for the words of a turn, and the place of a UTF-16 unit in them
_FIND = """
  const words = document.querySelector(`[data-testid="phrase:${turn}"] [class*="dialoguetext"]`);
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let node, before = 0, found = null;
  while ((node = walker.nextNode())) {
    const within = at - before;
    if (!found && (ending ? within <= node.data.length : within < node.data.length))
      found = [node, within];
    before += node.data.length;
  }
"""
_BOX = f"""([turn, at, ending]) => {{ {_FIND}
  const range = document.createRange();
  range.setStart(found[0], ending ? found[1] - 1 : found[1]);
  range.setEnd(found[0], ending ? found[1] : found[1] + 1);
  const box = range.getBoundingClientRect();
  return [box.left, box.right, (box.top + box.bottom) / 2];
}}"""
_MARK = f"""([first, start, last, end]) => {{
  const find = (turn, at, ending) => {{ {_FIND} return found; }};
  const [from, begin] = find(first, start, false), [to, stop] = find(last, end, true);
  window.getSelection().setBaseAndExtent(from, begin, to, stop);
  to.parentElement.dispatchEvent(new MouseEvent("mouseup", {{ bubbles: true }}));
}}"""


@dataclass
class Editor:
    """One page of the browser, signed in."""

    url: str
    page: Any
    pictures: Path | None = None

    def sign_in(self, email: str) -> None:
        self.page.goto(f"{self.url}/user/login/")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("button[type=submit]")
        self.page.wait_for_url(lambda url: "login" not in url, wait_until="domcontentloaded")

    def open(self, project: int, task: int) -> None:
        """Open a task from the project's table: there Label Studio ticks what it can beforehand."""
        self._open(f"{self.url}/projects/{project}/data?task={task}")

    def next_task(self, project: int) -> None:
        """Open what Label Studio gives to code next."""
        self._open(f"{self.url}/projects/{project}/data?labeling=1")

    def _open(self, address: str) -> None:
        self.page.goto(address)
        self.page.locator("textarea[name=memo]").wait_for()
        self.page.wait_for_timeout(500)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(50)

    def drag(self, first: int, start: int, last: int, end: int) -> None:
        """Mark with the mouse; places in UTF-16 units."""
        left, _, top = self.page.evaluate(_BOX, [first, start, False])
        _, right, bottom = self.page.evaluate(_BOX, [last, end, True])
        mouse = self.page.mouse
        mouse.move(left + 0.5, top)
        mouse.down()
        mouse.move((left + right) / 2, bottom, steps=3)
        mouse.move(right - 0.3, bottom, steps=3)
        mouse.up()
        self.page.wait_for_timeout(200)

    def mark(self, first: int, start: int, last: int, end: int) -> None:
        """Mark by the browser's own selection, where a mouse could not be that exact."""
        self.page.evaluate(_MARK, [first, start, last, end])
        self.page.wait_for_timeout(50)

    def click_stretch(self, number: int) -> None:
        """Choose a stretch in the list of them."""
        self.page.locator(".lsf-outliner-item__content").nth(number).click()
        self.page.wait_for_timeout(200)

    def write(self, control: str, words: str) -> None:
        self.page.locator(f"textarea[name={control}]").fill(words)

    def picture(self, name: str) -> None:
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{name}.png")

    def submit(self) -> None:
        self.page.get_by_text("Submit", exact=True).click()
        self.page.get_by_text("Update", exact=True).wait_for()
