import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A process that serves VS Code on a port of this machine, in a home of its own that goes with it. */
export interface Served {
  readonly origin: string;
  readonly port: number;
  readonly home: string;
  /** What it has written so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts `node args…` and waits until it says `ready`. `{port}` and `{home}` in the arguments are filled in. */
export async function serve(node: string, args: readonly string[], ready: RegExp, env: NodeJS.ProcessEnv = {}): Promise<Served> {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), "performance-auditor-host-"));
  const filled = args.map((arg) => arg.replace("{port}", String(port)).replace("{home}", home));
  const process_ = spawn(node, filled, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env }, detached: true });
  const killGroup = () => {
    if (process_.pid !== undefined && process_.exitCode === null && process_.signalCode === null) process.kill(-process_.pid, "SIGKILL");
  };
  // A group of its own outlives whoever is interrupted.
  process.on("exit", killGroup);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
  let output = "";
  const said = new Promise<void>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (ready.test(output)) resolve();
    };
    process_.stdout.on("data", take);
    process_.stderr.on("data", take);
    process_.on("exit", (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
  await said;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    home,
    output: () => output,
    stop: async () => {
      const ended = once(process_, "exit");
      killGroup();
      await ended;
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("No port is free");
  return address.port;
}
