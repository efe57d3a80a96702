"""Pages whose frames come late: a test that reads what is drawn with the next one fails every time.

On a quiet machine it would mostly find it there, and fail on a busy one now and then.
"""

from __future__ import annotations

import os
from typing import Any

from playwright.sync_api import Browser, BrowserContext

VARIABLE = "MICROGRADWIDGETS_LATE"
"""Of the environment: by so many milliseconds."""

LATE = """
{
  const request = requestAnimationFrame.bind(window);
  const cancel = cancelAnimationFrame.bind(window);
  const given = new Map();
  let last = 0;
  window.requestAnimationFrame = (callback) => {
    const id = ++last;
    const timer = setTimeout(() => {
      const frame = request((now) => {
        given.delete(id);
        callback(now);
      });
      given.set(id, () => cancel(frame));
    }, MILLISECONDS);
    given.set(id, () => clearTimeout(timer));
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    given.get(id)?.();
    given.delete(id);
  };
}
"""


def late(browser: Browser) -> Browser:
    """The same browser; where it is wanted, every page that it opens is late."""
    milliseconds = float(os.environ.get(VARIABLE, "0"))
    if milliseconds == 0:
        return browser
    new_context = browser.new_context

    def open_late(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.add_init_script(LATE.replace("MILLISECONDS", str(milliseconds)))
        return context

    browser.new_context = open_late  # type: ignore[method-assign]
    return browser
