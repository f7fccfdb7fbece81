// From an answer of the HTTP contract to nodes. Nothing is ever parsed as HTML: every text,
// whoever wrote it, goes in through textContent.

const STATES = {
  answered: "Réponse",
  partial: "Réponse partielle",
  refused: "Les documents ne le disent pas",
};
const KINDS = {
  guide: "guide", law: "texte de loi", study: "étude", article: "article", plan: "plan",
  experience: "retour d’expérience",
};
const MONTHS = [
  "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
  "octobre", "novembre", "décembre",
];
const TEXTS = {
  sources: "Sources",
  nearest: "Passages les plus proches, qui ne répondent pas à la question",
  missing: "Ce que les documents ne disent pas : ",
  page: "page",
  section: "Partie : ",
  lawIn: "article de loi cité dans ce document",
  repaired: "Texte corrigé : voir le texte tel qu’il a été reçu",
  received: "Texte reçu : ",
  link: "Ouvrir le document d’origine",
  back: "Revenir à la réponse",
};

export const node = (tag, className, ...children) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
};

// "2022-05" as « mai 2022 », "~2021" as « vers 2021 »; what is no date is shown as it came.
export const dateOf = (date) => {
  const match = /^(~?)(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(date || "");
  if (!match) return date || "";
  const [, around, year, month, day] = match;
  const number = day === "01" ? "1er" : day && String(Number(day));
  const words = [around && "vers", number, month && MONTHS[Number(month) - 1], year];
  return words.filter(Boolean).join(" ");
};

// Bold and markers of one line. A marker that names no source of this answer stays plain text.
const inline = (text, sources) =>
  text.split(/(\*\*[^*]+\*\*|\[\d+\])/).filter(Boolean).map((part) => {
    if (/^\*\*[^*]+\*\*$/.test(part)) {
      return node("strong", "", ...inline(part.slice(2, -2), sources));
    }
    const number = /^\[(\d+)\]$/.exec(part)?.[1];
    return number && sources.has(Number(number)) ? marker(Number(number), sources) : part;
  });

const marker = (number, sources) => {
  const link = node("a", "marker", `[${number}]`);
  link.href = `#${sources.get(number)}`;
  link.setAttribute("aria-label", `Source ${number}`);
  return link;
};

// The small Markdown: paragraphs, ### headings, - lists; all else is text.
export const markdown = (text, sources) => {
  const root = node("div", "text");
  let list = null;
  let paragraph = null;
  for (const line of text.split("\n")) {
    const item = /^\s*- (.*)$/.exec(line);
    const heading = /^### (.*)$/.exec(line);
    if (!item && line.trim()) list = null;
    if (item || heading || !line.trim()) paragraph = null;
    if (item) {
      list ??= root.appendChild(node("ul", ""));
      list.append(node("li", "", ...inline(item[1], sources)));
    } else if (heading) {
      root.append(node("h3", "", ...inline(heading[1], sources)));
    } else if (line.trim()) {
      if (paragraph) paragraph.append(node("br", ""));
      paragraph ??= root.appendChild(node("p", ""));
      paragraph.append(...inline(line, sources));
    }
  }
  return root;
};

const aboutOf = (cited) => {
  const parts = [cited.publisher, dateOf(cited.date), KINDS[cited.source_kind]];
  if (cited.passage_kind === "law" && cited.source_kind !== "law") parts.push(TEXTS.lawIn);
  if (cited.page) parts.push(`${TEXTS.page} ${cited.page}`);
  return node("p", "about", parts.filter(Boolean).join(" · "));
};

const repairedOf = (cited) => {
  if (!cited.raw) return null;
  const received = node("p", "", TEXTS.received, node("q", "", cited.raw));
  return node("details", "repaired", node("summary", "", TEXTS.repaired), received);
};

// Only a web address becomes a link: a manifest that said "javascript:" would get none.
const linkOf = (cited) => {
  if (!/^https?:\/\//i.test(cited.url || "")) return null;
  const link = node("a", "", TEXTS.link);
  link.href = cited.url;
  link.rel = "noreferrer noopener";
  return link;
};

const proof = (cited, id, back) => {
  const section = cited.section?.length ? TEXTS.section + cited.section.join(" › ") : null;
  const body = node(
    "div", "",
    node("p", "title", cited.source_title),
    aboutOf(cited),
    section && node("p", "about", section),
    node("blockquote", "", cited.quote),
    repairedOf(cited),
    node("p", "ways", linkOf(cited), back),
  );
  const number = cited.number ? node("span", "number", `[${cited.number}]`) : null;
  const made = node("li", number ? "source" : "source near", number, body);
  if (id) made.id = id;
  made.tabIndex = -1;
  return made;
};

const proofs = (title, tag, items) => {
  if (!items.length) return null;
  return node("div", "proofs", node("h3", "", title), node(tag, "", ...items));
};

const backTo = (id) => {
  const link = node("a", "", TEXTS.back);
  link.href = `#${id}`;
  return link;
};

// The whole reply; ``key`` keeps the ids of several replies apart.
export const reply = (answer, key) => {
  const sources = new Map(answer.citations.map((c) => [c.number, `source-${key}-${c.number}`]));
  const state = node("p", `state ${answer.status}`, STATES[answer.status] ?? answer.status);
  state.id = `reply-${key}`;
  state.tabIndex = -1;
  return node(
    "div", "reply",
    state,
    markdown(answer.answer, sources),
    answer.missing && node("p", "missing", node("strong", "", TEXTS.missing), answer.missing),
    proofs(TEXTS.sources, "ol",
      answer.citations.map((c) => proof(c, sources.get(c.number), backTo(state.id)))),
    proofs(TEXTS.nearest, "ul", answer.nearest.map((near) => proof(near, null, null))),
  );
};

// What a screen reader hears when a reply has come.
export const spoken = (answer) => {
  const count = answer.citations.length;
  const sources = count === 0 ? "aucune source" : count === 1 ? "1 source" : `${count} sources`;
  return `${STATES[answer.status] ?? answer.status}, ${sources}.`;
};
