// Dates, times and numbers of papers stay in one piece, with no gap between figures and words
// inside; a stylesheet alone cannot tell them from other words. A heading breaks after its commas.

const NUMBER = /（\d{4}）[^\s，。；：（）]{1,24}第\d+号/gu;
const DATE = new RegExp(
  [
    "(?:\\d{4}年)?\\d{1,2}月(?:\\d{1,2}日)?(?:（周.）)?(?:[上中下]午)?(?:\\d{1,2}[点时](?:\\d{1,2}分)?)?",
    "(?:今天|明天|昨天|[上中下]午)\\d{1,2}[点时](?:\\d{1,2}分)?",
    "\\d{1,2}[点时]\\d{1,2}分",
    "\\d{4}年",
  ].join("|"),
  "gu",
);
const CLAUSED = "h1, h2, .next-reason, .head-line, .hint, .strip span, .foot-words, .ways > p, .menu a > span";
const CLAUSE = /[^，：。；]+[，：。；]?/gu;
const KEPT = "script, style, textarea, option, title, .whole, .date, .code";
const ROWS = /flex|grid/;

function wrap(node, piece, look) {
  const words = node.data;
  const found = [...words.matchAll(piece)];
  if (!found.length) return;
  const pieces = document.createDocumentFragment();
  let end = 0;
  for (const match of found) {
    const whole = document.createElement("span");
    whole.className = look;
    whole.textContent = match[0];
    pieces.append(words.slice(end, match.index), whole);
    end = match.index + match[0].length;
  }
  pieces.append(words.slice(end));
  node.replaceWith(pieces);
}

// 协议写好了，请您看看对不对 breaks after the comma, not inside 请您.
function wrapClauses(node) {
  const clauses = node.data.trim().match(CLAUSE) ?? [];
  if (clauses.length < 2 || clauses.some((clause) => clause.length > 16)) return;
  const pieces = clauses.map((clause) => {
    const piece = document.createElement("span");
    piece.className = "clause";
    piece.textContent = clause;
    return piece;
  });
  node.replaceWith(...pieces);
}

function textOf(root, fits) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    // In a row of boxes a piece would become a box of its own.
    if (parent && !parent.closest(KEPT) && !ROWS.test(getComputedStyle(parent).display) && fits(parent)) {
      nodes.push(walker.currentNode);
    }
  }
  return nodes;
}

function setPieces(root) {
  // A number of a paper is Chinese whatever the page speaks.
  for (const node of textOf(root, () => true)) wrap(node, NUMBER, "whole");
  if (!document.documentElement.lang.startsWith("zh")) return;
  for (const node of textOf(root, (parent) => parent.matches(CLAUSED))) wrapClauses(node);
  for (const node of textOf(root, () => true)) wrap(node, DATE, "date");
}

setPieces(document.body);
document.body.addEventListener("htmx:afterSwap", (event) => setPieces(event.detail.target));
