// The conversation kept in the tab, by `sessionStorage` of the site: it outlives a change of page,
// and ends with the tab. Nothing is written before a visitor writes.

/** @returns {object | null} what was kept under a name, empty for nothing; null: it cannot be told */
export const recalled = (name) => {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? {};
  } catch {
    return null;
  }
};

/** Keep a value under a name; null forgets it. A full or forbidden store is no failure. */
export const keep = (name, value) => {
  try {
    if (value) sessionStorage.setItem(name, JSON.stringify(value));
    else sessionStorage.removeItem(name);
  } catch { /* the conversation then ends with the page */ }
};

/** The name for an element: its id, else its form and its rank among those of this form. */
export const nameOf = (element) => {
  const form = element.hasAttribute("inline") ? "[inline]" : ":not([inline])";
  const alike = [...document.querySelectorAll(`${element.localName}${form}:not([id])`)];
  return `${element.localName}:${element.id || form + alike.indexOf(element)}`;
};
