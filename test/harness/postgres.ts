import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A throw-away PostgreSQL server of Debian's package, on a socket of its own: nothing listens on the network. */
export class PostgresServer {
  /** "15". */
  readonly major: number;
  readonly #folder: string;
  readonly #bin: string;
  readonly #owner: Owner | undefined;
  readonly #port: number;
  #databases = 0;

  private constructor(bin: string, folder: string, owner: Owner | undefined, port: number) {
    this.#port = port;
    this.#bin = bin;
    this.#folder = folder;
    this.#owner = owner;
    this.major = Number(/(\d+)\/bin$/.exec(bin)?.[1]);
  }

  /** Why no server can be started here; undefined where one can. */
  static missing(): string | undefined {
    return binaries() === undefined ? "there is no PostgreSQL here (Debian: apt-get install postgresql)" : undefined;
  }

  /** With a port the server listens on this machine's own address, too: for drivers that know no sockets. */
  static start(port?: number): PostgresServer {
    const bin = binaries();
    if (bin === undefined) throw new Error(PostgresServer.missing());
    const folder = mkdtempSync(join(tmpdir(), "performance-auditor-postgres-"));
    const owner = process.getuid?.() === 0 ? postgresUser() : undefined;
    if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
    const server = new PostgresServer(bin, folder, owner, port ?? 5432);
    try {
      server.#run("initdb", "-D", join(folder, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
      const options = `-c listen_addresses='${port === undefined ? "" : "127.0.0.1"}' -c port=${server.#port} -c unix_socket_directories='${folder}' -c fsync=off -c shared_buffers=32MB -c timezone=UTC`;
      server.#run("pg_ctl", "-D", join(folder, "data"), "-w", "-l", join(folder, "log"), "-o", options, "start");
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    process.once("exit", () => server.stop());
    return server;
  }

  stop(): void {
    if (!existsSync(this.#folder)) return;
    spawnSync(join(this.#bin, "pg_ctl"), ["-D", join(this.#folder, "data"), "-m", "immediate", "stop"], { ...this.#owner });
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A new database: empty, or a copy of another one that nobody uses. */
  database(template?: PostgresDatabase): PostgresDatabase {
    const name = `d${++this.#databases}`;
    const copied = template === undefined ? "" : ` TEMPLATE ${template.name}`;
    new PostgresDatabase(this.#bin, this.#folder, this.#port, "postgres").run(`CREATE DATABASE ${name}${copied}`);
    return new PostgresDatabase(this.#bin, this.#folder, this.#port, name);
  }

  drop({ name }: PostgresDatabase): void {
    new PostgresDatabase(this.#bin, this.#folder, this.#port, "postgres").run(`DROP DATABASE ${name}`);
  }

  #run(command: string, ...args: string[]): void {
    execFileSync(join(this.#bin, command), args, { stdio: ["ignore", "ignore", "pipe"], cwd: this.#folder, ...this.#owner });
  }
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The newest version that is installed. */
function binaries(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
}

/** PostgreSQL does not run as root; Debian's package brings a user. */
function postgresUser(): Owner {
  const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

export class PostgresDatabase {
  readonly #bin: string;
  readonly #folder: string;
  readonly #port: number;
  readonly name: string;

  constructor(bin: string, folder: string, port: number, name: string) {
    this.#bin = bin;
    this.#folder = folder;
    this.#port = port;
    this.name = name;
  }

  /**
   * Runs a script, each statement for itself or all in one transaction, and answers with what it prints, one row a line. Throws with
   * the server's words.
   */
  run(script: string, transaction = false): string {
    const done = spawnSync(join(this.#bin, "psql"), this.#args(transaction), { input: script, encoding: "utf8" });
    if (done.status !== 0) throw new Error(`${done.stderr}\nin\n${script}`);
    return done.stdout.trimEnd();
  }

  /** Runs each statement whatever becomes of those before it; answers with the errors of those that failed. */
  attempt(script: string): readonly string[] {
    const input = `\\set ON_ERROR_STOP off\n${script}`;
    const { stderr } = spawnSync(join(this.#bin, "psql"), this.#args(false), { input, encoding: "utf8" });
    return errorsIn(stderr);
  }

  /** The same in the background: what holds a lock. */
  hold(script: string): { done(): Promise<void> } {
    const child = spawn(join(this.#bin, "psql"), this.#args(false), { stdio: ["pipe", "ignore", "ignore"] });
    child.stdin.end(script);
    const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
    return { done: () => closed };
  }

  #args(transaction: boolean): string[] {
    const mode = transaction ? ["--single-transaction"] : [];
    return [
      "-X",
      "-q",
      "-A",
      "-t",
      "-v",
      "ON_ERROR_STOP=1",
      ...mode,
      "-h",
      this.#folder,
      "-p",
      String(this.#port),
      "-U",
      "postgres",
      "-d",
      this.name,
    ];
  }

  /** Everything that a migration can change, one line each: columns, indexes, constraints, triggers. */
  catalog(): readonly string[] {
    return linesOf(this.run(CATALOG));
  }

  /** The same after a script, which is then taken back. */
  catalogAfter(script: string): readonly string[] {
    return linesOf(this.run(`BEGIN;\n${script}\n;${CATALOG}ROLLBACK;`));
  }
}

/** What the server says of errors, without its notices. */
export const errorsIn = (said: string): readonly string[] =>
  said.split("\n").flatMap((line) => /\b(?:ERROR|FATAL): .*/.exec(line)?.[0] ?? []);

const linesOf = (printed: string): readonly string[] => printed.split("\n").filter(Boolean).sort();

const CATALOG = `
SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
  || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'm');
SELECT 'index ' || pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'pg_toast');
SELECT 'constraint ' || r.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
  FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND k.contype <> 'n';
SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal;
`;

let shared: PostgresServer | undefined;

/** Declares tests that need a server: one for the whole run, or skipped with the reason. */
export function describeWithPostgres(title: string, tests: (server: () => PostgresServer) => void): void {
  describe(title, () => {
    before(function () {
      this.timeout(60_000);
      const missing = PostgresServer.missing();
      if (missing !== undefined) {
        console.log(`    ${title}: skipped, ${missing}`);
        this.skip();
      }
      shared ??= PostgresServer.start();
    });
    tests(() => {
      if (shared === undefined) throw new Error("The server is started by the tests' hook");
      return shared;
    });
  });
}
