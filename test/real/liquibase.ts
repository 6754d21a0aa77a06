import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { PostgresDatabase } from "../harness/postgres.ts";

/** The folder with Liquibase's jars, PostgreSQL's driver and picocli: LIQUIBASE_HOME. */
export const liquibaseHome = process.env["LIQUIBASE_HOME"];

/** Where a server has to listen for Liquibase, which knows no sockets. */
export const LIQUIBASE_PORT = 54_329;

export const liquibaseTable = process.env["LIQUIBASE_TABLE"] ?? "databasechangelog";

/** The folder that change logs are named from, in the workspace; "" where no folder of resources tells. */
export const searchPathOf = (changelog: string): string => /^(?:.*\/)?resources(?=\/)/.exec(changelog)?.[0] ?? "";

/**
 * `liquibase update` with a change log of the workspace that `root` is a copy of. Throws with Liquibase's words. LIQUIBASE_CONTEXTS names
 * the contexts: without any, all run, sample data among them; LIQUIBASE_TABLE the table of the change sets that ran.
 */
export function updateByLiquibase(database: PostgresDatabase, changelog: string, root: string): void {
  if (liquibaseHome === undefined) throw new Error("Liquibase's jars are not there: LIQUIBASE_HOME");
  const folder = searchPathOf(changelog);
  const options = {
    "search-path": join(root, folder),
    url: `jdbc:postgresql://127.0.0.1:${LIQUIBASE_PORT}/${database.name}`,
    username: "postgres",
    password: "none",
    "changelog-file": folder === "" ? changelog : changelog.slice(folder.length + 1),
    "show-banner": "false",
    contexts: process.env["LIQUIBASE_CONTEXTS"] ?? "",
    "database-changelog-table-name": liquibaseTable,
  };
  const args = Object.entries(options).map(([key, value]) => `--${key}=${value}`);
  const main = "liquibase.integration.commandline.LiquibaseCommandLine";
  const done = spawnSync("java", ["-cp", `${liquibaseHome}/*`, main, "--headless=true", ...args, "update"], { encoding: "utf8" });
  if (done.status === 0) return;
  const said = done.stderr.split("\n").filter((line) => /Exception|ERROR|Reason|Caused/.test(line));
  throw new Error(said.slice(0, 5).join("\n"));
}
