import { type RunnerMessage, type RunnerRequest, readRunnerRequest } from "./protocol.ts";
import { keepRun } from "./runFile.ts";

/** Entry of the process that sends the load: it is forked, gets one scenario over IPC, reports, and ends. */
const controller = new AbortController();
let started = false;

process.on("message", (value) => {
  const request = readRunnerRequest(value);
  if (request === undefined) say({ kind: "refused", message: "The benchmark process got a message that it does not know" });
  else if (request.kind === "stop") controller.abort();
  else if (!started) {
    started = true;
    void run(request);
  }
});
// Whoever started the run is gone: nobody would see it, nobody could stop it.
process.on("disconnect", () => process.exit(0));
say({ kind: "ready" });

async function run({ scenario, allowRemote, folder }: Extract<RunnerRequest, { kind: "start" }>): Promise<void> {
  // The engine is a bundle of its own, which the command line loads too.
  const { RunRefused, runScenario } = await import("./runner.ts");
  try {
    const onTick = (tick: Extract<RunnerMessage, { kind: "tick" }>["tick"]) => say({ kind: "tick", tick });
    const result = await runScenario(scenario, { allowRemote, onTick, signal: controller.signal });
    const kept = folder === undefined ? {} : await keepRun(folder, result).then((file) => ({ file }), notKept);
    say({ kind: "done", result, ...kept }, end);
  } catch (error) {
    const refused = error instanceof RunRefused ? error : undefined;
    const message = refused?.message ?? `The benchmark failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    say({ kind: "refused", message, ...(refused?.remoteHost === undefined ? {} : { remoteHost: refused.remoteHost }) }, end);
  }
}

const notKept = (error: unknown) => ({ notKept: error instanceof Error ? error.message : String(error) });

function say(message: RunnerMessage, then: () => void = () => {}): void {
  process.send?.(message, then);
}

function end(): void {
  process.exit(0);
}
