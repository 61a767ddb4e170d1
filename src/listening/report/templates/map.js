// Shows beside a circle of the map what its row in the table says: on pointing, and on coming to it
// with the keyboard. Without this script the circles are links to those rows.
(function () {
  const figure = document.getElementById("map-figure");
  const card = document.getElementById("map-card");
  if (!figure || !card) return;
  let leaving = 0;

  function show(link) {
    const row = document.getElementById("topic-" + link.dataset.topic);
    if (!row) return;
    clearTimeout(leaving);
    card.replaceChildren();
    row.querySelectorAll("[data-card]").forEach(function (part) {
      const said = part.cloneNode(true);
      said.removeAttribute("data-card");
      card.append(said);
    });
    card.hidden = false;
    place(link);
  }

  function place(link) {
    const room = figure.getBoundingClientRect();
    const mark = link.querySelector(".mark").getBoundingClientRect();
    const width = card.offsetWidth;
    const middle = mark.left + mark.width / 2 - room.left - width / 2;
    card.style.left = Math.min(Math.max(middle, 0), Math.max(room.width - width, 0)) + "px";
    const below = mark.bottom - room.top + 6;
    const above = mark.top - room.top - card.offsetHeight - 6;
    const fits = mark.bottom + 6 + card.offsetHeight <= window.innerHeight;
    card.style.top = (fits || mark.top < card.offsetHeight + 6 ? below : above) + "px";
  }

  function hide() {
    clearTimeout(leaving);
    card.hidden = true;
  }

  function later() {
    clearTimeout(leaving);
    leaving = setTimeout(hide, 200); // time to move the pointer onto the card
  }

  figure.querySelectorAll("a.topic").forEach(function (link) {
    link.addEventListener("mouseenter", function () { show(link); });
    link.addEventListener("mouseleave", later);
    link.addEventListener("focus", function () { if (link.matches(":focus-visible")) show(link); });
    link.addEventListener("blur", hide);
    link.addEventListener("click", function () {
      hide();
      const row = document.getElementById("topic-" + link.dataset.topic);
      const passages = row && row.querySelector("details");
      if (passages) passages.open = true;
    });
  });
  card.addEventListener("mouseenter", function () { clearTimeout(leaving); });
  card.addEventListener("mouseleave", later);
  document.addEventListener("keydown", function (pressed) { if (pressed.key === "Escape") hide(); });
})();
