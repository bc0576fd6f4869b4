"""What every page must look like, measured in the browser: widths, sizes, buttons, and axe."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
# Our own pages are asked for all that axe knows of these families.
FAMILIES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

MEASURE = """
({least, target}) => {
  const wrong = [];
  const seen = (e) => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  const say = (e) => (e.outerHTML.match(/^<[^>]*>/) || [""])[0].slice(0, 90)
    + " " + (e.textContent || "").trim().replace(/\\s+/g, " ").slice(0, 30);
  const hidden = (e) => e.closest(".visually-hidden, .skip");

  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) {
    const widest = [...document.querySelectorAll("body *")].filter(seen)
      .filter((e) => !hidden(e) && e.getBoundingClientRect().right > innerWidth + 0.5).slice(0, 3);
    wrong.push(`scrolls sideways by ${over}: ${widest.map(say).join(" | ")}`);
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, e = text.parentElement;
    if (!text.data.trim() || !seen(e) || hidden(e) || e.closest("script, style, svg")) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    // Four English words beside one another at the foot of a phone keep the ordinary size.
    const floor = e.closest(".doors-phone, .foot-fixed") ? 18 : least;
    if (size < floor) wrong.push(`text of ${size} px: ${say(e)}`);
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width > 1 && (box.right > innerWidth + 1 || box.left < -1)) {
        wrong.push(`cut off at the edge: ${say(e)}`);
        break;
      }
    }
  }
  for (const e of document.querySelectorAll("input, select, textarea")) {
    if (seen(e) && parseFloat(getComputedStyle(e).fontSize) < least) wrong.push(`input too small: ${say(e)}`);
  }

  const targets = document.querySelectorAll(
    "a[href], button, summary, select, textarea, input:not([type=hidden])");
  for (const e of targets) {
    if (!seen(e) || hidden(e)) continue;
    const label = e.closest("label") || (e.id && document.querySelector(`label[for="${e.id}"]`));
    const tick = e.matches("[type=radio], [type=checkbox]") && label;
    const boxes = [...(tick ? label : e).getClientRects()];
    const height = Math.max(0, ...boxes.map((b) => b.height));
    const width = Math.max(0, ...boxes.map((b) => b.width));
    if (height < target - 0.5) wrong.push(`target ${height.toFixed(1)} px high: ${say(e)}`);
    else if (width < 43.5 && !e.matches("p a, li a, td a")) wrong.push(`target ${width.toFixed(1)} px wide: ${say(e)}`);
  }

  const filled = [...document.querySelectorAll("main .btn-primary, .foot-fixed .btn-primary")].filter(seen);
  if (filled.length > 1) wrong.push(`${filled.length} filled buttons: ${filled.map(say).join(" | ")}`);
  for (const e of document.querySelectorAll("h1, h2, h3, p, label, dt, dd, .btn span, .link span")) {
    const texts = [];
    const inside = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    while (inside.nextNode()) if (inside.currentNode.data.trim()) texts.push(inside.currentNode);
    const last = texts.at(-1);
    if (!last || !seen(e) || hidden(e) || e.closest(".deed") || e.querySelector("form, br, div")) continue;
    const words = last.data.trimEnd();
    const [, alone] = words.match(/([\\u4e00-\\u9fff][，。：；？！）”、]*)$/) || [];
    if (!alone || words.length - alone.length < 2) continue;
    const top = (at) => {
      const range = document.createRange();
      range.setStart(last, at);
      range.setEnd(last, at + 1);
      return range.getBoundingClientRect().top;
    };
    const start = words.length - alone.length;
    if (Math.abs(top(start) - top(start - 1)) > 8) wrong.push(`one character alone on a line: ${say(e)}`);
  }
  if (document.querySelectorAll("h1").length !== 1) wrong.push("not one h1");
  return [...new Set(wrong)];
}
"""


def measured(page: Page, *, least: int = 18, target: int = 44) -> list[str]:
    """Everything too wide, too small, filled twice, or a character left alone; sizes in px."""
    found: list[str] = page.evaluate(MEASURE, {"least": least, "target": target})
    return found


def switches(page: Page) -> int:
    """How many visible buttons lead to the other language."""
    return page.locator("button[name=language]:visible").count()


def axed(page: Page) -> list[str]:
    """What axe finds, each with the first element that has it."""
    page.evaluate(f"if (!window.axe) {{ {AXE} }}")
    found: list[dict[str, Any]] = page.evaluate(
        "families => axe.run(document, {runOnly: families, resultTypes: ['violations'], preload: false})"
        ".then(r => r.violations.map(v => ({id: v.id, nodes: v.nodes.map(n => n.html)})))",
        FAMILIES,
    )
    return [f"axe {v['id']} × {len(v['nodes'])}: {v['nodes'][0][:160]}" for v in found]
