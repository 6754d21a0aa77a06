import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, nodesOf, unpack } from "../../facts/java/code.ts";
import { Answers } from "../answers.ts";
import { dotted } from "../calls/typing/typer.ts";
import type { ConfigurationModel } from "../configuration/configurationModel.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { constantText } from "../types/constants.ts";
import type { TypeIndex } from "../types/typeIndex.ts";

/** How long a cache keeps an entry. */
export type Lifetime =
  | { readonly kind: "none" }
  /** As long as somebody asks for it. */
  | { readonly kind: "idle" }
  | { readonly kind: "unknown" }
  | { readonly kind: "seconds"; readonly seconds: number };

/** A time that code gives to caches. Plain data. */
interface GivenLifetime {
  /** Undefined where it is not a constant. */
  readonly seconds: number | undefined;
  /** From the last use on, not from the making. */
  readonly idle: boolean;
  /** The cache that it is given to by name. */
  readonly cache: string | undefined;
}

/** How long caches keep their entries, by configuration and by the code that makes cache managers. Keys: `lifetimes:<file>`, `lifetimes:all`. */
export class CacheLifetimes implements ModelPart {
  readonly #reads: ReadLog;
  readonly #configuration: ConfigurationModel;
  readonly #byFile: Answers<readonly GivenLifetime[]>;
  readonly #files = new Set<string>();
  #store: FactsStore | undefined;

