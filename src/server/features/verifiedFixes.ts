import { type RejectedFix, type VerifiedFix, verifyFix } from "../../analysis/verifyFix.ts";
import type { Parsers } from "../../facts/extract.ts";
import type { Fix, Sources } from "../../rules/finding.ts";

interface Kept {
  readonly outcome: VerifiedFix | RejectedFix;
  /** What it was built from. */
  readonly texts: ReadonlyMap<string, string | undefined>;
}

/** Fixes that were built and read again. An editor asks at every move of the cursor: they hold as long as their texts do. */
export class VerifiedFixes {
  readonly #kept = new WeakMap<Fix, Kept>();

  verify(fix: Fix, sources: Sources, parsers: Parsers): VerifiedFix | RejectedFix {
    const kept = this.#kept.get(fix);
    if (kept !== undefined && [...kept.texts].every(([file, text]) => sources.text(file) === text)) return kept.outcome;
    const texts = new Map<string, string | undefined>();
    const noting: Sources = {
      text: (file) => {
        const text = sources.text(file);
        texts.set(file, text);
        return text;
      },
    };
    const outcome = verifyFix(fix, noting, parsers);
    this.#kept.set(fix, { outcome, texts });
    return outcome;
  }
}
