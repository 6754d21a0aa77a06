import { Answers } from "../answers.ts";
import type { EntryPoint } from "../calls/effects/spread.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { isTestFile } from "../schema/sets/settings.ts";
import { nearestTo } from "../types/nearness.ts";
import type { TypeIndex } from "../types/typeIndex.ts";
import type { Endpoint, Trigger } from "./endpoint.ts";
import { isGuardedForAdministrators, mayGuardPaths, type PathGuard, pathGuardsIn } from "./pathGuards.ts";
import { mayBeEntered, readEndpoints, readTriggers } from "./readEndpoints.ts";

interface Entrances {
  readonly endpoints: readonly Endpoint[];
  readonly triggers: readonly Trigger[];
}

interface Everything extends Entrances {
  readonly entryPoints: readonly EntryPoint[];
}

/**
 * Where requests, schedules and messages enter the code. Keys: `entrances:<file>` for one file's, `endpoints:all` for the list of
 * all, `path-guards:<file>`.
 */
export class WebModel implements ModelPart {
  readonly #reads: ReadLog;
  readonly #byFile: Answers<Entrances>;
  readonly #files = new Set<string>();
  readonly #guards: Answers<readonly PathGuard[]>;
  /** The files that say whom paths are for. */
  readonly #guarding = new Set<string>();
  #store: FactsStore | undefined;
  #all: Everything | undefined;

  constructor(reads: ReadLog, types: TypeIndex) {
    this.#reads = reads;
    this.#guards = new Answers(reads, "path-guards", (name) => {
      const file = this.#guarding.has(name) ? this.#store?.get(name) : undefined;
      reads.note(`positions:${name}`);
      return file?.language === "java" ? pathGuardsIn(types, file) : [];
    });
    this.#byFile = new Answers(reads, "entrances", (name) => {
      reads.note(`positions:${name}`);
      const file = this.#files.has(name) ? this.#store?.get(name) : undefined;
      if (file?.language !== "java") return { endpoints: [], triggers: [] };
      const endpoints = readEndpoints(types, file);
      return { endpoints: endpoints.length === 0 ? endpoints : this.#guarded(endpoints, name), triggers: readTriggers(types, file) };
    });
  }

  update(changes: readonly FactsChange[], store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    this.#store = store;
    const stale = new Set(changed);
    const keys: string[] = [];
    for (const { file, after } of changesOf(changes, "java")) {
      const candidate = after !== undefined && mayBeEntered(after);
      if (candidate !== this.#files.has(file)) {
        if (candidate) this.#files.add(file);
        else this.#files.delete(file);
        this.#all = undefined;
        keys.push("endpoints:all");
      }
      const guards = after !== undefined && mayGuardPaths(after) && !isTestFile(file);
      if (guards !== this.#guarding.has(file)) {
        if (guards) this.#guarding.add(file);
        else this.#guarding.delete(file);
        stale.add("guarding-files:all");
      }
      stale.add(`positions:${file}`);
    }
    for (const key of this.#guards.refresh(stale)) stale.add(key);
    const different = this.#byFile.refresh(stale);
    if (different.length > 0) {
      this.#all = undefined;
      keys.push("endpoints:all", ...different);
    }
    return keys;
  }

  /** All endpoints, by file and place. */
  endpoints(): readonly Endpoint[] {
    this.#reads.note("endpoints:all");
    return this.#everything().endpoints;
  }

  endpointsIn(file: string): readonly Endpoint[] {
    return this.#byFile.get(file).endpoints;
  }

  /** Endpoints as the nearest configuration of Spring Security lets people in to them. */
  #guarded(endpoints: readonly Endpoint[], file: string): readonly Endpoint[] {
    this.#reads.note("guarding-files:all");
    const nearest = nearestTo(file, [...this.#guarding].sort(), (one) => one);
    const guards = nearest === undefined ? [] : this.#guards.get(nearest);
    if (!guards.some(({ forAdministrators }) => forAdministrators)) return endpoints;
    return endpoints.map((endpoint) =>
      isGuardedForAdministrators(guards, endpoint.verb, endpoint.path) ? { ...endpoint, forFew: true, forAdministrators: true } : endpoint,
    );
  }

  /** All schedules and listeners, by file and place. */
  triggers(): readonly Trigger[] {
    this.#reads.note("endpoints:all");
    return this.#everything().triggers;
  }

  triggersIn(file: string): readonly Trigger[] {
    return this.#byFile.get(file).triggers;
  }

  /** Endpoints first, so that a method that both a request and a clock reach counts as reached by the request. Notes nothing. */
  entryPoints(): readonly EntryPoint[] {
    return this.#everything().entryPoints;
  }

  #everything(): Everything {
    if (this.#all === undefined) {
      const endpoints: Endpoint[] = [];
      const triggers: Trigger[] = [];
      // What is read here is this part's own affair; whoever asks notes `endpoints:all`.
      this.#reads.during(() => {
        for (const file of [...this.#files].sort()) {
          const entrances = this.#byFile.get(file);
          endpoints.push(...entrances.endpoints);
          triggers.push(...entrances.triggers);
        }
      });
      const entryPoints = [
        ...endpoints.map(
          ({ runs, label, forFew, forAdministrators }): EntryPoint => ({
            method: runs,
            kind: "endpoint",
            label,
            often: !forFew,
            ...(forAdministrators && { forAdministrators }),
          }),
        ),
        ...[...triggers]
          .sort((a, b) => Number(b.kind === "endpoint") - Number(a.kind === "endpoint"))
          .map(
            ({ method, kind, label, often, beforeView, onTheWay }): EntryPoint => ({
              method,
              kind,
              label,
              often,
              ...(beforeView && { beforeView }),
              ...(onTheWay && { onTheWay }),
            }),
          ),
      ];
      this.#all = { endpoints, triggers, entryPoints };
    }
    return this.#all;
  }
}
