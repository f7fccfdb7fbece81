// The page that shows how to take the widget in: what is chosen becomes the lines to copy, and
// the widget on the page. Without it the page holds the lines of the default choice.

import { copied } from "./copy.js";

const options = document.getElementById("options");
const form = options.querySelector("form");
const preview = document.getElementById("preview");
const { home, version, integrity } = form.dataset;
const LINK = "Poser une question sur les PTCE";

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "#": "&num;" };
// In a template of SPIP, « #MOT » would be a tag of its own.
const escaped = (text) =>
  text.replace(/[&<>"]|#(?=[\w.:-]*[A-Z_])/g, (sign) => ENTITIES[sign]);

const chosen = () => {
  const given = Object.fromEntries(new FormData(form));
  const questions = given.questions.split("\n").map((line) => line.trim()).filter(Boolean);
  const attributes = {
    inline: given.form,
    position: given.form ? "" : given.position,
    lang: given.lang,
    echelon: given.echelon,
    place: given.place,
    accent: given.accent === form.elements.accent.defaultValue ? "" : given.accent,
    greeting: given.greeting.trim(),
    questions: questions.join(" | "),
  };
  return Object.entries(attributes).filter(([, value]) => value);
};

const element = (attributes, more = "") => {
  const written = attributes.map(([name, value]) => name === "inline" ? " inline" : ` ${name}="${escaped(value)}"`);
  return `<assistant-ptce${written.join("")}${more}><a href="${home}">${LINK}</a></assistant-ptce>`;
};

// A model of SPIP is a block of the text; what is not chosen here is left to those who write it.
const model = (attributes) => {
  const block = attributes.filter(([name]) => name !== "inline" && name !== "position");
  const open = ["echelon", "place"].filter((name) => !block.some(([one]) => one === name));
  const asked = open.map((name) => `[ ${name}="(#ENV{${name}}|attribut_html)"]`).join("");
  return element([["inline", "inline"], ...block], asked);
};

const script = (pinned) => pinned
  ? `<script type="module" src="${home}widget/${version}.js" integrity="${integrity}" crossorigin="anonymous"></script>`
  : `<script type="module" src="${home}widget.js"></script>`;

const fill = (selector, text) => {
  for (const place of document.querySelectorAll(selector)) place.textContent = text;
};

const shown = (attributes) => {
  const made = document.createElement("assistant-ptce");
  for (const [name, value] of attributes) made.setAttribute(name, name === "inline" ? "" : value);
  preview.replaceChildren(made);
};

const draw = () => {
  const attributes = chosen();
  fill("[data-element]", element(attributes));
  fill("[data-model]", model(attributes));
  fill("[data-script]", script(form.elements.pinned.value));
  const site = form.elements.site.value.trim();
  fill("[data-site]", URL.canParse(site) ? new URL(site).origin : "https://www.rtes.fr");
  shown(attributes);
};

const copy = async (button) => {
  const lines = button.closest(".lines");
  const text = lines.querySelector("code").textContent;
  const { copied: done, uncopied } = form.dataset;
  lines.querySelector("[data-said]").textContent = (await copied(text)) ? done : uncopied;
};

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
form.addEventListener("change", draw);
form.addEventListener("submit", (event) => event.preventDefault());
options.hidden = false;
draw();
