// A tag, its attributes and its children in; an element out. Texts go in as text: nothing that
// comes from the server or from the site is ever parsed as HTML.

/**
 * @param {string} tag
 * @param {Record<string, string | boolean | null>} [attributes] true sets one without a value;
 *   false and null set none
 * @param {...(Node | string | null)} children null stands for none
 * @returns {HTMLElement}
 */
export const make = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
};

/** A button of our own style; `act` is told of each press for as long as `signal` lasts. */
export const button = (text, attributes, act, signal) => {
  const made = make("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act, { signal });
  return made;
};
