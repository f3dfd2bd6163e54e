// Talking to the workspace: questions, deeds, and the line on which it says that something changed.

const GONE = "The workspace cannot be reached. It may have been stopped; this page tries again by itself.";

/** Read JSON. Throws an Error whose message is for a person; `status` is 0 when nothing answered. */
export async function ask(path) {
  let answer;
  try {
    answer = await fetch(path, { headers: { accept: "application/json" }, cache: "no-store" });
  } catch {
    throw Object.assign(new Error(GONE), { status: 0 });
  }
  if (!answer.ok) throw Object.assign(new Error(`The workspace answered ${answer.status}.`), { status: answer.status });
  return answer.json();
}

/** Do something. Always resolves: {ok: true, …} or {ok: false, message}. */
export async function tell(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(body),
    });
    const said = await answer.json().catch(() => null);
    if (said && typeof said.ok === "boolean") return said;
    return { ok: false, message: `The workspace could not do this (it answered ${answer.status}).` };
  } catch {
    return { ok: false, message: GONE };
  }
}

/**
 * The line of news for one person. It reconnects after a loss, waiting a little longer each time.
 * A hidden tab hangs up: a browser allows about six lines per site, and every tab may play another person.
 */
export class News {
  #source = null;
  #timer = 0;
  #wait = 500;

  constructor(person, { changed, lost, found }) {
    this.person = person;
    this.listeners = { changed, lost, found };
    this.watch = () => (document.hidden ? this.#hangUp() : this.#call());
    document.addEventListener("visibilitychange", this.watch);
    this.watch();
  }

  stop() {
    document.removeEventListener("visibilitychange", this.watch);
    this.#hangUp();
  }

  #hangUp() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #call() {
    this.#hangUp();
    const source = new EventSource(`/page/events?as=${encodeURIComponent(this.person)}`);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#wait = 500;
      this.listeners.found();
      this.listeners.changed();
    });
    source.addEventListener("changed", () => this.listeners.changed());
    source.addEventListener("error", () => {
      source.close();
      if (this.#source !== source) return;
      this.listeners.lost();
      this.#timer = setTimeout(() => this.#call(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, 8000);
    });
  }
}
