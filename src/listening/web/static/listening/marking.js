// Words that are selected in the text are put into the field for what was missed.
const text = document.querySelector("[data-marking]");
const field = document.querySelector("#id_words");
if (text && field) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.toString().trim().replace(/\s+/g, " ");
    if (words && words.length <= field.maxLength && text.contains(selection.anchorNode)) {
      field.value = words;
    }
  });
}
