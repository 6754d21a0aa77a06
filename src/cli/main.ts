import { rules } from "../rules/index.ts";
import { tuneForShortRuns } from "./engine.ts";
import { EXIT, type Io } from "./io.ts";
import { wantsColours } from "./paint.ts";
import { runCli } from "./program.ts";
import { locateTool } from "./tool.ts";

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  colours: wantsColours(process.env, process.stdout.isTTY === true),
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
};

/** The process: its streams, its colours, its exit code. Output that a closed pipe (`| head`) does not want ends it quietly. */
export async function main(): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(EXIT.clean);
  });
  tuneForShortRuns();
  try {
    process.exitCode = await runCli(process.argv.slice(2), { io, tool: locateTool(), rules });
  } catch (error) {
    io.err(`performance-auditor could not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT.error;
  }
}
