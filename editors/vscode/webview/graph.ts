// Runs in the page of the graph view: a click on a box, or Enter, reveals its object; the box around the cursor is marked.

import type { Cursor, Reveal } from "../src/page";

interface Editor {
  postMessage(message: Reveal): void;
}

declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
const boxes = [...document.querySelectorAll<SVGGElement>("[data-file]")];

boxes.forEach((element, box) => {
  const reveal = (): void => {
    editor.postMessage({ type: "reveal", box });
  };
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "button");
  element.addEventListener("click", reveal);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      reveal();
    }
  });
});

window.addEventListener("message", (event: MessageEvent<Cursor>) => {
  boxes.forEach((element, at) => element.classList.toggle("current", at === event.data.box));
  boxes[event.data.box]?.scrollIntoView({ block: "nearest", inline: "nearest" });
});
