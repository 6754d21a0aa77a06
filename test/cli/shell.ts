import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ExitCode } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/program.ts";
import { locateTool } from "../../src/cli/tool.ts";
import type { CheckReport } from "../../src/report/checkReport.ts";
import { rules as allRules } from "../../src/rules/index.ts";
import type { AnyRule } from "../../src/rules/rule.ts";
import { parseFixture } from "../harness/fixture.ts";

export interface Ran {
  readonly exit: ExitCode;
  readonly out: string;
  readonly err: string;
}

const tool = locateTool();

/** A folder on disk with the files of a fixture, and the command line run in it. */
export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "performance-auditor-")));
  readonly #rules: readonly AnyRule[];

  /** What the command line asks instead of the planner. */
  createPlanner = tool.createPlanner;

  constructor(fixture = "", rules: readonly AnyRule[] = allRules) {
    this.#rules = rules;
    if (fixture !== "") for (const [file, text] of parseFixture(fixture).files) this.write(file, text);
  }

  write(file: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), content);
  }

  /** Caches go to a folder of their own beside the files. */
  async run(...args: readonly string[]): Promise<Ran> {
    let out = "";
    let err = "";
    const io = {
      cwd: this.path,
      env: { XDG_CACHE_HOME: this.caches },
      colours: false,
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
    };
    const exit = await runCli(args, { io, tool: { ...tool, createPlanner: this.createPlanner }, rules: this.#rules });
    return { exit, out, err };
  }

  async check(...args: readonly string[]): Promise<CheckReport & { readonly exit: ExitCode }> {
    const { exit, out, err } = await this.run("check", ...args, "--format", "json");
    if (out === "") throw new Error(err);
    return { ...(JSON.parse(out) as CheckReport), exit };
  }

  get caches(): string {
    return `${this.path}-caches`;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
    rmSync(this.caches, { recursive: true, force: true });
  }
}

/** Runs `work` in a folder that is gone afterwards. */
export async function inFolder(fixture: string, work: (folder: Folder) => Promise<void>, rules?: readonly AnyRule[]): Promise<void> {
  const folder = new Folder(fixture, rules);
  try {
    await work(folder);
  } finally {
    folder.remove();
  }
}
