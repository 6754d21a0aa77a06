import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A PostgreSQL server of Debian's package that lives for one script, on a socket of its own. */
export class Server {
  readonly version: string;
  readonly #folder: string;
  readonly #bin: string;
  readonly #user: Account;

  private constructor(folder: string, bin: string, version: string, user: Account) {
    this.#folder = folder;
    this.#bin = bin;
    this.version = version;
    this.#user = user;
  }

  /** Undefined where there is no server to start. */
  static async start(): Promise<Server | undefined> {
    const versions = existsSync(HOME) ? readdirSync(HOME).sort((a, b) => Number(b) - Number(a)) : [];
    const version = versions.find((candidate) => existsSync(join(HOME, candidate, "bin/initdb")));
    const user = account();
    if (version === undefined || user === undefined) return undefined;
    const folder = mkdtempSync(join(tmpdir(), "performance-auditor-postgres-"));
    chownSync(folder, user.uid, user.gid);
    const bin = join(HOME, version, "bin");
    const server = new Server(folder, bin, version, user);
    server.#run("initdb", ["-D", join(folder, "data"), "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8"]);
    const options = ["-c", "listen_addresses=", "-c", `unix_socket_directories=${folder}`, "-c", "fsync=off", "-c", "jit=off"];
    const process = spawn(join(bin, "postgres"), ["-D", join(folder, "data"), ...options], { ...user, stdio: "ignore" });
    process.unref();
    for (let i = 0; i < 100; i++) {
      try {
        server.query("SELECT 1");
        return server;
      } catch {
        await sleep(100);
      }
    }
    server.stop();
    return undefined;
  }

  /** Runs SQL and gives what psql prints, unaligned and without headers. */
  query(sql: string): string {
    const args = ["-h", this.#folder, "-d", "postgres", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"];
    return execFileSync(join(this.#bin, "psql"), args, {
      ...this.#user,
      input: sql,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      stdio: ["pipe", "pipe", "pipe"],
    }).trim();
  }

  stop(): void {
    try {
      this.#run("pg_ctl", ["-D", join(this.#folder, "data"), "stop", "-m", "immediate"]);
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  #run(tool: string, args: readonly string[]): void {
    execFileSync(join(this.#bin, tool), args, { ...this.#user, stdio: "ignore" });
  }
}

const HOME = "/usr/lib/postgresql";

interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly cwd: string;
}

/** PostgreSQL does not run as root; Debian's package has made it a user. */
function account(): Account | undefined {
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8")) ?? [];
  if (uid === undefined || gid === undefined) return undefined;
  return process.getuid?.() === 0 || process.getuid?.() === Number(uid) ? { uid: Number(uid), gid: Number(gid), cwd: tmpdir() } : undefined;
}
