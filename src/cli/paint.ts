import { styleText } from "node:util";
import type { Paint } from "../report/text.ts";

/** Colours for a terminal, or none. */
export function painter(colours: boolean): Paint {
  return colours ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}

/** Whether the output has colours: `NO_COLOR` and `FORCE_COLOR` as other tools know them (no-color.org, force-color.org), else where a person reads. */
export function wantsColours(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return isTerminal && env.TERM !== "dumb";
}
