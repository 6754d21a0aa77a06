import assert from "node:assert/strict";
import { parse } from "java-parser";

/** The strict second opinion: an independent grammar that throws at the first error. */
export function assertJavaParses(file: string, text: string): void {
  try {
    parse(text);
  } catch (error) {
    assert.fail(`${file} does not parse as Java: ${(error as Error).message.slice(0, 300)}\n${text}`);
  }
}
