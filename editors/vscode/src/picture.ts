// What a picture of questc says about its boxes. Knows the attributes of `questc graph --as svg`.

import * as path from "node:path";

/** A box of a picture, and the lines of its object, from 1. */
export interface Box {
  readonly file: string;
  readonly first: number;
  readonly last: number;
}

/** A picture of a graph. */
export interface Picture {
  readonly svg: string;
  /** The id of what it shows. */
  readonly id: string;
  readonly boxes: readonly Box[];
}

const BOX = /<g data-file="([^"]*)" data-first="(\d+)" data-last="(\d+)">/g;

/** Reads a picture. `folder` is the one from which its files are named. `undefined` if it is none. */
export function read(svg: string, folder: string): Picture | undefined {
  const id = /<svg [^>]*data-id="([^"]*)"/.exec(svg)?.[1];
  if (id === undefined) {
    return undefined;
  }
  const boxes = [...svg.matchAll(BOX)].map(([, file = "", first, last]) => ({
    file: path.resolve(folder, text(file)),
    first: Number(first),
    last: Number(last),
  }));
  return { svg, id: text(id), boxes };
}

/** The position of the innermost box around a line, from 1, of a file. */
export function boxAt(picture: Picture, file: string, line: number): number | undefined {
  let found: number | undefined;
  let lines = Infinity;
  picture.boxes.forEach((box, at) => {
    if (box.file === file && box.first <= line && line <= box.last && box.last - box.first < lines) {
      found = at;
      lines = box.last - box.first;
    }
  });
  return found;
}

/** The text of an attribute. */
function text(attribute: string): string {
  const signs: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return attribute.replace(/&(amp|lt|gt|quot|#39);/g, (all, name: string) => signs[name] ?? all);
}
