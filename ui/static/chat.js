// The chat page around Gradio: it hands Gradio its configuration, keeps the conversation in this
// tab only, and does what Gradio does not: one announcement an answer, French errors, opinions.
// Whatever comes from the server as HTML was escaped there; all else goes in as text.

const TEXTS = JSON.parse(document.getElementById("texts").textContent);
const TURNS = 8; // enough for a follow-up, and well within what a request may weigh
const FEW = 2; // sources that may stand open where they come below the answer
const STORE = "conversation";

const at = (id) => document.getElementById(id);
const app = document.querySelector("gradio-app");
const conversation = at("conversation");
const lens = at("lens");
const state = { said: [], echelon: "", place: "" };
let step = "";

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
  const queued = String(input?.url ?? input).includes("/gradio_api/queue/");
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

const fail = (message) => {
  if (at("failure").textContent) return; // the first cause is the one to tell
  step = "failed";
  document.body.classList.add("unanswered");
  at("said").textContent = "";
  at("failure").textContent = message;
};

// ------------------------------------------------------------ the conversation

const carry = () => {
  const { said, echelon, place } = state;
  write(field("carried"), JSON.stringify({
    history: said.slice(-TURNS), echelon: echelon || null, place: place || null,
  }));
};

const save = () => {
  const draft = field("question")?.value ?? "";
  try {
    sessionStorage.setItem(STORE, JSON.stringify({ ...state, draft, html: conversation.innerHTML }));
  } catch { /* a full or forbidden store: the conversation then ends with the page */ }
};

const restored = () => {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
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
  const now = exchange?.dataset.step ?? "";
  if (!exchange || now === step) return;
  step = now;
  if (now === "waiting") {
    document.body.classList.remove("unanswered");
    at("failure").textContent = "";
    at("said").textContent = TEXTS.waiting;
  } else if (now === "done") {
    settle(exchange);
  } else if (now === "failed") {
    at("said").textContent = "";
    fail(exchange.querySelector(".failure").textContent);
  }
};

const ask = (text) => {
  write(field("question"), text);
  requestAnimationFrame(() => at("send").click());
};

const restart = () => {
  state.said.length = 0;
  conversation.replaceChildren();
  at("failure").textContent = "";
  at("said").textContent = TEXTS.cleared;
  started();
  carry();
  save();
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

const copied = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const box = document.body.appendChild(document.createElement("textarea")); // plain http
  box.value = text;
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
};

const copy = async (button) => {
  const text = button.dataset.copy.replace(/^\/lire\//gm, `${location.origin}/lire/`);
  const done = await copied(text);
  button.parentElement.querySelector("[data-said]").textContent = done ? TEXTS.copied : TEXTS.uncopied;
};

const rate = (button) => {
  const form = button.closest("form");
  for (const other of form.querySelectorAll("[data-rating]")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  form.querySelector(".reason").hidden = false;
};

const send = async (form) => {
  const body = {
    answer_id: form.dataset.answer,
    rating: form.querySelector('[aria-pressed="true"]').dataset.rating,
    reason: form.querySelector("textarea").value.trim() || null,
  };
  const sent = await fetch("/api/feedback", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).then((response) => response.ok, () => false);
  const said = form.querySelector("[data-said]");
  said.textContent = sent ? TEXTS.thanks : TEXTS.lost;
  if (!sent) return;
  said.tabIndex = -1;
  said.focus();
  form.querySelector("fieldset").remove();
  form.querySelector(".reason").remove();
  save();
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
  else if (pressed.dataset.rating) rate(pressed);
});
conversation.addEventListener("submit", (event) => { event.preventDefault(); send(event.target); });
document.addEventListener("click", (event) => {
  const suggestion = event.target.closest(".suggestion");
  if (suggestion) ask(suggestion.textContent);
});
addEventListener("beforeprint", () => {
  for (const folded of conversation.querySelectorAll("details.sources")) folded.open = true;
});

// ------------------------------------------------------------ once Gradio has drawn the box

// Gradio may set its fields after it drew them: what a question carries is written as it leaves.
const leave = () => {
  at("failure").textContent = "";
  carry();
  write(field("question"), field("question").value);
};
app.addEventListener("click", (event) => { if (event.target.closest("#send")) leave(); }, true);
app.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && event.target.closest("#question")) leave();
}, true);

// The page has a main part of its own; Gradio's becomes a plain box with the same content.
const demote = (main) => {
  const box = document.createElement("div");
  box.className = main.className;
  box.append(...main.childNodes);
  main.replaceWith(box);
};

const ready = () => {
  const before = restored();
  conversation.innerHTML = before.html ?? "";
  state.said = before.said ?? [];
  at("echelon").value = before.echelon ?? "";
  at("place").value = before.place ?? "";
  if (before.draft) write(field("question"), before.draft);
  demote(app.querySelector("main"));
  at("without").hidden = true;
  at("around").hidden = false;
  started();
  look();
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
