// Tables and charts. A chart is drawn as a table whose numbers have bars: everything can be read, by eye and by ear.

import { h, uid } from "./dom.js";
import { richText } from "./richtext.js";

const within = (part, ctx) => (part.type === "rich_text" ? richText(part, ctx) : part.text);
const framed = (label, table, ...more) => h("div", {}, h("div", { class: "table", role: "region", tabindex: "0", ...label }, table), more);

/** Rows of cells; the first is the header, and `head` is the column that names each row. */
function grid(rows, { caption, captionId, head = -1, classOf = () => null }) {
  const [header, ...rest] = rows;
  const line = (cells) =>
    h("tr", {}, cells.map((inside, i) =>
      h(i === head ? "th" : "td", { scope: i === head ? "row" : null, class: classOf(i) }, inside)));
  return h(
    "table",
    {},
    caption && h("caption", { id: captionId }, caption),
    h("thead", {}, h("tr", {}, header.map((inside, i) => h("th", { scope: "col", class: classOf(i) }, inside)))),
    h("tbody", {}, rest.map(line)),
  );
}

function table(block, ctx) {
  const settings = block.column_settings ?? [];
  const classOf = (i) => [settings[i]?.align, settings[i]?.is_wrapped ? "wrapped" : null].filter(Boolean).join(" ") || null;
  const rows = block.rows.map((row) => row.map((part) => within(part, ctx)));
  return framed({ "aria-label": "Table" }, grid(rows, { classOf }));
}

/** Pages by itself: the rest of the rows come when they are asked for. */
function dataTable(block, ctx) {
  const captionId = uid("caption");
  const rows = block.rows.map((row) => row.map((part) => within(part, ctx)));
  const classOf = (i) => (block.rows[1][i].type === "raw_number" ? "right" : null);
  const drawn = grid(rows, { caption: block.caption, captionId, head: block.row_header_column_index ?? 0, classOf });
  const later = [...drawn.querySelectorAll("tbody tr")].slice(block.page_size ?? 5);
  for (const row of later) row.hidden = true;
  const more = later.length && h("button", { type: "button", class: "button", onclick: () => {
    for (const row of later) row.hidden = false;
    more.remove();
  } }, `Show ${later.length} more`);
  return framed({ "aria-labelledby": captionId }, drawn, more || null);
}

function bar(value, most) {
  const node = h("span", { class: "bar", "aria-hidden": "true" });
  node.style.width = `${Math.round((100 * Math.max(value, 0)) / most)}%`;
  return [String(value), node];
}

function chart({ title, chart }) {
  const captionId = uid("caption");
  const lines = chart.series
    ? chart.axis_config.categories.map((label) => [label, chart.series.map(({ data }) => data.find((point) => point.label === label).value)])
    : chart.segments.map(({ label, value }) => [label, [value]]);
  const most = Math.max(...lines.flatMap(([, values]) => values), 1e-9);
  const names = chart.series?.map(({ name }) => name) ?? [chart.axis_config?.y_label ?? "Share"];
  const rows = [[chart.axis_config?.x_label ?? "", ...names], ...lines.map(([label, values]) => [label, ...values.map((value) => bar(value, most))])];
  return framed({ "aria-labelledby": captionId }, grid(rows, { caption: title, captionId, head: 0 }));
}

export const dataDrawers = { table, data_table: dataTable, data_visualization: chart };
