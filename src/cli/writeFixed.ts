import type { AppliedFix } from "../analysis/fixAll.ts";
import type { FixedText } from "../analysis/verifyFix.ts";
import type { DiskTexts } from "./diskTexts.ts";

export interface Unwritten {
  readonly file: string;
  readonly why: string;
}

/**
 * Writes what fixes have made, each file as a whole. Where one may not be written, neither are those that share a fix with it: half of a
 * fix does not compile. Answers with what was left as it is.
 */
export function writeFixed(changed: readonly FixedText[], applied: readonly AppliedFix[], texts: DiskTexts): readonly Unwritten[] {
  const refused = new Map<string, string>();
  for (const { file, before, after } of changed) {
    const why = texts.refuses(file, before, after);
    if (why !== undefined) refused.set(file, why);
  }
  for (let grown = true; grown; ) {
    grown = false;
    for (const { files } of applied) {
      const because = files.find((file) => refused.has(file));
      if (because === undefined) continue;
      for (const file of files) {
        if (refused.has(file)) continue;
        refused.set(file, `it shares a fix with ${because}`);
        grown = true;
      }
    }
  }
  for (const { file, before, after } of changed) {
    if (refused.has(file)) continue;
    const why = texts.write(file, before, after);
    if (why !== undefined) refused.set(file, why);
  }
  return changed.flatMap(({ file }) => {
    const why = refused.get(file);
    return why === undefined ? [] : [{ file, why }];
  });
}
