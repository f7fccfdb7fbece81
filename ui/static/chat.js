// The chat page around Gradio: it hands Gradio its configuration, keeps the conversation in this
// tab only, and does what Gradio does not: one announcement an answer, French errors, opinions.
// Whatever comes from the server as HTML was escaped there; all else goes in as text.

import { copied } from "./copy.js";
import { remember, remembered, written } from "./memory.js";
import { explain, rate } from "./opinions.js";

const TEXTS = JSON.parse(document.getElementById("texts").textContent);
const TURNS = 8; // enough for a follow-up, and well within what a request may weigh
const FEW = 2; // sources that may stand open where they come below the answer
const SLOW = 10_000; // milliseconds before an answer is said to be late
const LOST = 60_000; // and before it is given up

const at = (id) => document.getElementById(id);
const app = document.querySelector("gradio-app");
const conversation = at("conversation");
const lens = at("lens");
const state = { said: [], echelon: "", place: "", unanswered: "" }; // what a reload gives back
let pending = null; // the question that is out
let turn = 0; // its number: an exchange that bears another one is late
let timers = [];
let draft = null;
history.scrollRestoration = "manual"; // the browser would look for the place before it is there

// ------------------------------------------------------------ Gradio

window.gradio_config = JSON.parse(at("gradio-config").textContent);
window.gradio_api_info = { named_endpoints: {}, unnamed_endpoints: {} };
window.__gradio_mode__ = "app";
// Gradio takes its language, and that of the page, from the browser: this page is French.
Object.defineProperty(navigator, "language", { value: "fr" });

const field = (id) => app.querySelector(`#${id} textarea`);

const write = (box, text) => {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
};

// A refusal by the server says why in French; Gradio would only say that the connection failed.
const fetched = window.fetch.bind(window);
window.fetch = async (input, options) => {
  const address = String(input?.url ?? input);
  const queued = address.includes("/gradio_api/queue/");
  if (address.includes("/queue/join")) unsuspend(); // what is asked has left the box
  try {
    const response = await fetched(input, options);
    if (queued && !response.ok) fail(await reasonOf(response.clone()));
    return response;
  } catch (error) {
    if (queued) fail(TEXTS.network);
    throw error;
  }
};

const reasonOf = async (response) => {
  const body = await response.json().catch(() => null);
  const message = body?.error?.message;
  if (message) return `${message} ${TEXTS.kept}`;
  return response.status === 503 ? TEXTS.busy : TEXTS.network;
};

// ------------------------------------------------------------ the question that is out

// What the box held when a suggestion went through it comes back to it.
const unsuspend = () => {
  if (draft !== null) write(field("question"), draft);
  draft = null;
};

const wait = (asked) => {
  turn += 1;
  pending = state.unanswered = asked;
  at("failure").textContent = "";
  at("kept").hidden = true;
  at("pending").querySelector(".asked").textContent = asked;
  at("pending").hidden = false;
  tell(TEXTS.waiting);
  at("pending").scrollIntoView({ block: "nearest" });
  timers = [setTimeout(tell, SLOW, TEXTS.slow), setTimeout(fail, LOST, TEXTS.network)];
};

const tell = (text) => {
  at("pending").querySelector(".waiting").textContent = text;
  at("said").textContent = text;
};

// No question is out any more: what still comes for it is late. Gives the question back.
const close = () => {
  const asked = pending;
  timers.forEach(clearTimeout);
  pending = null;
  at("pending").hidden = true;
  at("said").textContent = "";
  follow();
  return asked;
};

const fail = (message) => {
  if (pending === null) return; // the first cause is the one to tell
  unsuspend();
  keep(close());
  // A page that is left, or opened anew by Gradio, cuts the network too, and tells it once back.
  if (message !== TEXTS.network) state.unanswered = "";
  at("failure").textContent = message;
  save();
};

// A question without an answer goes back to the box, or beside what was typed there since.
const keep = (asked) => {
  const box = field("question");
  if (!box.value) write(box, asked);
  at("kept").firstElementChild.textContent = asked;
  at("kept").hidden = box.value.trim() === asked.trim();
};

// ------------------------------------------------------------ the conversation

const carry = () => {
  const { said, echelon, place } = state;
  write(field("carried"), JSON.stringify({
    history: said.slice(-TURNS), echelon: echelon || null, place: place || null, turn,
  }));
};

const save = () => {
  const box = field("question");
  remember({ ...state, draft: box?.value ?? "", html: written(conversation), top: scrollY });
};

const started = () => {
  const some = conversation.childElementCount > 0;
  at("restart").hidden = !some;
  at("starts").hidden = some;
  at("notice").hidden = some;
};

const fold = (sources) => { sources.open = matchMedia("(min-width: 68rem)").matches; };

