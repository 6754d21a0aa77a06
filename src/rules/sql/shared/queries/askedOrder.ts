import type { Model } from "../../../../model/model.ts";
import { attributeOf } from "../../../../model/persistence/mapping/entity.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import { senderOf } from "./entries.ts";

/** A query whose caller decides the order, in the order that all of its calls ask for, where that is known. */
export function inAskedOrder(query: Query, model: Model): Query {
  const [scan, ...more] = query.scans;
  if (!query.dynamicSort || query.limit !== "page" || query.kind !== "find" || query.source === "native") return query;
  if ("sender" in query || scan === undefined || more.length > 0 || scan.sort.length > 0) return query;
  const { persistence, types } = model;
  const entity = query.entity === undefined ? undefined : persistence.entity(query.entity);
  const file = types.declared(query.repository)?.file;
  const sender = file === undefined || file.file !== query.at.file ? undefined : senderOf(query, file);
  const keys = entity === undefined || sender === undefined ? undefined : persistence.askedOrder(sender);
  if (entity === undefined || keys === undefined) return query;
  const sort = keys.flatMap(({ attribute, descends }) => {
    const mapped = attributeOf(entity, attribute);
    const [column, ...others] = mapped?.kind === "basic" && mapped.table === scan.table ? mapped.columns : [];
    return column === undefined || others.length > 0 ? [] : [{ column, descending: descends }];
  });
  return sort.length < keys.length ? query : { ...query, orderOfCalls: true, scans: [{ ...scan, sort }] };
}