  constructor(reads: ReadLog, types: TypeIndex, configuration: ConfigurationModel) {
    this.#reads = reads;
    this.#configuration = configuration;
    this.#byFile = new Answers(reads, "lifetimes", (name) => {
      reads.note(`positions:${name}`);
      const file = this.#files.has(name) ? this.#store?.get(name) : undefined;
      return file?.language === "java" ? readLifetimes(types, file) : [];
    });
  }

  update(changes: readonly FactsChange[], store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    this.#store = store;
    const stale = new Set(changed);
    const told: string[] = [];
    for (const { file, after } of changesOf(changes, "java")) {
      const gives = after !== undefined && mayGive(after);
      if (gives !== this.#files.has(file)) {
        told.push("lifetimes:all");
        if (gives) this.#files.add(file);
        else this.#files.delete(file);
      }
      stale.add(`positions:${file}`);
    }
    return [...told, ...this.#byFile.refresh(stale)];
  }

  /** The life of an entry of a cache that a file uses. */
  of(cache: string, near: string): Lifetime {
    const given = this.#givenTo(near);
    const own = given.filter((one) => one.cache === cache);
    const others = given.filter((one) => one.cache === undefined);
    if (given.length > 0) return own.length > 0 ? lifetimeOf(own) : others.length > 0 ? lifetimeOf(others) : UNKNOWN;
    if (MANAGERS.some((hint) => this.#configuration.codeSettles(hint, near))) return { kind: "none" };
    for (const key of ["spring.cache.redis.time-to-live", "spring.cache.caffeine.spec"]) {
      const [value] = this.#configuration.everyValue(key, near);
      if (value === undefined) continue;
      const seconds = value.known
        ? secondsIn(key.endsWith("spec") ? (/expireAfterWrite=(\w+)/.exec(value.value)?.[1] ?? "") : value.value, key)
        : undefined;
      if (seconds !== undefined) return { kind: "seconds", seconds };
      if (!key.endsWith("spec") || /expireAfterWrite/i.test(value.value)) return UNKNOWN;
      if (/expireAfterAccess/i.test(value.value)) return { kind: "idle" };
    }
    // A provider's own file says it, for each of its caches.
    return PROVIDERS.some((key) => this.#configuration.everyValue(key, near).length > 0) ? UNKNOWN : { kind: "none" };
  }

  /** Whether code gives a time to caches by their names, and none to this one, nor to whatever has no name there. */
  leavesOut(cache: string, near: string): boolean {
    const given = this.#givenTo(near);
    return given.length > 0 && given.every((one) => one.cache !== undefined && one.cache !== cache);
  }

  #givenTo(near: string): readonly GivenLifetime[] {
    this.#reads.note("lifetimes:all");
    const { module, dependsOn } = this.#configuration.buildOf(near);
    const files = [...this.#files].sort().filter((file) => {
      const home = this.#configuration.buildOf(file);
      return home.module === module || dependsOn.includes(home.module) || home.dependsOn.includes(module);
    });
    return files.flatMap((file) => this.#byFile.get(file));
  }
}

const UNKNOWN: Lifetime = { kind: "unknown" };
const PROVIDERS = ["jcache", "ehcache", "infinispan"].map((provider) => `spring.cache.${provider}.config`);
/** Whoever makes the cache manager does not have Spring Boot's settings. */
const MANAGERS = ["redis-caches", "caffeine-caches"] as const;

/** What several times that are given to one cache come to; undefined times, and different ones, are not known. */
function lifetimeOf(given: readonly GivenLifetime[]): Lifetime {
  const written = given.filter(({ idle }) => !idle);
  const [first, ...others] = written;
  if (first === undefined) return { kind: "idle" };
  const { seconds } = first;
  return seconds === undefined || others.some((other) => other.seconds !== seconds) ? UNKNOWN : { kind: "seconds", seconds };
}

const IDLE: ReadonlySet<string> = new Set(["expireAfterAccess", "timeToIdleExpiration", "setMaxIdleSeconds"]);
const SETTERS: ReadonlySet<string> = new Set([
  ...IDLE,
  "entryTtl",
  "expireAfterWrite",
  "timeToLiveExpiration",
  "setTimeToLiveSeconds",
  "timeToLive",
  "expireAfter",
]);

function mayGive({ java }: JavaFile): boolean {
  return java.imports.some(({ name }) => /cache|caffeine|hazelcast/i.test(name)) && java.code.strings.some((text) => SETTERS.has(text));
}

function readLifetimes(types: TypeIndex, file: JavaFile): readonly GivenLifetime[] {
  return file.java.types.flatMap((type) =>
    type.methods.flatMap((method) => {
      if (method.body < 0) return [];
      const textOf = (node: CodeNode): string | undefined => {
        if (node.kind === "literal") return node.text;
        const name = dotted(node);
        return name === undefined ? undefined : constantText({ kind: "reference", name }, { file, type }, types);
      };
      return nodesOf(unpack(file.java.code, method.body)).flatMap((node): GivenLifetime[] => {
        if (node.kind !== "call" || !SETTERS.has(node.text)) return [];
        const cache = namedFor(node, textOf);
        return [{ seconds: givenSeconds(node, textOf), idle: IDLE.has(node.text), cache }];
      });
    }),
  );
}

/** The cache that a time is for: the text before it in `Map.of("a", …)`, `registerCustomCache("a", …)`, `new CaffeineCache("a", …)`. */
function namedFor(setter: CodeNode, textOf: (node: CodeNode) => string | undefined): string | undefined {
  for (let at = setter; at.parent !== undefined && at.parent.kind !== "block"; at = at.parent) {
    if (at.role !== "argument") continue;
    const given = childrenOf(at.parent, "argument");
    const before = given[given.indexOf(at) - 1];
    const text = before === undefined || (before.kind === "literal" && before.type !== "String") ? undefined : textOf(before);
    if (text !== undefined && !/^\d+$/.test(text)) return text;
  }
  return undefined;
}

/** `Duration.ofMinutes(5)`, `5, TimeUnit.MINUTES`, the seconds of Hazelcast. */
function givenSeconds(setter: CodeNode, textOf: (node: CodeNode) => string | undefined): number | undefined {
  const [first, unit] = childrenOf(setter, "argument");
  if (first === undefined) return undefined;
  const numberOf = (node: CodeNode | undefined): number | undefined => {
    const text = node === undefined ? undefined : textOf(node);
    return text !== undefined && /^\d+[lL]?$/.test(text.replaceAll("_", "")) ? Number.parseInt(text.replaceAll("_", ""), 10) : undefined;
  };
  if (first.kind === "call") {
    const seconds = SECONDS[first.text.slice(2).toUpperCase()];
    const amount = numberOf(childOf(first, "argument"));
    return seconds === undefined || amount === undefined ? undefined : seconds * amount;
  }
  const amount = numberOf(first);
  if (amount === undefined) return undefined;
  if (setter.text === "setTimeToLiveSeconds") return amount;
  const seconds = unit === undefined ? undefined : SECONDS[unit.text];
  return seconds === undefined ? undefined : seconds * amount;
}

const SECONDS: Readonly<Record<string, number>> = {
  MILLIS: 0.001,
  MILLISECONDS: 0.001,
  SECONDS: 1,
  MINUTES: 60,
  HOURS: 3_600,
  DAYS: 86_400,
};

/** "10m", "60000" in milliseconds, "PT30S"; of a specification "30s". */
function secondsIn(text: string, key: string): number | undefined {
  const iso = /^PT?(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/i.exec(text.trim());
  if (iso !== null && text.length > 2) {
    const [days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number];
    return days * 86_400 + hours * 3_600 + minutes * 60 + seconds;
  }
  const simple = /^(\d+)\s*(ms|s|m|h|d)?$/i.exec(text.trim());
  if (simple === null) return undefined;
  const unit = simple[2]?.toLowerCase() ?? (key.endsWith("spec") ? "s" : "ms");
  return Number(simple[1]) * ({ ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 }[unit] ?? 1);
}
