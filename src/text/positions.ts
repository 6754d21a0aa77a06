/** A range in one file: UTF-16 offsets, `end` behind the last unit. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A range in a file of the workspace. `file` is its workspace path: relative to its root, with "/". */
export interface Place extends Span {
  readonly file: string;
}

/** 0-based line and UTF-16 column, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The offset of the first unit of every line. Lines end with LF, CRLF or CR. */
export function lineStartsOf(text: string): Uint32Array {
  const starts: number[] = [0];
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return new Uint32Array(starts);
  }
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10) starts.push(i + 1);
    else if (unit === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
  }
  return new Uint32Array(starts);
}

export function positionAt(lineStarts: Uint32Array, offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (lineStarts[low] as number) };
}

export function offsetAt(lineStarts: Uint32Array, position: Position, textLength: number): number {
  if (position.line >= lineStarts.length) return textLength;
  const start = lineStarts[position.line] as number;
  const lineEnd = lineStarts[position.line + 1] ?? textLength;
  return Math.min(start + position.character, lineEnd);
}

/** Whether a span, or a node, lies within another one, or is it. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
