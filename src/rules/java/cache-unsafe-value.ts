import type { CacheUse } from "../../model/caching/readUses.ts";
import type { Model } from "../../model/model.ts";
import type { Entity } from "../../model/persistence/mapping/entity.ts";
import { fetches } from "../../model/persistence/repositories/selection.ts";
import { sentSelection } from "../../model/persistence/sent/sentSelection.ts";
import { simpleName, type Type } from "../../model/types/type.ts";
import { defineRule } from "../rule.ts";
import { cacheNames } from "./shared/caches/cacheNames.ts";
import { usesInEffect } from "./shared/caches/cachingOff.ts";

export const cacheUnsafeValue = defineRule({
  id: "java/cache-unsafe-value",
  title: "A cached value that cannot be used twice, or not outside of its session",
  language: "java",
  certainty: "proven",
  cost: "the second caller fails, or loads what the cache was to save",
  references: [
    "https://docs.spring.io/spring-framework/reference/integration/cache/annotations.html",
    "https://docs.jboss.org/hibernate/orm/6.6/introduction/html_single/Hibernate_Introduction.html#proxies-and-lazy-fetching",
  ],
  messages: {
    once: "{{label}} keeps a {{type}} in {{cache}}, which can be read once",
    lazy: "{{label}} keeps {{entity}} in {{cache}} with {{attribute}} not loaded",
  },

  check({ file, model, report }) {
    for (const use of usesInEffect(model, file.file)) {
      if (use.kind === "evict") continue;
      const type = returnedBy(model, use);
      if (type === undefined) continue;
      const data = { label: use.label, cache: cacheNames(use) };
      if (ONCE.test(simpleName(type))) {
        report({ at: use.at, message: "once", data: { type: simpleName(type), ...data } });
        continue;
      }
      const entity = entityIn(model, type);
      const lazy = entity?.attributes.find(
        ({ kind, fetch, hidden, name }) =>
          fetch === "lazy" && !hidden && kind !== "basic" && kind !== "embedded" && !isFetched(model, use, entity, name),
      );
      if (entity === undefined || lazy === undefined) continue;
      report({
        at: use.at,
        message: "lazy",
        data: { entity: entity.name, attribute: lazy.name, ...data },
        certainty: "likely",
        related: [{ at: lazy.at, message: `${entity.name}.${lazy.name} is lazy` }],
      });
    }
  },
});

/** Whether the query behind a cached value brings an association along. */
function isFetched(model: Model, { method, at }: CacheUse, { qualified }: Entity, name: string): boolean {
  const node = model.calls.methodsIn(at.file).find(({ key }) => key === method);
  if (node === undefined) return false;
  const { owner, method: declared } = node.declared;
  const own = declared.body < 0 ? model.persistence.selection(owner.type.qualified, declared.name, declared.parameters.length) : undefined;
  const selections = own === undefined ? node.sites.map((site) => sentSelection(model.persistence, model.calls, node, site)) : [own];
  return selections.some((selection) => selection?.entity === qualified && fetches(selection, name));
}

const ONCE = /^(?:Stream|IntStream|LongStream|Iterator|InputStream|InputStreamResource|CloseableIterator|ScrollableResults|ResultSet)$/;
const CONTAINERS = /^(?:Optional|List|Set|Collection|Iterable|Map|Page|Slice|ResponseEntity)$/;

function returnedBy(model: Model, { method, returns, at }: CacheUse): Type | undefined {
  const owner = model.types.declared(method.slice(0, method.indexOf("#")), at.file);
  return owner === undefined ? undefined : model.types.resolve(returns, { file: owner.file, type: owner.type });
}

/** The entity that a value is or holds. */
function entityIn(model: Model, type: Type): Entity | undefined {
  if (CONTAINERS.test(simpleName(type))) return type.args.map((argument) => entityIn(model, argument)).find((found) => found !== undefined);
  const entity = model.persistence.entity(type.name);
  return entity?.kind === "entity" ? entity : undefined;
}
