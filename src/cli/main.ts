import { EXIT } from "./io.ts";
import { runCli } from "./program.ts";

/** The process: its streams, its colours, its exit code. Output that a closed pipe (`| head`) does not want ends it quietly. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(EXIT.clean);
});

runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  colours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
}).then((code) => {
  process.exitCode = code;
});
