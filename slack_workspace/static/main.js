// The page: who is played and what is open (kept in the address as #person/place), what the workspace holds, and
// drawing what changed. Everything is done through the workspace's own page interface; this page decides nothing.

import { ask, News, tell } from "./api.js";
import { Calendar } from "./calendar.js";
import { Clock } from "./clock.js";
import { Conversation } from "./conversation.js";
import { confirmation } from "./dialogs.js";
import { h, unseen } from "./dom.js";
import { Drawer } from "./drawer.js";
import { Home } from "./home.js";
import { Modals } from "./modals.js";
import { mrkdwn } from "./mrkdwn.js";
import { announce, failure, notice } from "./notices.js";
import { peoplePage } from "./people.js";
import { Sidebar } from "./sidebar.js";
import { safeZone } from "./times.js";

const $ = (selector) => document.querySelector(selector);
const spoken = (text, texts) => mrkdwn(text ?? "", texts).map((node) => node.textContent).join(" ").slice(0, 300);

class Page {
  #running = null;
  #again = null;
  #news = null;
  #panes = new Map();
  #unread = new Map();
  #homeSeen = null;

  constructor() {
    this.main = $("#main");
    this.person = null;
    this.place = "home";
    this.state = null;
    this.directory = { people: [], commands: [] };
    this.clock = new Clock($("#clock"), () => this.refresh());
    this.sidebar = new Sidebar($("#side"), () => this.directory);
    this.drawer = new Drawer($("#menu"), $("#side"), this.main);
    this.shell = {
      texts: () => this.#texts(),
      press: (body) => this.#do("/page/press", body),
      suggest: (body) => tell("/page/suggest", { as: this.person, ...body }),
      submit: (view, state) => this.#do("/page/submit", { view, state }, { quiet: true }),
      close: (view) => this.#do("/page/close", { view }, { quiet: true }),
      write: (channel, text) => this.#do(text.startsWith("/") ? "/page/command" : "/page/say", { channel, text }),
      week: (day) => tell("/page/week", { as: this.person, day }),
      subscribe: (url) => tell("/page/subscribe", { as: this.person, url }),
      confirm: (dialog) => confirmation($("#layer"), dialog, this.#texts()),
      commands: () => this.directory.commands,
    };
    this.modals = new Modals($("#layer"), $("#app"), this.shell);
    $("#skip").addEventListener("click", () => this.main.focus());
    window.addEventListener("hashchange", () => this.route());
  }

  async start() {
    try {
      this.directory = { commands: [], ...(await ask("/page/people")) };
    } catch (error) {
      this.main.replaceChildren(h("p", { class: "waiting" }, error.message));
      setTimeout(() => this.start(), 2000);
      return;
    }
    this.names = new Map(this.directory.people.map(({ id, name }) => [id, name]));
    $("#team").textContent = this.directory.team;
    this.clock.set(this.directory.clock);
    await this.route();
  }

  /** Go where the address says. */
  async route() {
    const [person = "", place = "home"] = location.hash.slice(1).split("/").map(decodeURIComponent);
    const moved = person !== this.person || place !== this.place;
    this.drawer.close();
    if (person !== this.person) this.#become(person);
    this.place = place;
    if (!person) {
      this.#pick();
      return;
    }
    if (moved && place === "home") tell("/page/home", { as: person }).then((answer) => answer.ok || failure(answer.message));
    if (moved && !this.modals.open && !$("#side").contains(document.activeElement)) this.main.focus({ preventScroll: true });
    if (this.state) this.#render();
    await this.refresh();
  }

  #become(person) {
    this.#news?.stop();
    this.#news = null;
    this.#panes.clear();
    this.#unread.clear();
    this.#homeSeen = null;
    this.state = null;
    this.person = person;
    this.modals.render([]);
    for (const node of [$("#side"), $("#menu"), $("#skip")]) node.hidden = !person;
    document.body.classList.toggle("playing", Boolean(person));
    if (!person) return;
    this.#news = new News(person, {
      changed: () => this.refresh(),
      lost: () => this.clock.reach(false),
      found: () => this.clock.reach(true),
    });
  }

  async #pick() {
    document.title = this.directory.team;
    this.main.replaceChildren(peoplePage(this.directory));
    this.main.focus({ preventScroll: true });
    // People may have joined since the page was opened.
    const fresh = await ask("/page/people").catch(() => null);
    if (!fresh || this.person) return;
    const same = JSON.stringify([fresh.people, fresh.welcome]) === JSON.stringify([this.directory.people, this.directory.welcome]);
    this.directory = { commands: [], ...fresh };
    this.names = new Map(fresh.people.map(({ id, name }) => [id, name]));
    this.clock.set(fresh.clock);
    if (!same) this.main.replaceChildren(peoplePage(fresh));
  }

  /** Fetch and draw. Resolves when a state asked for after this call is on the page. */
  refresh() {
    if (!this.#running) this.#running = this.#load().finally(() => (this.#running = null));
    else {
      this.#again ??= this.#running.then(() => {
        this.#again = null;
        return this.refresh();
      });
      return this.#again;
    }
    return this.#running;
  }

  async #load() {
    const { person } = this;
    if (!person) return;
    try {
      const state = await ask(`/page/state?as=${encodeURIComponent(person)}`);
      if (person !== this.person) return;
      this.clock.reach(true);
      this.clock.set(state.clock, safeZone(state.me.tz));
      this.state = state;
      // The app's own name, and those of people who have left, are known from what they said.
      for (const { from } of state.conversations.flatMap((one) => one.messages)) if (from.id) this.names.set(from.id, from.name);
      this.#render();
    } catch (error) {
      if (person !== this.person) return;
      if (error.status === 0) this.clock.reach(false);
      else if (error.status >= 400 && error.status < 500) {
        failure("There is nobody of that name here. Please choose someone.");
        location.hash = "";
      } else failure(error.message ?? String(error));
    }
  }

  #render() {
    const { state } = this;
    const conversation = state.conversations.find((one) => one.id === this.place);
    if (!conversation && !this.#inCalendar()) this.place = "home";
    const fresh = this.#pane(conversation);
    this.#tabs(conversation);
    const home = JSON.stringify(state.home);
    if (this.place === "home") this.#homeSeen = home;
    const homeChanged = Boolean(state.home_changed) && home !== this.#homeSeen;
    const known = this.directory.people.find(({ id }) => id === state.me.id);
    this.sidebar.render({ ...state, me: { ...known, ...state.me } }, this.place, homeChanged);
    this.modals.render(state.modals ?? []);
    this.#tellNews(fresh, conversation);
    const unread = state.conversations.reduce((sum, { unread: count }) => sum + count, 0);
    const elsewhere = unread - (conversation?.unread ?? 0);
    $("#menu").replaceChildren("Menu", ...(elsewhere ? [h("span", { class: "count" }, String(elsewhere), unseen(" unread"))] : []));
    document.title = `${unread ? `(${unread}) ` : ""}${state.me.name} – ${this.directory.team}`;
    if (conversation?.unread && !document.hidden) tell("/page/read", { as: this.person, channel: conversation.id });
  }

  /** Show and redraw what is open; returns the messages that are new in it. */
  #pane(conversation) {
    if (!this.#panes.has(this.place)) {
      const other = () => (this.#inCalendar() ? new Calendar(this.shell) : new Home(this.shell));
      this.#panes.set(this.place, conversation ? new Conversation(this.place, this.shell) : other());
    }
    const pane = this.#panes.get(this.place);
    const shown = pane.node.isConnected;
    if (!shown) {
      this.main.replaceChildren(h("div", { class: "where" }, h("h2", {}, this.#called(conversation)), h("nav", { class: "tabs" })), pane.node);
    }
    const fresh = pane.render(conversation ?? this.state.home) ?? [];
    if (!shown) pane.toEnd?.();
    return fresh;
  }

  /** The person's own calendar, where the workspace has one to show. */
  #inCalendar() {
    return this.place === "calendar" && Boolean(this.state.calendar);
  }

  #called(conversation) {
    if (this.#inCalendar()) return "Calendar";
    if (conversation && conversation.kind !== "dm") return conversation.kind === "channel" ? `# ${conversation.name}` : conversation.name;
    return this.state.conversations.find((one) => one.kind === "dm")?.name ?? "Home";
  }

  /** Home and Messages are the two tabs of the app. */
  #tabs(conversation) {
    const dm = this.state.conversations.find((one) => one.kind === "dm");
    const bar = this.main.querySelector(".tabs");
    bar.hidden = !dm || this.#inCalendar() || Boolean(conversation && conversation.kind !== "dm");
    bar.setAttribute("aria-label", "The app");
    const tab = (id, name, unread = 0) => {
      const here = this.place === id ? { "aria-current": "page" } : {};
      const count = unread && this.place !== id ? h("span", { class: "count" }, String(unread), unseen(" unread")) : null;
      return h("a", { href: `#${encodeURIComponent(this.person)}/${encodeURIComponent(id)}`, "data-tab": name, ...here }, name, count);
    };
    const drawn = bar.hidden ? "" : `${this.place} ${dm.id} ${dm.unread}`;
    if (bar.dataset.drawn === drawn) return;
    const focused = bar.contains(document.activeElement) ? document.activeElement.dataset.tab : "";
    bar.dataset.drawn = drawn;
    bar.replaceChildren(...(bar.hidden ? [] : [tab("home", "Home"), tab(dm.id, "Messages", dm.unread)]));
    if (focused) bar.querySelector(`[data-tab=${focused}]`)?.focus();
  }

  #tellNews(fresh, open) {
    const texts = this.#texts();
    for (const { from, text } of fresh.slice(-3)) {
      if (from.id !== this.state.me.id) announce(`${from.name}: ${spoken(text, texts)}`);
    }
    for (const one of this.state.conversations) {
      const before = this.#unread.get(one.id);
      if (one.id !== open?.id && before !== undefined && one.unread > before) announce(`New message in ${one.name}.`);
      this.#unread.set(one.id, one.unread);
    }
  }

  #texts() {
    return {
      zone: safeZone(this.state?.me.tz ?? "UTC"),
      now: () => this.clock.now(),
      me: this.person,
      nameOf: (id) => this.names.get(id),
      channelOf: (id) => this.state?.conversations.find((one) => one.id === id)?.name,
      people: () => this.directory.people,
      channels: () => this.state.conversations.filter((one) => one.kind === "channel"),
    };
  }

  /** Do something as the person; failures are said in plain words where the person is looking. */
  async #do(path, body, { quiet = false } = {}) {
    const answer = await tell(path, { as: this.person, ...body });
    if (answer.ok && answer.notice) notice(answer.notice);
    if (!answer.ok && !quiet) {
      if (this.modals.open) this.modals.fail(answer.message);
      else failure(answer.message);
    }
    await this.refresh();
    return answer;
  }
}

const page = new Page();
await page.start();
