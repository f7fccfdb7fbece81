// The words and the options of an element in; the frame of its conversation out: a button and a
// dialog, or a block of the page. The frame holds no conversation yet.

import { button, make } from "./make.js";

/**
 * @param {import("./exchange.js").Scene} scene
 * @param {{inline: boolean, left: boolean, greeting: string, starts: string[]}} options
 * @param {Record<string, (event: Event) => void>} acts
 * @returns {Record<string, HTMLElement>} `roots` for the shadow tree, and the parts to be filled
 */
export const frame = (scene, options, acts) => {
  const { words, signal } = scene;
  const parts = {
    log: make("div", { role: "log", "aria-label": words.conversation }),
    draft: make("div"),
    after: make("div", { class: "after" }),
    failure: make("p", { class: "failure", role: "alert", part: "failure" }),
    said: make("p", { class: "heard", role: "status" }),
    title: make("h2", { id: "title", tabindex: "-1" }, words.title),
    box: make("textarea", { id: "box", rows: "2", part: "box", "aria-describedby": "notice" }),
  };
  parts.intro = intro(scene, options, acts);
  const head = make("header", { part: "header" }, parts.title);
  if (!options.inline) head.append(button(words.close, { class: "quiet" }, acts.close, signal));
  const inner = make("div", { class: "inner" }, head,
    make("div", { class: "scroll", part: "conversation" },
      parts.intro, parts.log, parts.draft, parts.after),
    form(parts, scene, acts), parts.said);
  const named = { class: "panel", part: "panel", "aria-labelledby": "title", lang: words.language };
  if (options.inline) {
    parts.panel = make("section", named, inner);
    return { ...parts, roots: [parts.panel] };
  }
  // Modal: over a page that is not ours, the browser alone keeps focus in, and gives it back.
  parts.panel = make("dialog", { ...named, "data-left": options.left }, inner);
  parts.panel.addEventListener("close", acts.closed, { signal });
  // Nothing but `inner` fills the dialog: a press on the dialog itself is one beside it.
  parts.panel.addEventListener("click", (event) => {
    if (event.target === parts.panel) acts.close();
  }, { signal });
  // In the top layer, where what a site does to the elements around it does not reach.
  parts.launch = button(words.open, { part: "button", class: "launch", lang: words.language,
    "aria-haspopup": "dialog", popover: "manual", "data-left": options.left }, acts.open, signal);
  return { ...parts, roots: [parts.launch, parts.panel] };
};

const intro = ({ words, home, signal }, { greeting, starts }, acts) => {
  const privacy = make("a", { target: "_blank", rel: "noopener noreferrer", part: "link",
    href: new URL("a-propos#confidentialite", home).href }, words.privacy,
  make("span", { class: "heard" }, words.new_tab));
  return make("div", { class: "intro" },
    make("p", { part: "greeting" }, greeting || words.greeting),
    make("p", { id: "notice", class: "notice" }, words.notice),
    make("p", { class: "soft" }, words.kept_here),
    make("p", { class: "soft" }, privacy),
    ...suggested(words.start, starts, acts.suggested, signal));
};

/** A heading and questions to press, in a `language` of their own; nothing without questions. */
export const suggested = (heading, texts, act, signal, lang = null) => texts.length ? [
  make("h3", {}, heading),
  make("ul", { class: "starts" }, ...texts.map((text) =>
    make("li", {}, button(text, { class: "quiet", part: "suggestion", lang }, act, signal)))),
] : [];

const form = ({ box, failure }, { words, signal }, acts) => {
  const made = make("form", { part: "form", novalidate: true }, failure,
    make("label", { for: "box" }, words.question), box,
    make("button", { part: "send", class: "send" }, words.send));
  made.addEventListener("submit", acts.submit, { signal });
  box.addEventListener("input", acts.typed, { signal });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    made.requestSubmit();
  }, { signal });
  return made;
};
