// Orders themes anew while somebody tries other choices: the same arithmetic as
// `listening.priorities.exploring`, on a few figures for each theme and source. A test holds the
// two against each other. Nothing is sent and nothing is kept; without it the form's button asks
// the server for the same.

const sum = (values) => values.reduce((total, value) => total + value, 0);

// each source's say in each theme: rows are sources, columns themes
function say(told, found, choice) {
  const large = told.participants.map((many) => (many >= choice.fewest ? 1 : 0));
  const any = large.some(Boolean);
  const weight = found.people.map((row, source) =>
    row.map((people, theme) => {
      const there = people > 0 ? 1 : 0;
      if (choice.scheme === "own") return there * Math.max(0, choice.say[source] || 0);
      if (choice.scheme === "pooled") return people;
      const vote = any ? large[source] : 1;
      if (choice.scheme === "equal") return there * vote;
      return Math.sqrt(Math.min(found.effective[source][theme], told.cap)) * vote;
    }),
  );
  const totals = told.themes.map((_, theme) => sum(weight.map((row) => row[theme])));
  return weight.map((row) => row.map((one, theme) => (totals[theme] > 0 ? one / totals[theme] : 0)));
}

// the share of a source's average theme; of the whole pool where all are one
function means(alpha, found, pooled, themes) {
  if (pooled) {
    const asked = themes.map((_, theme) => found.people.some((row) => row[theme] > 0));
    const pool = themes.map((_, theme) =>
      sum(alpha.map((row, source) => row[theme] * found.shares[source][theme])),
    );
    const mean = sum(pool.filter((_, theme) => asked[theme])) / Math.max(asked.filter(Boolean).length, 1);
    return alpha.map(() => mean);
  }
  return found.shares.map((row, source) => {
    const there = found.people[source].map((people) => people > 0);
    return sum(row.filter((_, theme) => there[theme])) / Math.max(there.filter(Boolean).length, 1);
  });
}

export function reorder(told, choice) {
  const found = told.evidence[choice.evidence] || told.evidence.used;
  const alpha = say(told, found, choice);
  const average = means(alpha, found, choice.scheme === "pooled", told.themes);
  const scores = told.themes.map((_, theme) => {
    const parts = alpha.map((row, source) => {
      if (choice.measure === "one_vote") return row[theme] * found.votes[source][theme];
      if (choice.measure === "plain") return row[theme] * found.shares[source][theme];
      return average[source] > 0 ? (row[theme] / average[source]) * found.shares[source][theme] : 0;
    });
    return Math.round(sum(parts) * 1e12) / 1e12;
  });
  const places = told.themes.map((_, theme) => theme);
  places.sort(
    (one, other) =>
      scores[other] - scores[one] ||
      told.people[other] - told.people[one] ||
      told.lot[one] - told.lot[other],
  );
  return places.map((theme) => told.themes[theme]);
}

// as lists are written everywhere else
function listed(names) {
  if (names.length < 2) return names.join("");
  const lists = names.some((name) => name.includes(",") || name.includes(" and "));
  const last = names[names.length - 1];
  const before = names.slice(0, -1);
  return lists ? `${before.join("; ")}; and ${last}` : `${before.join(", ")} and ${last}`;
}

function sentence(told, order, k) {
  const moved = order.filter((theme, place) => told.ranks[theme] !== place + 1);
  if (!moved.length) {
    return k === told.k ? "The order is the same." : `The order is the same; the first ${k} are shown.`;
  }
  const name = (theme) => told.names[theme];
  const fresh = order.filter((theme, place) => place < k && told.ranks[theme] > k).map(name);
  const gone = order.filter((theme, place) => place >= k && told.ranks[theme] <= k).map(name);
  const many = moved.length === 1 ? "1 theme stands elsewhere." : `${moved.length} themes stand elsewhere.`;
  if (!fresh.length) return `${many} The same themes are the first ${k}.`;
  return `${many} Among the first ${k} now: ${listed(fresh)}; no longer: ${listed(gone)}.`;
}

function choiceOf(form, told) {
  const given = new FormData(form);
  return {
    scheme: given.get("scheme"),
    measure: given.get("measure"),
    evidence: given.get("evidence") || "used",
    fewest: Number(given.get("fewest")),
    say: told.sources.map((kind) => Number(given.get(`say-${kind}`))),
    k: Number(given.get("k")),
  };
}

function show(told, list, said, choice) {
  const order = reorder(told, choice);
  const rows = new Map([...list.children].map((row) => [row.dataset.theme, row]));
  order.forEach((theme, place) => {
    const row = rows.get(theme);
    row.querySelector(".listening-explored__rank").textContent = place + 1;
    const was = told.ranks[theme];
    row.querySelector(".listening-explored__was").textContent =
      was === place + 1 ? "" : `${was} in the results`;
    row.classList.toggle("listening-below", place >= choice.k);
  });
  list.replaceChildren(...order.map((theme) => rows.get(theme)));
  const now = sentence(told, order, choice.k);
  if (said.textContent !== now) said.textContent = now;
}

const form = typeof document === "undefined" ? null : document.getElementById("explore");
if (form) {
  const told = JSON.parse(document.getElementById("exploring").textContent);
  const list = document.getElementById("explored");
  const said = document.getElementById("said");
  document.getElementById("show").hidden = true; // moving is enough
  form.addEventListener("input", (event) => {
    const output = form.querySelector(`output[for="${event.target.id}"]`);
    if (output) output.textContent = event.target.value;
    if (event.target.name.startsWith("say-")) document.getElementById("scheme-own").checked = true;
    show(told, list, said, choiceOf(form, told));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}
