// The registration, apart from the class. A second load, of this version or of another, changes
// nothing: the first one stays.

import { AssistantPtce } from "./element.js";

if (!customElements.get("assistant-ptce")) customElements.define("assistant-ptce", AssistantPtce);
