import { Edit, type Point, type Tree } from "web-tree-sitter";

/**
 * The last tree without errors, and its text. The parser takes over from it what a text that differs in one place has in common
 * with it. A tree with errors is not kept: where recovery ends depends on where parsing began, and a text has one tree.
 */
export class LastTree {
  #kept: { readonly tree: Tree; readonly text: string } | undefined;

  /** A tree that has moved along with the change that leads to `text`, for the caller to delete; none where little is the same. */
  movedTo(text: string): Tree | undefined {
    if (this.#kept === undefined) return undefined;
    const { tree, text: before } = this.#kept;
    const start = sameAtStart(before, text);
    const end = sameAtEnd(before, text, start);
    if ((start + end) * 2 < text.length) return undefined;
    const [oldEnd, newEnd] = [before.length - end, text.length - end];
    const moved = tree.copy();
    const edit = new Edit({
      startIndex: start,
      oldEndIndex: oldEnd,
      newEndIndex: newEnd,
      startPosition: pointAt(before, start),
      oldEndPosition: pointAt(before, oldEnd),
      newEndPosition: pointAt(text, newEnd),
    });
    moved.edit(edit);
    return moved;
  }

  /** Whether the tree is kept, and from now on not the caller's to delete. */
  keep(tree: Tree, text: string): boolean {
    if (tree.rootNode.hasError) return false;
    this.#kept?.tree.delete();
    this.#kept = { tree, text };
    return true;
  }
}

function sameAtStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

/** How much is the same at the end, without what is the same at the start. */
function sameAtEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return length;
}

function pointAt(text: string, offset: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let end = text.indexOf("\n"); end >= 0 && end < offset; end = text.indexOf("\n", lineStart)) {
    row++;
    lineStart = end + 1;
  }
  return { row, column: offset - lineStart };
}
