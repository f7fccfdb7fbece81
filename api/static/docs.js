// From /openapi.json to a page, by textContent only: a description is never markup.
"use strict";

const node = (tag, text, className) => {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};

// Text between backquotes becomes code; all of it stays text.
const rich = (tag, text) => {
  const made = node(tag);
  const parts = (text || "").split("`");
  made.append(...parts.map((part, n) => (n % 2 ? node("code", part) : part)));
  return made;
};

// A schema with its references replaced, to a depth that no schema of ours exceeds.
const resolved = (schema, all, depth = 6) => {
  if (!schema || typeof schema !== "object" || depth === 0) return schema;
  if (Array.isArray(schema)) return schema.map((item) => resolved(item, all, depth));
  if (schema.$ref) return resolved(all[schema.$ref.split("/").pop()], all, depth - 1);
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, resolved(value, all, depth)]),
  );
};

const block = (title, value) => {
  const details = node("details");
  const pre = node("pre", JSON.stringify(value, null, 2));
  pre.tabIndex = 0;
  details.append(node("summary", title), pre);
  return details;
};

const responses = (operation) => {
  const table = node("table");
  const body = node("tbody");
  for (const [status, response] of Object.entries(operation.responses || {})) {
    const row = node("tr");
    const head = node("th", status === "default" ? "autre" : status);
    head.scope = "row";
    row.append(head, rich("td", response.description));
    body.append(row);
  }
  table.append(body);
  return table;
};

const contentOf = (part) => Object.values(part?.content || {})[0]?.schema;

const section = (path, method, operation, all) => {
  const made = node("section");
  made.id = operation.operationId;
  const title = node("h2");
  title.append(node("span", method.toUpperCase(), "method"), path);
  made.append(title, rich("p", operation.summary));
  if (operation.description !== operation.summary) made.append(rich("p", operation.description));
  const asked = resolved(contentOf(operation.requestBody), all);
  if (asked) made.append(block("Corps de la requête", asked));
  const given = resolved(contentOf(operation.responses?.["200"]), all);
  if (given) made.append(block("Réponse 200", given));
  made.append(node("h3", "Statuts et codes d’erreur"), responses(operation));
  return made;
};

const link = (path, method, operation) => {
  const anchor = node("a", `${method.toUpperCase()} ${path}`);
  anchor.href = `#${operation.operationId}`;
  const item = node("li");
  item.append(anchor);
  return item;
};

const draw = (description) => {
  document.getElementById("title").textContent = description.info.title;
  document.getElementById("about").prepend(rich("span", `${description.info.description} `));
  const all = description.components?.schemas || {};
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      document.getElementById("index").append(link(path, method, operation));
      document.getElementById("operations").append(section(path, method, operation, all));
    }
  }
};

fetch("/openapi.json")
  .then((response) => response.json())
  .then(draw)
  .catch(() => { document.getElementById("failure").hidden = false; });
