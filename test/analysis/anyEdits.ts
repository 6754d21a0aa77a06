import assert from "node:assert/strict";
import fc from "fast-check";
import type { Finding } from "../../src/rules/finding.ts";
import { rules } from "../../src/rules/index.ts";
import { TestWorkspace } from "../harness/check.ts";

/** A workspace to start from, and what is done to it. */
export interface Edited {
  readonly base: ReadonlyMap<string, string>;
  /** Words whose exchange, in both directions, changes meanings across files. */
  readonly replacements: readonly (readonly [string, string])[];
  /** Files that come. */
  readonly additions: readonly (readonly [string, string])[];
  /** The names that files are given. */
  readonly names: readonly [string, ...string[]];
}

type Edit = { readonly look: boolean } & (
  | { readonly kind: "delete" | "restore"; readonly file: string }
  | { readonly kind: "rename"; readonly file: string; readonly to: string }
  | { readonly kind: "replace"; readonly file: string; readonly from: string; readonly by: string }
  | { readonly kind: "cut"; readonly file: string; readonly share: number }
  | { readonly kind: "add"; readonly file: string; readonly text: string }
);

/** The same cases in every run; `PROPERTY_RUNS=5000` looks for new ones. */
const SEARCH =
  process.env.PROPERTY_RUNS === undefined ? { numRuns: 250, seed: 20_260_101 } : { numRuns: Number(process.env.PROPERTY_RUNS) };

/** Whatever was edited on the way, the findings are those of a workspace that sees the files as they are now for the first time. */
export function endsAsCold(edited: Edited): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.array(editOf(edited), { minLength: 1, maxLength: 14 }), async (edits) => {
      const warm = new TestWorkspace(rules);
      await warm.put(edited.base);
      warm.findings();
      for (const [i, one] of edits.entries()) {
        await warm.put(applied(one, warm.texts, edited.base));
        if (one.look) warm.findings();
        if (i % 5 === 4) await assertAsCold(warm);
      }
      await assertAsCold(warm);
    }),
    SEARCH,
  );
}

function editOf({ base, replacements, additions, names }: Edited): fc.Arbitrary<Edit> {
  const file = fc.constantFrom(...base.keys(), ...additions.map(([name]) => name));
  const look = fc.boolean();
  return fc.oneof(
    fc.record({ kind: fc.constantFrom("delete" as const, "restore" as const), file, look }),
    fc.record({
      kind: fc.constant("rename" as const),
      file,
      to: fc.constantFrom(...names),
      look,
    }),
    fc.record({ kind: fc.constant("cut" as const), file, share: fc.double({ min: 0, max: 1, noNaN: true }), look }),
    fc
      .record({ file, change: fc.constantFrom(...replacements), back: fc.boolean(), look })
      .map(({ file, change: [a, b], back, look }) => ({ kind: "replace" as const, file, from: back ? b : a, by: back ? a : b, look })),
    fc
      .record({ addition: fc.constantFrom(...additions), look })
      .map(({ addition: [name, text], look }) => ({ kind: "add" as const, file: name, text, look })),
  );
}

function applied(
  one: Edit,
  texts: ReadonlyMap<string, string>,
  base: ReadonlyMap<string, string>,
): readonly (readonly [string, string | undefined])[] {
  const text = texts.get(one.file);
  switch (one.kind) {
    case "restore":
      return [[one.file, base.get(one.file)]];
    case "add":
      return [[one.file, one.text]];
    case "delete":
      return [[one.file, undefined]];
    case "rename":
      return text === undefined || one.file === one.to
        ? []
        : [
            [one.file, undefined],
            [one.to, text],
          ];
    case "cut":
      return text === undefined ? [] : [[one.file, text.slice(0, Math.floor(text.length * one.share))]];
    case "replace":
      return text === undefined || one.from === "" ? [] : [[one.file, text.replaceAll(one.from, one.by)]];
  }
}

async function assertAsCold(warm: TestWorkspace): Promise<void> {
  const cold = new TestWorkspace(rules);
  await cold.put(new Map([...warm.texts].sort()));
  assert.deepEqual(warm.findings().map(plain), cold.findings().map(plain));
}

/** All that a person sees of a finding, and of those that it is told with. */
function plain({ fixes, parts, ...finding }: Finding): unknown {
  return { ...finding, fixes: fixes.map(({ title, safe }) => ({ title, safe })), parts: parts?.map(plain) };
}
