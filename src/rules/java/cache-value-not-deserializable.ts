import type { CacheUse } from "../../model/caching/readUses.ts";
import type { Model } from "../../model/model.ts";
import { alikeBy } from "../alike.ts";
import { defineRule } from "../rule.ts";
import { cacheNames } from "./shared/caches/cacheNames.ts";
import { usesInEffect } from "./shared/caches/cachingOff.ts";
import { type Obstacle, obstacleIn, serialization } from "./shared/caches/storedTypes.ts";

export const cacheValueNotDeserializable = defineRule({
  id: "java/cache-value-not-deserializable",
  title: "A value of a Redis cache that cannot be written and read again",
  language: "java",
  certainty: "proven",
  cost: "an exception instead of an answer, or a cache that never has one",
  references: [
    "https://docs.spring.io/spring-data/redis/reference/redis/redis-cache.html",
    "https://docs.spring.io/spring-data/redis/reference/redis/template.html#redis:serializer",
    "https://github.com/FasterXML/jackson-databind#annotations-using-custom-constructor",
  ],
  messages: {
    notSerializable: "{{label}} keeps {{name}} in {{cache}}, which is not Serializable{{more}}",
    noCreator: "{{label}} keeps {{name}} in {{cache}}: Jackson writes it and has no constructor to read it by{{more}}",
    untyped: "{{label}} keeps {{name}} in {{cache}}: a record, which this Jackson writes without its type{{more}}",
    typeless: "{{label}} keeps {{name}} in {{cache}}: this Jackson writes no types, and a LinkedHashMap comes back{{more}}",
    time: "{{label}} keeps {{name}} in {{cache}}: a time that this Jackson cannot write{{more}}",
  },

  check({ file, model, report }) {
    for (const [{ use, obstacle }, ...others] of alikeBy(keptIn(model, file.file), causeOf).values()) {
      report({
        at: use.at,
        message: obstacle.problem,
        data: {
          label: use.label,
          name: obstacle.name,
          cache: cacheNames(use),
          more: others.length === 0 ? "" : `; ${others.length} more in this class`,
        },
        certainty: obstacle.certainty,
        cost:
          obstacle.problem === "notSerializable" || obstacle.problem === "time"
            ? "an exception at each call that misses"
            : "an exception at each call that finds the entry",
        related: [
          ...(obstacle.at === undefined ? [] : [{ at: obstacle.at, message: `${obstacle.name} is declared here` }]),
          ...others.map((other) => ({
            at: other.use.at,
            message: `${other.use.label} keeps it in ${cacheNames(other.use)}, too`,
          })),
        ],
      });
    }
  },
});

/** A cached method, and why what it gives does not come back. */
interface Kept {
  readonly use: CacheUse;
  readonly obstacle: Obstacle;
}

const causeOf = ({ use, obstacle }: Kept): string => `${use.method.slice(0, use.method.indexOf("#"))} ${obstacle.problem} ${obstacle.name}`;

function keptIn(model: Model, file: string): readonly Kept[] {
  return usesInEffect(model, file).flatMap((use) => {
    // Without a name the cache is the affair of a resolver, or the call fails.
    if (use.kind === "evict" || use.ownManager || use.names.length === 0) return [];
    const how = serialization(model.configuration, file);
    if (how === undefined) return [];
    const owner = model.types.declared(use.method.slice(0, use.method.indexOf("#")), file);
    const type = owner === undefined ? undefined : model.types.resolve(use.returns, { file: owner.file, type: owner.type });
    const obstacle = type === undefined ? undefined : obstacleIn(model, type, how, file);
    return obstacle === undefined ? [] : [{ use, obstacle }];
  });
}
