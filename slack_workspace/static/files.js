// file_input: the chosen files travel inside the state as {name, mimetype, size, content (base64)}.

import { h } from "./dom.js";
import { startValue, stateOf } from "./state.js";

const LARGEST = 10_000_000;

function asBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

const size = (bytes) => (bytes < 1000 ? `${bytes} bytes` : bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

export function fileInput(element, place, ctx) {
  let files = [...startValue(element, place.block, ctx)];
  const most = element.max_files ?? 10;
  const box = h("input", {
    type: "file", multiple: most > 1, "aria-label": most > 1 ? "Choose files" : "Choose a file",
    accept: element.filetypes?.map((type) => `.${type}`).join(",") || null,
  });
  const list = h("ul", { class: "tags", "aria-label": "Chosen files" });
  const problem = h("p", { class: "error", role: "alert", hidden: true });
  const node = h("div", { class: "files", role: "group", ...place.name }, box, problem, list);

  function show() {
    list.hidden = files.length === 0;
    list.replaceChildren(...files.map((file) => {
      const remove = () => {
        files = files.filter((other) => other !== file);
        show();
        box.focus();
      };
      return h("li", {}, `${file.name} (${size(file.size)})`, h("button", { type: "button", "aria-label": `Remove ${file.name}`, onclick: remove }, "×"));
    }));
  }
  box.addEventListener("change", async () => {
    const picked = [...box.files];
    const tooBig = picked.find((file) => file.size > LARGEST);
    const tooMany = files.length + picked.length > most;
    problem.hidden = !tooBig && !tooMany;
    problem.textContent = tooBig ? `“${tooBig.name}” is larger than ${size(LARGEST)}.` : `Up to ${most} can be added.`;
    box.value = "";
    if (tooBig || tooMany) return;
    for (const file of picked) {
      files.push({ name: file.name, mimetype: file.type || "application/octet-stream", size: file.size, content: await asBase64(file) });
    }
    show();
  });
  show();
  return { node, read: () => stateOf(element, files) };
}
