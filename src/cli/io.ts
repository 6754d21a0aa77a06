import type { AnyRule } from "../rules/rule.ts";
import type { Tool } from "./tool.ts";

/** Where a command reads and writes, so that tests can stand in. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly colours: boolean;
  out(text: string): void;
  err(text: string): void;
}

/** What every command works with. */
export interface Shell {
  readonly io: Io;
  readonly tool: Tool;
  readonly rules: readonly AnyRule[];
}

/** What the process answers with: nothing at warning or above, findings, or a mistake of usage or of ours. */
export const EXIT = { clean: 0, findings: 1, error: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A mistake in how the tool was called: its message is for the person, without a stack. */
export class UsageError extends Error {}
