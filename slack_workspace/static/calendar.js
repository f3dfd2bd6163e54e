// A person's own calendar, a week at a time: a list of days, which a wide page draws side by side with hours down the
// side. All of it is text: what is drawn by colour or height is said as well.

import { arrange, h, uid, unseen } from "./dom.js";
import { announce } from "./notices.js";
import { place } from "./times.js";

const shape = (options) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
const DAY = shape({ weekday: "short", day: "numeric", month: "short" });
const DATE = shape({ day: "numeric", month: "long", year: "numeric" });
const SHORT = shape({ day: "numeric", month: "long" });
const at = (day) => new Date(`${day}T12:00Z`);
const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const span = ({ from, to }) => (from === 0 && to === 1440 ? "All day" : `${clock(from)}–${clock(to)}`);

const KINDS = { busy: "Busy", free: "Free besides" };

export class Calendar {
  #wanted;
  #seen = "";
  #asked = 0;

  constructor(shell) {
    this.shell = shell;
    const turn = (label, key) => h("button", { type: "button", class: "week-turn", onclick: () => this.#turn(key) }, label);
    this.name = h("h3", { "aria-live": "polite" });
    this.note = h("p", { class: "note" });
    this.days = h("ol", { class: "days" });
    this.wrong = h("p", { class: "wrong", role: "alert", hidden: true });
    this.paste = this.#form();
    this.node = h("div", { class: "scroller" }, h("div", { class: "week" },
      h("div", { class: "week-bar", role: "group", "aria-label": "Week" },
        this.name, turn("Previous week", "previous"), turn("This week", "today"), turn("Next week", "next")),
      this.note, this.paste, this.days));
  }

  /** Called whenever something changed: the week is looked at again. */
  render() {
    this.#load();
  }

  #turn(key) {
    this.#wanted = key === "today" ? undefined : this.week?.[key];
    this.#load();
  }

  async #load() {
    const asked = (this.#asked += 1);
    const answer = await this.shell.week(this.#wanted);
    if (asked !== this.#asked) return;
    this.#fail(answer.ok ? "" : answer.message);
    if (!answer.ok || JSON.stringify(answer.week) === this.#seen) return;
    this.#seen = JSON.stringify(answer.week);
    this.week = answer.week;
    this.#draw(answer.week);
  }

  #draw(week) {
    const [first, last] = [week.days[0].day, week.days[6].day];
    const name = `${(first.slice(0, 4) === last.slice(0, 4) ? SHORT : DATE).format(at(first))} – ${DATE.format(at(last))}`;
    if (this.name.textContent !== name) this.name.textContent = name;
    const from = week.subscribed ? "Sessions are read from this person’s private address, as any calendar reads them." : "No sessions come in here.";
    this.note.textContent = `Times are ${place(week.zone)} time. ${from}`;
    this.paste.hidden = week.subscribed;
    this.days.style.setProperty("--first", week.from * 60);
    this.days.style.setProperty("--hours", week.to - week.from);
    const hours = Array.from({ length: week.to - week.from }, (_, n) => h("span", {}, clock((week.from + n) * 60)));
    const scale = h("li", { class: "scale", "aria-hidden": "true" }, hours);
    arrange(this.days, [scale, ...week.days.map((day) => this.#day(day, week))]);
  }

  #day(day, week) {
    const today = day.day === week.today;
    const works = day.working.length ? `Works ${day.working.map(span).join(", ")}` : "No working hours";
    const entries = [
      ...day.busy.map((one) => ({ ...one, kind: "busy" })),
      ...day.free.map((one) => ({ ...one, kind: "free" })),
      ...day.events.map((one) => ({ ...one, kind: "event" })),
    ].sort((a, b) => a.from - b.from);
    return h("li", { class: today ? "day-column today" : "day-column", ...(today ? { "aria-current": "date" } : {}) },
      h("h4", {}, DAY.format(at(day.day)).replace(",", ""), today && h("span", { class: "badge" }, "today")),
      h("p", { class: "note works-when" }, works),
      h("div", { class: "hours" },
        day.working.map((one) => placed(h("div", { class: "works", "aria-hidden": "true" }), one, week)),
        entries.length ? h("ul", {}, entries.map((one) => placed(entry(one), one, week))) : unseen("Nothing else.")));
  }

  #form() {
    const [id, said] = [uid("address"), uid("wrong")];
    const box = h("input", { id, type: "url", class: "write", autocomplete: "off", required: true, "aria-describedby": said });
    this.wrong.id = said;
    const send = async (event) => {
      event.preventDefault();
      const answer = await this.shell.subscribe(box.value);
      this.#fail(answer.ok ? "" : answer.message);
      if (!answer.ok) return box.focus();
      box.value = "";
      announce("This calendar now shows the sessions.");
      return this.#load();
    };
    return h("form", { class: "paste", hidden: true, onsubmit: send },
      h("p", {}, "Once you are connected: on Home press View, Connect your calendar, Give me my address. Copy the address and paste it here, as you would in any calendar."),
      h("label", { for: id }, "Address of a calendar"),
      h("div", { class: "paste-row" }, box, h("button", { type: "submit", class: "week-turn" }, "Subscribe")),
      this.wrong);
  }

  #fail(message) {
    this.wrong.textContent = message;
    this.wrong.hidden = !message;
  }
}

/** Where it stands in a day that is drawn from the first hour on. */
function placed(node, { from, to }, week) {
  node.style.setProperty("--from", Math.max(from, week.from * 60));
  node.style.setProperty("--to", Math.min(to, week.to * 60));
  return node;
}

function entry(one) {
  const when = h("span", { class: "entry-when" }, span(one));
  if (one.kind !== "event") return h("li", { class: `entry ${one.kind}` }, when, " ", KINDS[one.kind]);
  const where = [one.how, one.place].filter(Boolean).join(" · ");
  return h("li", { class: "entry event" }, when, " ", h("strong", {}, one.title), where && h("span", { class: "entry-where" }, where));
}
