import { styleText } from "node:util";
import type { Paint } from "../report/text.ts";

/** Colours for a terminal, or none. */
export function painter(colours: boolean): Paint {
  return colours ? (style, text) => styleText(style, text) : (_, text) => text;
}
