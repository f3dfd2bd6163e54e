// Times as the played person reads them: in that person's time zone, in British English.
// Instants are Date objects; zones are IANA names such as "Europe/London".

const made = new Map();

/** "Saturday, 28 November" reads better without its comma. */
const smooth = (text) => text.replace(/^(\p{L}+),/u, "$1");

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }));
  return made.get(key);
}

const DAY = 86_400_000;

/** A zone the browser knows; UTC for one it does not. */
export function safeZone(zone) {
  try {
    format(zone, {});
    return zone;
  } catch {
    return "UTC";
  }
}

export const hour = (at, zone) => format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
export const place = (zone) => (zone.includes("/") ? zone.split("/").at(-1).replaceAll("_", " ") : zone);

export const shortMoment = (at, zone) =>
  `${smooth(format(zone, { weekday: "short", day: "numeric", month: "short" }).format(at))}, ${hour(at, zone)}`;
export const longMoment = (at, zone) =>
  `${smooth(format(zone, SHAPES.date_long).format(at))}, ${hour(at, zone)}`;

/** The calendar day of an instant in a zone, as "2026-12-01". */
export function day(at, zone) {
  const parts = Object.fromEntries(
    format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(at).map((p) => [p.type, p.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** "today", "yesterday", "tomorrow", or null. Counted in calendar days, so a change of the clocks cannot mislead. */
function near(at, zone, now) {
  const apart = Math.round((Date.parse(day(at, zone)) - Date.parse(day(now, zone))) / DAY);
  return { 0: "today", 1: "tomorrow", [-1]: "yesterday" }[apart] ?? null;
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** The heading over a day's messages. */
export function dayHeading(at, zone, now) {
  const word = near(at, zone, now);
  const full = smooth(format(zone, { weekday: "long", day: "numeric", month: "long" }).format(at));
  return word ? `${capital(word)}, ${full}` : full;
}

function ago(at, now) {
  const seconds = Math.round((at - now) / 1000);
  const words = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });
  for (const [unit, size] of [["day", 86_400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return words.format(seconds, "second");
}

const SHAPES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  date_short: { day: "numeric", month: "short", year: "numeric" },
  date_long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
};

/** Fill a <!date^…> format such as "{date_short_pretty} at {time}". `seconds` is the Unix time. */
export function fillDate(pattern, seconds, zone, now) {
  const at = new Date(seconds * 1000);
  return pattern.replace(/\{(\w+)\}|[^{]+/g, (whole, token) => {
    if (!token) return whole;
    if (token === "time") return hour(at, zone);
    if (token === "time_secs") {
      return format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(at);
    }
    if (token === "ago") return ago(at, now);
    if (token === "date_num") return day(at, zone);
    const pretty = token.endsWith("_pretty");
    const shape = SHAPES[token.replace(/_pretty$/, "").replace("day_divider", "date_long")];
    if (!shape) return whole;
    const word = pretty && near(at, zone, now);
    return word || smooth(format(zone, shape).format(at));
  });
}

/** Unix seconds → the "2026-12-01T14:30" a date-and-time box shows in this zone. */
export const toLocal = (seconds, zone) => {
  const at = new Date(seconds * 1000);
  return `${day(at, zone)}T${hour(at, zone)}`;
};

/** The "2026-12-01T14:30" of a date-and-time box in this zone → Unix seconds; null when it is not complete. */
export function fromLocal(local, zone) {
  const wanted = Date.parse(`${local}Z`) / 1000;
  if (Number.isNaN(wanted)) return null;
  let guess = wanted;
  // Twice: the first step may cross a change of the clocks, the second then lands.
  for (let turn = 0; turn < 2; turn += 1) guess += wanted - Date.parse(`${toLocal(guess, zone)}Z`) / 1000;
  return guess;
}