const settle = (exchange) => {
  const lost = at("starts").contains(document.activeElement);
  conversation.append(exchange); // out of Gradio's hands, which starts the next one afresh
  const box = field("question");
  if (box.value === close()) write(box, "");
  state.unanswered = "";
  for (const where of exchange.querySelectorAll(".where")) where.prepend(location.origin);
  state.said.push(exchange.dataset.question);
  const told = exchange.querySelector(".state");
  const sources = exchange.querySelector(".sources > summary");
  at("said").textContent = [told, sources].filter(Boolean).map((n) => n.textContent).join(", ");
  if (exchange.querySelectorAll(".sources .card").length > FEW) fold(sources.parentElement);
  started();
  exchange.scrollIntoView({ block: "start" });
  if (lost) told.focus({ preventScroll: true });
  carry();
  save();
};

const follow = () => {
  const exchange = app.querySelector("#reply .exchange");
  if (!exchange) return;
  const { step, turn: of } = exchange.dataset;
  const late = pending === null || of !== String(turn);
  exchange.hidden = late || step === "failed"; // a failure is told below
  if (late) return;
  if (step === "failed") fail(exchange.querySelector(".failure").textContent);
  else if (step === "done") settle(exchange);
  else at("pending").hidden = true;
};

const ask = (text) => {
  if (pending !== null) return;
  draft = field("question").value;
  write(field("question"), text);
  requestAnimationFrame(() => at("send").click());
};

const restart = () => {
  close();
  state.unanswered = "";
  state.said.length = 0;
  conversation.replaceChildren();
  at("failure").textContent = "";
  at("kept").hidden = true;
  at("said").textContent = TEXTS.cleared;
  lens.querySelector("form").reset(); // then look() carries and saves
  started();
  field("question").focus();
};

// ------------------------------------------------------------ the lens

const look = () => {
  state.echelon = at("echelon").value;
  state.place = at("place").value;
  const names = [at("echelon"), at("place")].filter((s) => s.value).map((s) => s.selectedOptions[0].text);
  at("lens-set").textContent = names.length ? ` : ${names.join(", ")}` : "";
  for (const list of document.querySelectorAll("[data-echelon]")) {
    list.hidden = list.dataset.echelon !== state.echelon;
  }
  carry();
  save();
};

// ------------------------------------------------------------ what is done with an answer

const copy = async (button) => {
  const text = button.dataset.copy.replace(/^\/lire\//gm, `${location.origin}/lire/`);
  const done = await copied(text);
  button.parentElement.querySelector("[data-said]").textContent = done ? TEXTS.copied : TEXTS.uncopied;
};

// A source may be folded: a marker that leads to it opens what folds it.
const reach = (link) => {
  const target = at(decodeURIComponent(link.hash.slice(1)));
  target?.closest("details")?.setAttribute("open", "");
  target?.focus();
};

conversation.addEventListener("click", (event) => {
  const pressed = event.target.closest("button, a[href^='#']");
  if (!pressed) return;
  if (pressed.matches("a")) reach(pressed);
  else if (pressed.dataset.copy !== undefined) copy(pressed);
  else if (pressed.dataset.print !== undefined) print();
  else if (pressed.dataset.rating) rate(pressed, TEXTS).then(save);
});
conversation.addEventListener("submit", (event) => { event.preventDefault(); explain(event.target, TEXTS).then(save); });
document.addEventListener("click", (event) => {
  const suggestion = event.target.closest(".suggestion");
  if (suggestion) ask(suggestion.textContent);
});
addEventListener("beforeprint", () => {
  for (const folded of conversation.querySelectorAll("details.sources")) folded.open = true;
});

// ------------------------------------------------------------ once Gradio has drawn the box

// Gradio may set its fields after it drew them: what a question carries is written as it leaves.
const leave = (event) => {
  if (pending !== null) { // one at a time: the next stays in the box
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  wait(field("question").value);
  carry();
  write(field("question"), pending);
  save();
};
app.addEventListener("click", (event) => { if (event.target.closest("#send")) leave(event); }, true);
app.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && event.target.closest("#question")) leave(event);
}, true);

// The page has a main part of its own; Gradio's becomes a plain box with the same content.
const demote = (main) => {
  const box = document.createElement("div");
  box.className = main.className;
  box.append(...main.childNodes);
  main.replaceWith(box);
};

const ready = () => {
  const before = remembered();
  conversation.innerHTML = before.html ?? "";
  state.said = before.said ?? [];
  at("echelon").value = before.echelon ?? "";
  at("place").value = before.place ?? "";
  if (before.draft) write(field("question"), before.draft);
  demote(app.querySelector("main"));
  at("without").hidden = true;
  at("around").hidden = false;
  started();
  if (before.unanswered) {
    state.unanswered = before.unanswered;
    keep(before.unanswered);
    at("failure").textContent = TEXTS.unanswered;
  }
  look();
  scrollTo(0, before.top ?? 0);
  lens.addEventListener("change", look);
  lens.querySelector("form").addEventListener("reset", () => setTimeout(look));
  at("restart").addEventListener("click", restart);
  addEventListener("pagehide", save);
  new MutationObserver(follow).observe(app.querySelector("#reply"), {
    childList: true, subtree: true, attributeFilter: ["data-step"],
  });
};

new MutationObserver((changes, observer) => {
  if (!field("question") || !field("carried") || !app.querySelector("#reply")) return;
  observer.disconnect();
  ready();
}).observe(app, { childList: true, subtree: true });
