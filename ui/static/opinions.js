// What a person says of an answer: the rating leaves at the press; a reason, if any is given, leaves
// after it for the same answer, and the server keeps the last. Every message is in `texts`.

const post = (form) => fetch("/api/feedback", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({
    answer_id: form.dataset.answer,
    rating: form.querySelector('[aria-pressed="true"]').dataset.rating,
    reason: form.querySelector("textarea").value.trim() || null,
  }),
}).then((response) => response.ok, () => false);

const press = (form, button) => {
  for (const other of form.querySelectorAll("[data-rating]")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
};

export const rate = async (button, texts) => {
  const form = button.closest("form");
  press(form, button);
  form.querySelector(".reason").hidden = false;
  form.querySelector("[data-said]").textContent = await post(form) ? texts.thanks : texts.lost;
};

export const explain = async (form, texts) => {
  const sent = await post(form);
  const said = form.querySelector("[data-said]");
  said.textContent = sent ? texts.explained : texts.lost;
  if (!sent) return;
  said.tabIndex = -1;
  said.focus();
  form.querySelector("fieldset").remove();
  form.querySelector(".reason").remove();
};
