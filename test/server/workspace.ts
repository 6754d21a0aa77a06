import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EditorSettings } from "../../src/server/protocol.ts";
import { LspClient, type StartOptions } from "../harness/lspClient.ts";

const FIXTURE = fileURLToPath(new URL("../host/workspace", import.meta.url));

export const SERVICE = "backend/src/main/java/demo/TicketService.java";
export const REPOSITORY = "backend/src/main/java/demo/TicketRepository.java";
export const MIGRATION = "backend/src/main/resources/db/migration/V1__init.sql";

/** A copy of the small system of the host tests, and the clients that were started on it. */
export class ServerWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), "performance-auditor-server-"));
  readonly #clients: LspClient[] = [];

  constructor() {
    cpSync(FIXTURE, this.root, { recursive: true });
  }

  path(file: string): string {
    return join(this.root, file);
  }

  async start(folders: readonly string[] = [this.root], cacheDirectory?: string, settings?: EditorSettings): Promise<LspClient> {
    return this.startAs(
      { ...(cacheDirectory === undefined ? {} : { cacheDirectory }), ...(settings === undefined ? {} : { settings }) },
      folders,
    );
  }

  async startAs(options: Omit<StartOptions, "until">, folders: readonly string[] = [this.root]): Promise<LspClient> {
    const client = await LspClient.start(folders, {
      ...options,
      until: "ready",
    });
    this.#clients.push(client);
    return client;
  }

  async dispose(): Promise<void> {
    for (const client of this.#clients) await client.stop();
    rmSync(this.root, { recursive: true, force: true });
  }
}
