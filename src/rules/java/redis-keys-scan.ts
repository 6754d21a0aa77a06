import type { JavaFile } from "../../facts/fileFacts.ts";
import { ancestorsOf, type CodeNode, childOf } from "../../facts/java/code.ts";
import type { CacheUse } from "../../model/caching/readUses.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import type { Span } from "../../text/positions.ts";
import { alikeBy, MOST_BESIDE } from "../alike.ts";
import { defineRule } from "../rule.ts";
import { scanKeys } from "./edits/caches/scanKeys.ts";
import { isClearedByKeys } from "./shared/caches/cacheProvider.ts";

export const redisKeysScan = defineRule({
  id: "java/redis-keys-scan",
  title: "KEYS reads every key of Redis at once",
  language: "java",
  certainty: "proven",
  cost: "Redis does nothing else while it compares all of its keys: O(N), N keys of the database",
  references: [
    "https://redis.io/docs/latest/commands/keys/",
    "https://redis.io/docs/latest/commands/scan/",
    "https://docs.spring.io/spring-data/redis/reference/redis/redis-cache.html",
  ],
  messages: {
    clears: "Clearing {{cache}} reads every key of Redis for {{entry}}",
    clearsSeveral: "Clearing {{cache}} and {{more}} more reads every key of Redis {{times}} times for {{entry}}",
    entry: "{{command}} reads every key of Redis for {{entry}}",
    call: "{{command}} reads every key of Redis",
  },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      for (const site of method.sites) {
        if (site.work?.kind !== "redis" || !KEYS.test(site.work.label)) continue;
        const call = model.calls.codeOf(method).nodes[site.order];
        if (call === undefined || childOf(call, "argument") === undefined) continue;
        const entry = model.effects.reachedFrom(method.key);
        report({
          at: site.at,
          message: entry === undefined ? "call" : "entry",
          data: { command: site.work.label, entry: entry?.label ?? "" },
          // A method of a helper class that nobody is seen to call does nothing yet.
          ...(entry === undefined ? { certainty: "likely" as const, severity: "information" as const } : {}),
          related: model.effects.chainTo(method.key),
          fixes: scanKeys(model, method, call),
        });
      }
    }
    for (const { method, at, command } of rawKeys(model, file)) {
      const entry = model.effects.reachedFrom(method.key);
      report({
        at,
        message: entry === undefined ? "call" : "entry",
        data: { command, entry: entry?.label ?? "" },
        ...(entry === undefined ? { certainty: "likely" as const, severity: "information" as const } : {}),
        related: model.effects.chainTo(method.key),
      });
    }
    // A method that clears several caches is one cause, and the strategy of the manager is its remedy.
    const cleared = alikeBy(clearedIn(model, file.file), ({ use }) => use.method);
    for (const [{ use, cache, entry, isFrequent }, ...others] of cleared.values())
      report({
        at: use.at,
        message: others.length === 0 ? "clears" : "clearsSeveral",
        data: { cache, entry: entry.label, more: others.length, times: 1 + others.length },
        // How many keys there are beside those of the cache is not known.
        certainty: isFrequent ? "likely" : "possible",
        related: [
          ...model.effects.chainTo(use.method),
          ...others.slice(0, MOST_BESIDE).map((other) => ({ at: other.use.at, message: `${other.cache} is cleared here, too` })),
        ],
      });
  },
});

interface Cleared extends Clearing {
  readonly cache: string;
}

/** The caches that are cleared by KEYS in a file, each where that is felt most. */
const clearedIn = (model: Model, file: string): readonly Cleared[] =>
  model.cacheUses.usesIn(file).flatMap((use): readonly Cleared[] => {
    const [cache] = use.names;
    if (cache === undefined || !isWhole(use) || !isClearedByKeys(model, file)) return [];
    const loudest = clearings(model, cache)[0];
    return loudest?.use.method === use.method && loudest.use.at.start === use.at.start ? [{ cache, ...loudest }] : [];
  });

/** Of the template, or of a client: `opsForHash().keys(key)` reads the fields of one hash. */
const KEYS =
  /^(?:(?:String|Reactive\w*)?RedisTemplate|(?:Unified)?Jedis(?:Pooled)?|JedisCommands|RedisCommands|(?:String)?RedisConnection|RedisKeyCommands)\.keys$/;

/** KEYS that a script runs, or a connection that a callback is given. */
function rawKeys(model: Model, file: JavaFile): readonly { readonly method: MethodNode; readonly at: Span; readonly command: string }[] {
  const { code, imports } = file.java;
  const scripts = code.strings.some((text) => SCRIPT.test(text));
  const callbacks = code.strings.includes("keys") && imports.some(({ name }) => /\.RedisCallback$|\.RedisConnection$/.test(name));
  if (!scripts && !callbacks) return [];
  return model.calls.methodsIn(file.file).flatMap((method) => {
    if (method.declared.method.body < 0) return [];
    return model.calls.codeOf(method).nodes.flatMap((node) => {
      if (node.kind === "literal" && SCRIPT.test(node.text))
        return [{ method, at: { start: node.start, end: node.end }, command: "A script's KEYS" }];
      if (node.kind !== "call" || node.text !== "keys" || !isConnection(childOf(node, "receiver"))) return [];
      return [{ method, at: { start: node.nameStart, end: node.end }, command: "RedisConnection.keys" }];
    });
  });
}

const SCRIPT = /redis\.p?call\(\s*\\?['"]keys\b/i;

/** The parameter of a lambda that is a RedisCallback, or its commands on keys. */
function isConnection(on: CodeNode | undefined): boolean {
  if (on?.kind === "call") return on.text === "keyCommands";
  if (on?.kind !== "name") return false;
  return [...ancestorsOf(on)].some(
    ({ kind, parent, children }) =>
      kind === "lambda" &&
      children.some(({ kind: sort, text }) => sort === "parameter" && text === on.text) &&
      ((parent?.kind === "cast" && /^RedisCallback\b/.test(parent.type)) || (parent?.kind === "call" && parent.text === "execute")),
  );
}

const isWhole = ({ kind, allEntries, ownManager }: CacheUse): boolean => kind === "evict" && allEntries && !ownManager;

interface Clearing {
  readonly use: CacheUse;
  readonly entry: EntryPoint;
  /** Whoever only clears does so when somebody asks for it, or a token has expired: openlmis-requisition. */
  readonly isFrequent: boolean;
}

/** What clears a cache on the way from an entry point, the most frequent first: it is one strategy for all of them. */
function clearings({ cacheUses, effects }: Model, cache: string): readonly Clearing[] {
  const all = cacheUses.usesOf(cache).flatMap((use): Clearing[] => {
    const entry = isWhole(use) ? effects.reachedFrom(use.method) : undefined;
    if (entry === undefined) return [];
    return [{ use, entry, isFrequent: entry.often && effects.of(use.method, "write") !== undefined }];
  });
  return [...all.filter(({ isFrequent }) => isFrequent), ...all];
}
