// The small Markdown of an answer in, nodes out: paragraphs, `###` headings, `-` lists,
// `**strong**` and `[n]`. Nothing else is markup, so that no tag or address of a text can act.

import { make } from "./make.js";

const PARTS = /(\*\*[^*]+\*\*|\[[0-9]{1,3}\])/;
const STRONG = /^\*\*([^*]+)\*\*$/;
const QUOTED = /(«[^«»]*(?:«[^«»]*»[^«»]*)*»)/; // a quotation may hold another
const MARKER = /^\[([0-9]{1,3})\]$/;

/**
 * @param {string} text
 * @param {(number: number) => Node | null} marker what stands for a marker; null leaves its text
 * @param {string} [language] of the text; quotations are French, and said to be where it is not
 * @returns {DocumentFragment}
 */
export const rendered = (text, marker, language = "fr") => {
  const whole = document.createDocumentFragment();
  let kind = "";
  for (const line of text.split("\n").map((raw) => raw.trim())) {
    const before = kind;
    kind = !line ? "" : line.startsWith("### ") ? "h4" : line.startsWith("- ") ? "li" : "p";
    if (!kind) continue;
    const told = kind === "h4" ? line.slice(4) : kind === "li" ? line.slice(2) : line;
    const parts = language === "fr" ? inline(told, marker) : quoting(told, marker);
    if (kind !== before || kind === "h4") whole.append(make(kind === "li" ? "ul" : kind));
    else if (kind === "p") whole.lastChild.append(make("br"));
    if (kind === "li") whole.lastChild.append(make("li", {}, ...parts));
    else whole.lastChild.append(...parts);
  }
  return whole;
};

/** The text without the `**` at its end that is still to be closed: it would flicker. */
export const settled = (text) => {
  const last = text.slice(text.lastIndexOf("\n") + 1);
  return last.split("**").length % 2 ? text : text.slice(0, text.lastIndexOf("**"));
};

const quoting = (line, marker) =>
  line.split(QUOTED).flatMap((part, at) => {
    const parts = inline(part, marker);
    return at % 2 ? make("span", { lang: "fr" }, ...parts) : parts;
  });

const inline = (line, marker) =>
  line.split(PARTS).filter(Boolean).map((part) => {
    const strong = STRONG.exec(part);
    if (strong) return make("strong", {}, ...inline(strong[1], marker));
    const number = MARKER.exec(part);
    return (number && marker(Number(number[1]))) || part;
  });
