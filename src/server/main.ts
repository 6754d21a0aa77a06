import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { rules } from "../rules/index.ts";
import { startServer } from "./server.ts";

/** The process: `node dist/server.cjs --stdio`, or `--node-ipc` when an editor forks it. */
export function main(): void {
  const distDirectory = dirname(fileURLToPath(import.meta.url));
  startServer(createConnection(ProposedFeatures.all), {
    rules,
    distDirectory,
    documentsDirectory: join(distDirectory, "../docs/rules"),
  });
}
