import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FixedText } from "../../src/analysis/verifyFix.ts";
import type { Sources } from "../../src/rules/finding.ts";
import type { PostgresDatabase, PostgresServer } from "../harness/postgres.ts";
import { wrongIn } from "./catalogChange.ts";
import { searchPathOf, updateByLiquibase } from "./liquibase.ts";

/** A fix that adds to a change log. */
export interface ChangelogTrial<T> {
  readonly about: T;
  readonly title: string;
  /** The files after the fix; undefined where it does not fit the texts any more. */
  fixed(texts: Sources): readonly FixedText[] | undefined;
}

/** Files larger than that are no change logs, bytes. */
const LARGEST = 20_000_000;

/**
 * A change log of a project with a copy of what it may read, on a database that it has run on. Fixes are tried behind it by Liquibase
 * itself: many in one run, each alone where something is wrong with them.
 */
export class ChangelogProof {
  readonly #changelog: string;
  readonly #server: PostgresServer;
  readonly #copy: string;
  readonly #base: PostgresDatabase;

  private constructor(changelog: string, server: PostgresServer, copy: string, base: PostgresDatabase) {
    this.#changelog = changelog;
    this.#server = server;
    this.#copy = copy;
    this.#base = base;
  }

  /** Runs the change log of the workspace at `root`, after the script `before`. Throws with Liquibase's words. */
  static start(changelog: string, root: string, before: string, server: PostgresServer): ChangelogProof {
    const copy = mkdtempSync(join(tmpdir(), "performance-auditor-changelog-"));
    const folder = searchPathOf(changelog);
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => !/\/(?:\.git|node_modules|target|build)$/.test(path) && statSync(path).size < LARGEST,
    });
    const base = server.database();
    try {
      base.run(before);
      updateByLiquibase(base, changelog, copy);
    } catch (error) {
      rmSync(copy, { recursive: true, force: true });
      throw error;
    }
    return new ChangelogProof(changelog, server, copy, base);
  }

  /** Removes the copy. */
  end(): void {
    rmSync(this.#copy, { recursive: true, force: true });
  }

  /** What is wrong with each fix; undefined where it does what it says. */
  try<T>(trials: readonly ChangelogTrial<T>[], texts: Sources, answer: (about: T, wrong: string | undefined) => void): void {
    const [first] = trials;
    if (first === undefined) return;
    const wrong = this.#together(trials, texts);
    if (wrong === undefined) for (const { about } of trials) answer(about, undefined);
    else if (trials.length === 1) answer(first.about, wrong);
    else {
      const half = Math.ceil(trials.length / 2);
      this.try(trials.slice(0, half), texts, answer);
      this.try(trials.slice(half), texts, answer);
    }
  }

  /** Each fix on the texts that those before have left, all in one run: each has to change the catalog in its own way. */
  #together<T>(trials: readonly ChangelogTrial<T>[], disk: Sources): string | undefined {
    const changed = new Map<string, FixedText>();
    const texts: Sources = { text: (file) => changed.get(file)?.after ?? disk.text(file) };
    const database = this.#server.database(this.#base);
    try {
      for (const trial of trials) {
        const fixed = trial.fixed(texts);
        if (fixed === undefined) return "does not fit any more";
        for (const one of fixed) changed.set(one.file, one);
      }
      for (const { file, after } of changed.values()) this.#write(file, after);
      updateByLiquibase(database, this.#changelog, this.#copy);
      return wrongIn(
        trials.map(({ title }) => title),
        this.#base.catalog(),
        database.catalog(),
      );
    } catch (error) {
      return `fails: ${(error as Error).message}`;
    } finally {
      this.#server.drop(database);
      for (const file of changed.keys()) this.#write(file, disk.text(file));
    }
  }

  #write(file: string, text: string | undefined): void {
    const path = join(this.#copy, file);
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
}
