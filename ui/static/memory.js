// The conversation of this tab in, and out again after a reload; nothing of it leaves the browser.

const STORE = "conversation";

// What HTML does not say of a page: what was typed in it. What it should not: inline styles.
export const written = (part) => {
  const kept = part.cloneNode(true);
  for (const box of kept.querySelectorAll("textarea")) box.textContent = box.value;
  for (const styled of kept.querySelectorAll("[style]")) styled.removeAttribute("style");
  return kept.innerHTML;
};

export const remember = (page) => {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(page));
  } catch { /* a full or forbidden store: the conversation then ends with the page */ }
};

export const remembered = () => {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
};
