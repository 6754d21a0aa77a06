import { fork } from "node:child_process";
import { type RunnerMessage, type RunnerRequest, readRunnerMessage } from "../../bench/protocol.ts";

/** How a run ended, seen from outside of its process. */
export type RunOutcome = Extract<RunnerMessage, { kind: "done" | "refused" }>;

export interface BenchmarkProcess {
  readonly outcome: Promise<RunOutcome>;
  /** The first time asks the run to end with what it has; after that the process is killed. */
  stop(): void;
  dispose(): void;
}

/** Forks the process that sends the load. `entry` is its bundle. `outcome` never rejects. */
export function startBenchmark(
  entry: string,
  start: Extract<RunnerRequest, { kind: "start" }>,
  onTick: (tick: Extract<RunnerMessage, { kind: "tick" }>["tick"]) => void,
): BenchmarkProcess {
  // The editor's own binary is no Node unless it is told to be.
  const child = fork(entry, [], {
    execArgv: [],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let stopping = false;
  let lastWords = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-2000);
  });
  const outcome = new Promise<RunOutcome>((resolve) => {
    const failed = (message: string) => resolve({ kind: "refused", message });
    child.on("message", (value) => {
      const message = readRunnerMessage(value);
      if (message?.kind === "tick") onTick(message.tick);
      else if (message?.kind === "done" || message?.kind === "refused") resolve(message);
    });
    child.on("error", (error) => failed(`The benchmark process could not be started: ${error.message}`));
    // A process may be gone before its last message is here: it has failed when the channel is closed as well.
    const gone = new Set<"exit" | "disconnect">();
    let end = "";
    const left = (event: "exit" | "disconnect") => {
      if (gone.add(event).size < 2) return;
      const why = lastWords.trim();
      failed(stopping ? "The benchmark was killed" : `The benchmark process ended (${end})${why === "" ? "" : `: ${why}`}`);
    };
    child.on("exit", (code, signal) => {
      end = String(signal ?? code);
      left("exit");
    });
    child.on("disconnect", () => left("disconnect"));
  });
  const send = (request: RunnerRequest) => child.send(request, () => {});
  send(start);
  return {
    outcome,
    stop: () => {
      if (stopping) child.kill("SIGKILL");
      else send({ kind: "stop" });
      stopping = true;
    },
    dispose: () => void child.kill("SIGKILL"),
  };
}
