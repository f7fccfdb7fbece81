// The element: the attributes that a site writes in, a conversation with the assistant out, and
// the events `ptce-answer`, `ptce-error` and `ptce-feedback` for the site's audience measure. They
// hold no word of what a visitor wrote.

import { accentRule } from "./accent.js";
import { exchange, growing } from "./exchange.js";
import { button, make } from "./make.js";
import { keep, nameOf, recalled } from "./memory.js";
import { frame, suggested } from "./panel.js";
import { answered, Failure, post } from "./stream.js";
import { STYLE } from "./style.js";
import { sentence, wordsFor } from "./words.js";

const HOME = new URL("/", import.meta.url).href; // what serves this file answers
const TURNS = 8; // questions sent along, enough for a follow-up
const KEPT = 20; // exchanges kept in the tab
const ECHELONS = ["commune", "intercommunalite", "departement", "region", "etat"]; // of the API

const sheetOf = (rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  return sheet;
};


export class AssistantPtce extends HTMLElement {
  static observedAttributes = [
    "inline", "greeting", "echelon", "place", "accent", "position", "lang", "questions",
  ];

  #name = ""; // under which the tab keeps the conversation
  #said = []; // { question, answer, rated, next }
  #typed = "";
  #life = null; // AbortController of a connection: every listener ends with it
  #running = null; // AbortController of the exchange under way
  #scene = null;
  #parts = null;

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  connectedCallback() {
    if (!this.#name) this.#recall();
    this.#life = new AbortController();
    this.#scene = { words: wordsFor(this), home: HOME, signal: this.#life.signal };
    this.shadowRoot.adoptedStyleSheets = [STYLE, accentRule(this.getAttribute("accent"))].map(sheetOf);
    this.#parts = frame(this.#scene, this.#options(), this.#acts());
    this.shadowRoot.replaceChildren(...this.#parts.roots);
    if (this.isConnected) this.#parts.launch?.showPopover?.();
    this.#parts.box.value = this.#typed;
    this.#redraw();
    const { signal } = this.#life;
    addEventListener("pagehide", () => this.#keep(), { signal });
    // A page that comes back as it was left does not know what was said on others since.
    addEventListener("pageshow", ({ persisted }) => persisted && this.#return(), { signal });
  }

  disconnectedCallback() {
    this.#running?.abort(new Failure("left"));
    this.#life.abort();
    this.shadowRoot.replaceChildren();
    this.#life = this.#running = this.#scene = this.#parts = null;
  }

  attributeChangedCallback() {
    if (!this.#life) return;
    this.disconnectedCallback();
    this.connectedCallback();
  }

  #options() {
    const { starts } = this.#scene.words;
    const echelon = this.#echelon();
    const own = this.getAttribute("questions")?.split("|").map((text) => text.trim());
    return {
      inline: this.hasAttribute("inline"),
      left: this.getAttribute("position") === "left",
      greeting: this.getAttribute("greeting"),
      starts: own?.filter(Boolean) ?? starts[echelon] ?? starts.general,
    };
  }

  /** As the API names it, whatever the capitals and accents; what is none must stop no visitor. */
  #echelon() {
    const plain = (this.getAttribute("echelon") ?? "").normalize("NFD").replace(/\p{M}/gu, "");
    return ECHELONS.find((one) => one === plain.trim().toLowerCase()) ?? null;
  }

  #acts() {
    return {
      open: () => this.#open(),
      close: () => this.#parts.panel.close(),
      closed: () => this.#parts.launch.focus(),
      typed: () => { this.#typed = this.#parts.box.value; },
      submit: (event) => {
        event.preventDefault();
        this.#ask(this.#typed.trim());
      },
      suggested: (event) => this.#ask(event.currentTarget.textContent),
    };
  }

  #open() {
    const { panel, box, title, log } = this.#parts;
    panel.showModal();
    // On a telephone the keyboard would at once hide what is to be read first; zoomed in, the box.
    (matchMedia("(pointer: coarse), (max-height: 32em)").matches ? title : box).focus();
    log.lastElementChild?.scrollIntoView();
  }

  async #ask(question) {
    if (!question || this.#running) return;
    const running = this.#begin(question);
    const body = {
      question,
      history: this.#said.slice(-TURNS).map((one) => one.question),
      echelon: this.#echelon(),
      place: this.getAttribute("place") || null,
    };
    const { article, grow } = growing(question, this.#scene, () => this.#stop());
    this.#parts.draft.replaceChildren(article);
    article.scrollIntoView({ block: "nearest" });
    try {
      const answer = await answered(`${HOME}api/ask/stream`, body, running, grow);
      if (this.#running !== running) return;
      const one = { question, answer, rated: false };
      this.#add(one);
      this.#follow(one, body);
    } catch (failure) {
      if (this.#running === running) this.#fail(failure);
    }
  }

  /** What one exchange is aborted by. The question stays in the box until it is answered. */
  #begin(question) {
    const { box, failure, said } = this.#parts;
    this.#typed = box.value = question;
    failure.textContent = "";
    said.textContent = this.#scene.words.waiting;
    this.#running = new AbortController();
    return this.#running;
  }

  #stop() {
    this.#running?.abort(new Failure("left"));
    this.#running = null;
    this.#parts.draft.replaceChildren();
    this.#parts.said.textContent = this.#scene.words.kept;
    this.#parts.box.focus();
  }

  /** What may be asked next, which comes after the answer; without it nothing is missing. */
  async #follow(one, body) {
    const scene = this.#scene;
    try {
      const reply = await post(`${HOME}api/suggestions`, body, scene.signal);
      const { suggestions } = await reply.json();
      if (this.#scene !== scene || this.#said.at(-1) !== one) return;
      one.next = suggestions;
      this.#parts.next.append(...this.#suggested(one));
      this.#keep();
    } catch { /* an older server, or too many questions */ }
  }

  #suggested({ next = [], answer }) {
    const { words, signal } = this.#scene;
    return suggested(words.next, next, this.#acts().suggested, signal, answer.language);
  }

  /** The answer enters the log whole: it is announced once, whatever came before it. */
  #add(one) {
    const { draft, log, box, intro, after, said } = this.#parts;
    const lost = [intro, after, draft].some((part) => part.contains(this.shadowRoot.activeElement));
    this.#running = null;
    this.#said = [...this.#said, one].slice(-KEPT);
    said.textContent = "";
    if (box.value.trim() === one.question) this.#typed = box.value = ""; // else the next is begun
    draft.replaceChildren();
    const made = exchange(one, this.#scene);
    log.append(made);
    this.#settle();
    made.scrollIntoView();
    if (lost) made.querySelector(".state").focus({ preventScroll: true });
    this.#keep();
    const { id, status, language, citations } = one.answer;
    this.#tell("ptce-answer", { id, status, language, citations: citations.length });
  }

  #fail(failure) {
    this.#running = null;
    this.#parts.draft.replaceChildren();
    this.#parts.said.textContent = "";
    this.#parts.failure.textContent = sentence(failure, this.#scene.words);
    this.#parts.failure.scrollIntoView({ block: "nearest" });
    this.#tell("ptce-error", { code: failure.code });
  }

  /** What follows the last answer, and what precedes the first, shown or not. */
  #settle() {
    const { intro, after } = this.#parts;
    const last = this.#said.at(-1);
    intro.hidden = Boolean(last);
    after.replaceChildren();
    if (!last) return;
    const { words, signal } = this.#scene;
    this.#parts.next = make("div", { class: "next" }, ...this.#suggested(last));
    after.append(this.#parts.next, last.rated ? "" : this.#opinion(last), button(words.restart, { class: "quiet", part: "restart" },
      () => this.#restart(), signal));
  }

  /** Everything said so far. What another program or version kept may be of another shape. */
  #redraw() {
    const { log } = this.#parts;
    try {
      log.replaceChildren(...this.#said.map((one) => exchange(one, this.#scene)));
      this.#settle();
    } catch {
      this.#said = [];
      log.replaceChildren();
      this.#settle();
    }
  }

  #return() {
    this.#recall();
    this.#parts.box.value = this.#typed;
    this.#redraw();
  }

  #opinion(last) {
    const { words, signal } = this.#scene;
    const said = make("p", { role: "status", tabindex: "-1" });
    const rate = (rating) => () => this.#rate(last, rating, group, said);
    const group = make("div", { role: "group", "aria-labelledby": "helps", part: "feedback" },
      make("span", { id: "helps" }, words.helps),
      button(words.yes, { class: "quiet" }, rate("up"), signal),
      button(words.no, { class: "quiet" }, rate("down"), signal));
    return make("div", {}, group, said);
  }

  async #rate(last, rating, group, said) {
    const { words, signal } = this.#scene;
    try {
      await post(`${HOME}api/feedback`, { answer_id: last.answer.id, rating }, signal);
    } catch {
      said.textContent = words.lost;
      return;
    }
    last.rated = true;
    this.#keep();
    said.textContent = words.thanks;
    said.focus();
    group.remove();
    this.#tell("ptce-feedback", { id: last.answer.id, rating });
  }

  #restart() {
    this.#running?.abort(new Failure("left"));
    this.#running = null;
    this.#said = [];
    this.#parts.log.replaceChildren();
    this.#parts.draft.replaceChildren();
    this.#parts.failure.textContent = "";
    this.#parts.said.textContent = this.#scene.words.cleared;
    this.#settle();
    this.#keep();
    this.#parts.box.focus();
  }

  #recall() {
    this.#name = nameOf(this);
    const found = recalled(this.#name);
    if (!found) return;
    const { said, typed } = found;
    this.#said = Array.isArray(said) ? said : [];
    this.#typed = typeof typed === "string" ? typed : "";
  }

  #keep() {
    const some = this.#said.length > 0 || this.#typed;
    keep(this.#name, some ? { said: this.#said, typed: this.#typed } : null);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
