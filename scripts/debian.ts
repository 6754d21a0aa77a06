import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** A Debian package that a suite needs, and a file that tells that it is there. */
export interface DebianPackage {
  readonly name: string;
  readonly file: string;
}

/** What the browser of the workbench suites needs. */
export const BROWSER: readonly DebianPackage[] = [{ name: "chromium", file: "/usr/bin/chromium" }];

/** What tests of locks and fixes of SQL run on: the server starts on a socket of its own and ends with them. */
export const POSTGRESQL: readonly DebianPackage[] = [{ name: "postgresql", file: "/usr/lib/postgresql" }];

/** Installs what is missing where we may; answers with why not otherwise. */
export function provide(packages: readonly DebianPackage[], log: (line: string) => void): string | undefined {
  const missing = packages.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  if (missing.length === 0) return undefined;
  if (!existsSync("/usr/bin/apt-get")) return `needs ${missing.join(", ")}, and there is no apt-get here`;
  const root = process.getuid?.() === 0;
  const apt = (...args: string[]): void => {
    const [command = "", ...rest] = root ? ["apt-get", ...args] : ["sudo", "-n", "apt-get", ...args];
    execFileSync(command, rest, { stdio: "pipe", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  };
  log(`Installing ${missing.join(", ")} with apt-get`);
  try {
    apt("update", "-qq");
    apt("install", "-y", "-qq", "--no-install-recommends", ...missing);
    return undefined;
  } catch (error) {
    return `needs ${missing.join(", ")}: ${(error as Error).message.split("\n")[0]}`;
  }
}
