"use strict";
// Draws the chart again to the width of the screen, with figures on pointing at a dot. If anything
// fails, the picture that is already there stays.
(function () {
  const data = JSON.parse(document.getElementById("chart-data").textContent);
  const figure = document.getElementById("chart-figure");
  if (!figure || !data.layer) return;
  const options = {
    actions: false,
    ast: true, // no code made from text: the page's security policy forbids it
    defaultStyle: false,
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
  };
  const choice = document.getElementById("chart-choice");
  figure.classList.add("is-drawn"); // the room must have its width before anything is drawn in it
  vegaEmbed("#chart-drawn", data, options).then(function (drawn) {
    if (choice.options.length > 1) choice.parentElement.hidden = false;
    choice.addEventListener("change", function () {
      drawn.view.signal("shown_for", choice.value).runAsync();
    });
  }).catch(function () {
    figure.classList.remove("is-drawn");
  });
})();
