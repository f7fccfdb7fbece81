// A question in; the text of its answer as it comes, then the whole answer, or one Failure.
// The server-sent events are those of `POST /api/ask/stream` (see the README).

const PATIENCE = 30_000; // milliseconds without a byte, after which the exchange is given up

/** Why there is no answer: a code of the API, or `network`, `offline`, `timeout`, `left`. */
export class Failure extends Error {
  /** @param {string} code @param {string} [told] the API's sentence, French, fit to be shown */
  constructor(code, told = "") {
    super(code);
    this.code = code;
    this.told = told;
  }
}

/** The reply to JSON sent without cookie or referrer. Raises Failure when it is an error. */
export const post = async (address, body, signal) => {
  const reply = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    credentials: "omit",
    referrerPolicy: "no-referrer",
    signal,
  });
  if (reply.ok) return reply;
  const error = (await reply.json().catch(() => null))?.error;
  // Beyond 500 the API speaks to those who run it; the widget has a sentence for visitors.
  throw new Failure(error?.code ?? "unavailable", reply.status < 500 ? error?.message : "");
};

/**
 * @param {string} address
 * @param {object} body the request of the API
 * @param {AbortController} controller of this exchange; its reason is the Failure
 * @param {(text: string) => void} growing told of the text so far
 * @returns {Promise<object>} the answer object
 */
export const answered = async (address, body, controller, growing) => {
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(new Failure("timeout")), PATIENCE);
  };
  try {
    alive();
    const reply = await post(address, body, controller.signal);
    let text = "";
    for await (const { name, data } of events(reply.body, alive)) {
      if (name === "text") growing((text += data.text));
      else if (name === "error") throw new Failure(data.error.code);
      else if (name === "final") return data;
    }
    throw new Failure("network"); // cut before its end
  } catch (error) {
    const cause = controller.signal.aborted ? controller.signal.reason : error;
    if (cause instanceof Failure) throw cause;
    throw new Failure(navigator.onLine ? "network" : "offline");
  } finally {
    clearTimeout(timer);
  }
};

async function* events(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop();
      for (const block of blocks) if (/^data:/m.test(block)) yield event(block);
    }
  } finally {
    reader.cancel().catch(() => {}); // it may have been aborted already
  }
}

const event = (block) => {
  const values = (field) =>
    block.split(/\r?\n/).filter((line) => line.startsWith(`${field}:`))
      .map((line) => line.slice(field.length + 1).trim());
  return { name: values("event")[0], data: JSON.parse(values("data").join("\n")) };
};
