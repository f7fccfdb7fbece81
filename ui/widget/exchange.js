// A question and its answer in; one article of the conversation out: the state in words, the text
// with its markers, each source as a quotation that opens. Nothing is shown without its source.

import { button, make } from "./make.js";
import { rendered, settled } from "./small_markdown.js";
import { dated } from "./words.js";

/**
 * @typedef {object} Scene what the parts of one connection share
 * @property {object} words
 * @property {string} home the address of the assistant, with its last slash
 * @property {AbortSignal} signal ends with the connection
 */

/** The question alone, and the text of its answer as it grows; `grow` takes the text so far. */
export const growing = (question, { words, signal }, stop) => {
  const text = make("div", { class: "text" }, make("p", { class: "soft" }, words.waiting));
  const told = make("p", { class: "soft", hidden: true }, words.provisional);
  const grow = (so_far) => {
    told.hidden = false;
    text.replaceChildren(rendered(settled(so_far), () => null));
  };
  return { article: make("article", { part: "exchange" }, asked(question, words), told, text,
    make("p", { class: "ways" }, button(words.stop, { class: "quiet" }, stop, signal))), grow };
};

/** The whole exchange. Its `.state` can be given focus, as the place where the answer begins. */
export const exchange = ({ question, answer }, scene) => {
  const { words } = scene;
  const cards = new Map(answer.citations.map((cited) => [cited.number, card(cited, scene)]));
  const reply = make("div", { class: "reply", part: "answer", lang: words.language },
    make("p", { class: `state ${answer.status}`, part: "state", tabindex: "-1" }, state(answer, words)),
    answer.generator === "model" ? make("p", { class: "soft" }, words.model) : null,
    answer.missing ? make("p", { class: "missing" },
      make("strong", {}, words.missing), answer.missing) : null,
    make("div", { class: "text", lang: answer.language },
      rendered(body(answer), (number) => marker(number, cards.get(number), scene), answer.language)));
  if (cards.size) reply.append(make("h4", {}, words.sources(cards.size)), list(cards.values()));
  if (answer.nearest.length) {
    reply.append(make("h4", {}, words.nearest), make("p", { class: "soft" }, words.nearest_only),
      list(answer.nearest.map((near) => card(near, scene))));
  }
  return make("article", { part: "exchange" }, asked(question, words), reply);
};

/** The state of an answer as people say it; a polite line to small talk is none. */
export const state = (answer, words) => {
  const polite = answer.status === "refused" && !answer.nearest.length && !answer.citations.length;
  return words.states[polite ? "polite" : answer.status];
};

const asked = (question, words) =>
  make("h3", { part: "question" }, make("span", { class: "heard" }, words.you_ask), question);

const list = (cards) =>
  make("ul", { class: "sources" }, ...[...cards].map((one) => make("li", {}, one)));

/** The text without its last paragraph where that says what is missing: it is said above. */
const body = ({ answer, missing }) => {
  const at = answer.lastIndexOf("\n\n");
  return at > 0 && missing && answer.endsWith(missing) ? answer.slice(0, at) : answer;
};

/** A button that opens the source of its number and goes there; null for a number without one. */
const marker = (number, opened, { words, signal }) => {
  if (!opened) return null;
  const label = { class: "marker", "aria-label": words.source(number) };
  const pressed = button(make("span", { part: "marker" }, `[${number}]`), label, () => {
    opened.open = true;
    opened.from = pressed;
    opened.firstChild.focus();
  }, signal);
  return pressed;
};

const card = (cited, scene) => {
  const { words, signal } = scene;
  const called = cited.source_title.split(/\s+:\s|\s+\(/)[0]; // as people call it; whole below
  const named = cited.number ? `[${cited.number}] ${called}` : called;
  // Two passages of one document would else bear the same name.
  const under = cited.section?.at(-1);
  const page = cited.page ? ` · ${words.page} ${cited.page}` : "";
  const link = make("a", { part: "link", target: "_blank", rel: "noopener noreferrer" }, words.read,
    make("span", { class: "heard" }, words.new_tab));
  link.href = reading(cited, scene);
  const opened = make("details", { part: "source" },
    make("summary", {}, make("span", { lang: "fr" }, named),
      make("span", { class: "soft" }, `, ${dated(cited.date, words)}`,
        under ? make("span", { lang: "fr" }, ` · ${under}`) : null)),
    make("blockquote", { lang: "fr", part: "quote" }, cited.quote),
    make("p", { class: "soft" }, make("cite", { lang: "fr" }, cited.source_title),
      `, ${cited.publisher}, ${dated(cited.date, words)}${page}`));
  const ways = make("p", { class: "ways" }, link);
  if (cited.number) {
    ways.append(button(words.back, { class: "quiet" }, () => opened.from.focus(), signal));
    opened.from = opened.firstChild; // until a marker is pressed
  }
  opened.append(ways);
  opened.addEventListener("toggle", () => sharpen(link, cited, scene), { once: true, signal });
  return opened;
};

/** Where a citation is read, always on the assistant's own origin; the whole passage at first. */
const reading = ({ passage_id }, { home }, stretch = "") =>
  new URL(`lire/${encodeURIComponent(passage_id)}${stretch}#citation`, home).href;

/** Narrow a link to the quotation: its address counts from the passage, a citation from the text. */
const sharpen = async (link, cited, scene) => {
  const address = new URL(`api/passages/${encodeURIComponent(cited.passage_id)}`, scene.home);
  try {
    const reply = await fetch(address, { credentials: "omit", signal: scene.signal });
    const { start } = await reply.json();
    if (!Number.isInteger(start)) return;
    link.href = reading(cited, scene, `?de=${cited.start - start}&a=${cited.end - start}`);
  } catch { /* the link to the whole passage stays */ }
};
