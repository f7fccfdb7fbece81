// The reading view: go to the highlighted passage, copy its address, print. All of it is extra:
// the page is whole without.
import { copied } from "./copy.js";

const mark = document.getElementById("citation");
if (mark && !location.hash) mark.scrollIntoView({ block: "center" });

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
for (const button of document.querySelectorAll("[data-copy-address]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = await copied(location.href) ? button.dataset.copied : button.dataset.uncopied;
    document.querySelector("[data-said]").textContent = said;
  });
}
