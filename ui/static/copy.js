// A text in; whether it is in the clipboard out, over plain http too, where browsers give no
// clipboard to scripts.

export const copied = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const held = document.activeElement;
  const box = document.body.appendChild(document.createElement("textarea"));
  box.value = text;
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  held?.focus();
  return done;
};
