// The registration, apart from the class. A second load, of this version or of another, changes
// nothing: the first one stays. A browser that is too old for the style keeps the link.

import { AssistantPtce } from "./element.js";

const fit = "adoptedStyleSheets" in Document.prototype;
if (fit && !customElements.get("assistant-ptce")) customElements.define("assistant-ptce", AssistantPtce);
