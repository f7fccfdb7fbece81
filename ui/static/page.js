// The plain chat page: a question out, a reply in; the conversation lives in this page only.
import { node, reply, spoken } from "/static/render.js";

const TEXTS = {
  waiting: "Recherche dans les documents…",
  empty: "Écrivez une question.",
  network: "Le service ne répond pas. Votre question est conservée : réessayez dans un instant.",
  retry: " Votre question est conservée.",
  useful: "Cette réponse vous aide-t-elle ?",
  yes: "Oui",
  no: "Non",
  thanks: "Merci, votre avis est enregistré.",
  lost: "Votre avis n’a pas pu être enregistré.",
  cleared: "La conversation est effacée.",
};
const TURNS = 8; // enough for a follow-up, and well within what a request may weigh

const at = (id) => document.getElementById(id);
const form = at("form");
const box = at("question");
const said = []; // the questions of this conversation, oldest first
let busy = false;
let count = 0;

const post = (path, body) =>
  fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

const setBusy = (now) => {
  busy = now;
  at("send").setAttribute("aria-disabled", String(now));
  at("conversation").setAttribute("aria-busy", String(now));
};

const fail = (message) => {
  at("status").textContent = "";
  at("error").textContent = message;
  box.setAttribute("aria-invalid", "true");
  box.focus();
};

const opinion = (answer) => {
  const line = node("div", "opinion", node("p", "", TEXTS.useful));
  const give = async (rating) => {
    const sent = await post("/api/feedback", { answer_id: answer.id, rating, reason: null })
      .then((response) => response.ok, () => false);
    const thanks = node("p", "", sent ? TEXTS.thanks : TEXTS.lost);
    thanks.tabIndex = -1;
    line.replaceChildren(thanks);
    thanks.focus();
  };
  for (const [rating, word] of [["up", TEXTS.yes], ["down", TEXTS.no]]) {
    const button = node("button", "quiet", word);
    button.type = "button";
    button.addEventListener("click", () => give(rating), { once: true });
    line.append(button);
  }
  return line;
};

const show = (question, answer) => {
  count += 1;
  const shown = reply(answer, count);
  if (answer.id) shown.append(opinion(answer));
  const exchange = node("article", "exchange", node("h2", "asked", question), shown);
  exchange.setAttribute("aria-label", `Question ${count}`);
  at("conversation").append(exchange);
  at("status").textContent = spoken(answer);
  const lost = at("examples").contains(document.activeElement);
  at("examples").hidden = true;
  at("again").hidden = false;
  exchange.scrollIntoView({ block: "start" });
  if (lost) shown.firstElementChild.focus({ preventScroll: true });
};

const ask = async (question) => {
  const response = await post("/api/ask", { question, history: said.slice(-TURNS) });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error.message + TEXTS.retry);
  return body;
};

const submit = async () => {
  const question = box.value.trim();
  if (busy) return;
  if (!question) { fail(TEXTS.empty); return; }
  setBusy(true);
  at("error").textContent = "";
  box.removeAttribute("aria-invalid");
  at("status").textContent = TEXTS.waiting;
  try {
    const answer = await ask(question);
    show(question, answer);
    said.push(question);
    box.value = ""; // the focus stays: moving it would raise the keyboard of a phone
  } catch (error) {
    fail(error instanceof TypeError || error instanceof SyntaxError ? TEXTS.network : error.message);
  } finally {
    setBusy(false);
  }
};

const restart = () => {
  if (busy) return;
  said.length = 0;
  at("conversation").replaceChildren();
  at("examples").hidden = false;
  at("again").hidden = true;
  at("status").textContent = TEXTS.cleared;
  box.focus();
};

form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
at("restart").addEventListener("click", restart);
for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => {
    if (busy) return;
    box.value = example.textContent;
    submit();
  });
}

at("without").hidden = true;
form.hidden = false;
at("examples").hidden = false;
