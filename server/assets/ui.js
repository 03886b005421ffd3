// Makes pages quicker; none needs it. Texts come from the page's data attributes, so this file knows no
// language. No inline code, no eval, no HTML from strings: it runs under script-src 'self'.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const idOf = (name) => "f-" + name.replace(/\[(\d+)\]\./g, "-$1-");
  const fill = (text, n) => text.replace("{n}", n);

  // After a rejected submit: focus the list of problems; each entry leads to its field.
  const summary = $(".summary");
  if (summary) {
    summary.focus({ preventScroll: true });
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!field) return;
      event.preventDefault();
      (field.closest(".field, tr") || field).scrollIntoView({ block: "start" });
      field.focus({ preventScroll: true });
    });
  }

  // Record forms: ask before edits are lost, and send once.
  const form = $("form[data-check], form[data-live]");
  const changed = new Set();
  let composing = false;
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", () => { composing = false; });
  if (form) {
    form.addEventListener("input", (event) => changed.add(event.target.name));
    addEventListener("beforeunload", (event) => {
      if (!changed.size || form.dataset.sent) return;
      event.preventDefault();
      event.returnValue = "";
    });
  }
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const sent = event.target;
    if (sent.dataset.sent) return event.preventDefault();
    if (sent.method !== "post") return;
    sent.dataset.sent = "1";
    const button = event.submitter;
    if (button) {
      button.setAttribute("aria-disabled", "true");
      button.classList.add("is-busy");
    }
  });
  // A decision that needs a comment asks for it before it is sent.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=action]");
    const comment = button?.form?.elements.comment;
    const problem = comment && document.getElementById(comment.id + "-err");
    if (!problem) return;
    const missing = "needsComment" in button.dataset && !comment.value.trim();
    problem.hidden = !missing;
    if (!missing) return comment.removeAttribute("aria-invalid");
    event.preventDefault();
    comment.setAttribute("aria-invalid", "true");
    comment.setAttribute("aria-errormessage", problem.id);
    comment.focus();
  });
  // Back from the next page, this one is as it was left: sent, with a busy button.
  addEventListener("pageshow", () => {
    for (const sent of $$("form[data-sent]")) delete sent.dataset.sent;
    for (const button of $$(".is-busy")) {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-disabled");
    }
  });
  // A filter address names only the conditions that are set.
  for (const filters of $$("form.filters")) {
    filters.addEventListener("formdata", ({ formData }) => {
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    });
  }

  // A corrected field is checked again when it is left; only its message changes.
  const show = (name, message) => {
    const id = idOf(name);
    const line = document.getElementById(id + "-err");
    const words = line.lastElementChild;
    $(".vh", words).hidden = !message;
    words.lastChild.data = message || form.dataset.fixed;
    const box = line.closest(".field--error");
    for (const place of [line, box, $(`.summary a[href="#${CSS.escape(id)}"]`)?.parentNode]) {
      place?.classList.toggle("is-fixed", !message);
    }
    const row = line.closest("tr");
    if (row) row.classList.toggle("is-error", !!$(".err:not(.is-fixed)", row));
    const control = document.getElementById(id);
    if (/^(radio|checkbox|button|submit)$/.test(control?.type)) return;
    if (message) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  };
  let asking;
  const check = async (name) => {
    asking?.abort();
    asking = new AbortController();
    const late = setTimeout(() => asking.abort(), 3000);
    // Files stay here: a check needs their absence as little as their bytes.
    const values = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    try {
      const answer = await fetch(form.dataset.check, {
        method: "POST",
        headers: { "X-Formwork-Check": encodeURIComponent(name), Accept: "application/json" },
        body: new URLSearchParams(values),
        signal: asking.signal,
      });
      if (answer.ok) show(name, (await answer.json()).message);
    } catch {
      // The submit checks everything anyway.
    }
    clearTimeout(late);
  };
  form?.addEventListener("focusout", ({ target, relatedTarget }) => {
    const name = target.name;
    if (!form.dataset.check || !changed.has(name) || composing || relatedTarget?.name === name) return;
    if (document.getElementById(idOf(name) + "-err")) check(name);
  });

  // Line items. Without a script the same buttons ask the server.
  const renumber = (row, to) => {
    const from = row.dataset.line;
    row.dataset.line = to;
    for (const element of [row, ...$$("*", row)]) {
      for (const { name, value } of [...element.attributes]) {
        if (!/^(name|id|for|value|data-field|aria-.*)$/.test(name) || (name === "value" && element.type !== "submit")) continue;
        const next = value
          .replace(/\[(\d+)\]\./g, `[${to}].`)
          .replace(/\b(f-\S+?)-\d+(?=-)/g, `$1-${to}`)
          .replace(/(\.remove:)\d+/, `$1${to}`);
        element.setAttribute(name, name === "aria-label" ? value.replace(from, to) : next);
      }
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-line-add], [data-line-remove]");
    if (!button) return;
    event.preventDefault();
    changed.add(button.value);
    const table = button.dataset.lineAdd || button.dataset.lineRemove;
    const body = $(`[data-lines="${CSS.escape(table)}"] tbody`);
    if (button.dataset.lineAdd) {
      const row = $(`[data-line-template="${CSS.escape(table)}"]`).content.firstElementChild.cloneNode(true);
      renumber(row, body.rows.length + 1);
      body.append(row);
      $("input:not([type=hidden]), select, textarea", row).focus();
    } else {
      const gone = button.closest("tr");
      const next = gone.nextElementSibling || gone.previousElementSibling;
      gone.remove();
      [...body.rows].forEach((row, index) => renumber(row, index + 1));
      (next ? $("[data-line-remove]", next) : $(`[data-line-add="${CSS.escape(table)}"]`)).focus();
    }
  });

  // Formulas: outputs, visibility and marks of what is required follow what is typed; without a script they
  // do when the form comes back.
  const apply = ({ outputs, hidden, required }) => {
    const texts = new Map(Object.entries(outputs).map(([name, text]) => [idOf(name), text]));
    for (const output of $$("output.calc", form)) {
      const text = texts.get(output.id) ?? (output.closest(".lines") && "—");
      if (text && output.textContent !== text) output.textContent = text;
    }
    for (const box of $$("[data-field]", form)) {
      // What is wrong with a hidden field can only be mended where it is seen.
      box.hidden = hidden.includes(box.dataset.field) && !$(".err:not(.is-fixed)", box);
      const needed = required.includes(box.dataset.field);
      const star = $(".req > span", box);
      if (star) star.hidden = !needed;
      if (box.matches("section")) continue;
      for (const control of $$("input:not([type=hidden], [type=file]), select, textarea", box)) {
        control.required = needed && !(box.matches("fieldset") && control.type === "checkbox");
      }
    }
  };
  let living;
  let wait;
  const follow = () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      living?.abort();
      living = new AbortController();
      const values = [...new FormData(form)].filter(([, value]) => typeof value === "string");
      try {
        const answer = await fetch(form.dataset.live, {
          method: "POST",
          headers: { Accept: "application/json" },
          body: new URLSearchParams(values),
          signal: living.signal,
        });
        if (answer.ok) apply(await answer.json());
      } catch {
        // The submit computes everything anyway.
      }
    }, 250);
  };
  if (form?.dataset.live) {
    form.addEventListener("input", () => composing || follow());
    form.addEventListener("compositionend", follow);
    form.addEventListener("click", ({ target }) => {
      if (target.closest("[data-line-add], [data-line-remove]")) follow();
    });
  }

  // Characters left, counted as the server counts them.
  document.addEventListener("input", ({ target }) => {
    const count = target.dataset.max && document.getElementById(target.id + "-count");
    if (!count) return;
    const left = target.dataset.max - [...target.value].length;
    count.textContent = fill(left < 0 ? count.dataset.over : count.dataset.left, Math.abs(left).toLocaleString("en"));
    count.classList.toggle("is-over", left < 0);
  });

  // Suggestions follow what is typed; without a script the first ones stay.
  let typing;
  document.addEventListener("input", ({ target }) => {
    clearTimeout(typing);
    if (target.dataset.suggest) typing = setTimeout(async () => {
      const answer = await fetch(target.dataset.suggest + encodeURIComponent(target.value)).catch(() => ({}));
      if (answer.ok) target.list.replaceChildren(...(await answer.json()).map((value) => new Option("", value)));
    }, 250);
  });

  // Escape and a click elsewhere close menus.
  document.addEventListener("click", ({ target }) => {
    for (const menu of $$("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
    target.closest("[data-dismiss]")?.closest(".toast").remove();
  });

  // Single keys can be turned off, in this browser.
  const store = (() => { try { return localStorage; } catch { return {}; } })();
  const showKeys = () => $$("[data-keys-toggle]").forEach((toggle) => {
    toggle.hidden = false;
    toggle.setAttribute("aria-pressed", String(store.formworkKeys !== "off"));
    toggle.onclick = () => { store.formworkKeys = store.formworkKeys === "off" ? "on" : "off"; showKeys(); };
  });
  showKeys();

  // Single keys never fire while somebody types or composes.
  let wentAt = 0;
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "Escape") {
      for (const menu of $$("details.menu[open]")) { menu.open = false; $("summary", menu).focus(); }
    }
    if (event.isComposing || event.keyCode === 229) return;
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const owner = target.form || target.closest("form") || form;
      const primary = [...(owner?.elements || [])].find((e) => e.type === "submit" && e.matches(".btn--primary"));
      if (primary) { event.preventDefault(); primary.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || store.formworkKeys === "off") return;
    if (target.closest("input, textarea, select, [contenteditable], dialog")) return;
    if (Date.now() - wentAt < 1000) {
      wentAt = 0;
      const place = $(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
      if (place) { event.preventDefault(); place.click(); }
      return;
    }
    const rows = $$("[data-nav]");
    const at = rows.indexOf(document.activeElement);
    if (key === "g") wentAt = Date.now();
    else if (key === "j") rows[Math.min(at + 1, rows.length - 1)]?.focus();
    else if (key === "k") rows[Math.max(at - 1, 0)]?.focus();
    else if (key === "/") {
      const search = $("[data-search]");
      if (!search) return;
      event.preventDefault();
      const panel = search.closest("details");
      if (panel) panel.open = true;
      search.focus();
    }
  });
})();
