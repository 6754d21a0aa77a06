/**
 * A unified diff with three lines of context, as `patch` and `git apply` read it; the empty text when nothing differs.
 * `before` is undefined for a new file.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  const old = linesOf(before ?? "");
  const now = linesOf(after);
  const hunks = hunksOf(scriptOf(old, now));
  if (hunks.length === 0) return "";
  const head = `--- ${before === undefined ? "/dev/null" : `a/${path}`}\n+++ b/${path}\n`;
  return head + hunks.map((hunk) => printed(hunk)).join("");
}

/** One line of the diff, with the lines of both sides that stand before it. */
interface Step {
  readonly mark: " " | "-" | "+";
  readonly line: string;
  readonly oldAt: number;
  readonly newAt: number;
}

const CONTEXT = 3;
/** Beyond so many differing lines the middle is shown as replaced, which is what it then is to a reader. */
const MAX_DIFFERENCES = 2_000;

/** With their line ends, so that a missing last one shows. */
function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function scriptOf(old: readonly string[], now: readonly string[]): readonly Step[] {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const marks: Step["mark"][] = [
    ...Array<" ">(head).fill(" "),
    ...middleMarks(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...Array<" ">(tail).fill(" "),
  ];
  let oldAt = 0;
  let newAt = 0;
  return marks.map((mark) => {
    const step = { mark, line: (mark === "+" ? now[newAt] : old[oldAt]) as string, oldAt, newAt };
    if (mark !== "+") oldAt++;
    if (mark !== "-") newAt++;
    return step;
  });
}

/** The shortest edit script (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, the greedy form). */
function middleMarks(old: readonly string[], now: readonly string[]): readonly Step["mark"][] {
  const replaced: readonly Step["mark"][] = [...Array<"-">(old.length).fill("-"), ...Array<"+">(now.length).fill("+")];
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  const limit = Math.min(old.length + now.length, MAX_DIFFERENCES);
  for (let d = 0; d <= limit; d++) {
    trace.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(furthest, k - 1) < at(furthest, k + 1));
      let x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < old.length && x - k < now.length && old[x] === now[x - k]) x++;
      furthest.set(k, x);
      if (x >= old.length && x - k >= now.length) return walkBack(trace, old.length, now.length);
    }
  }
  return replaced;
}

function walkBack(trace: readonly ReadonlyMap<number, number>[], oldLength: number, newLength: number): readonly Step["mark"][] {
  const marks: Step["mark"][] = [];
  let x = oldLength;
  let y = newLength;
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] as ReadonlyMap<number, number>;
    const k = x - y;
    const down = k === -d || (k !== d && at(furthest, k - 1) < at(furthest, k + 1));
    const previousK = down ? k + 1 : k - 1;
    const fromX = at(furthest, previousK);
    const fromY = fromX - previousK;
    while (x > fromX && y > fromY) {
      marks.push(" ");
      x--;
      y--;
    }
    if (d > 0) marks.push(down ? "+" : "-");
    x = fromX;
    y = fromY;
  }
  return marks.reverse();
}

const at = (furthest: ReadonlyMap<number, number>, k: number): number => furthest.get(k) ?? -1;

function hunksOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const hunks: Step[][] = [];
  let shownUntil = 0;
  steps.forEach((step, i) => {
    if (step.mark === " ") return;
    const from = Math.max(i - CONTEXT, shownUntil);
    const to = Math.min(i + CONTEXT + 1, steps.length);
    const last = hunks.at(-1);
    const added = steps.slice(from, to);
    if (last !== undefined && from === shownUntil) last.push(...added);
    else hunks.push([...added]);
    shownUntil = to;
  });
  return hunks;
}

function printed(hunk: readonly Step[]): string {
  const first = hunk[0] as Step;
  const oldCount = hunk.filter(({ mark }) => mark !== "+").length;
  const newCount = hunk.filter(({ mark }) => mark !== "-").length;
  const range = (start: number, count: number) => `${count === 0 ? start : start + 1}${count === 1 ? "" : `,${count}`}`;
  const body = hunk.map(({ mark, line }) => `${mark}${line}${line.endsWith("\n") ? "" : "\n\\ No newline at end of file\n"}`);
  return `@@ -${range(first.oldAt, oldCount)} +${range(first.newAt, newCount)} @@\n${body.join("")}`;
}
