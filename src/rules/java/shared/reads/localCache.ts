import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { annotationNamed, annotationValue } from "../../../../model/types/constants.ts";
import { transactionAround } from "../transactions/transactionAround.ts";

/**
 * Whether MyBatis answers a statement of a mapper, "OrderMapper.selectById", from what it has read before: its sessions keep every result
 * until they write, and last as long as a transaction around a method does; a mapper's own cache keeps them for all sessions
 * (https://mybatis.org/mybatis-3/configuration.html#settings, https://mybatis.org/spring/transactions.html).
 */
export function isKeptByMyBatis(model: Model, method: MethodNode, label: string): boolean {
  const mapper = model.persistence.repositoryNamed(label.replace(/\..*$/, ""));
  if (mapper === undefined || !isMapper(model, mapper.qualified, mapper.at.file)) return false;
  const name = label.replace(/^.*\./, "");
  if (model.mappers.isKept(mapper.qualified, name)) return true;
  if (forgetsFirst(model, mapper.qualified, name) || model.mappers.isSet("localCacheScope", "statement")) return false;
  const near = method.declared.owner.file.file;
  const scope = SCOPES.map((key) => model.configuration.value(key, near)?.value.toLowerCase()).find((value) => value !== undefined);
  return scope !== "statement" && transactionAround(model, method) !== "no";
}

const SCOPES = ["mybatis.configuration.local-cache-scope", "mybatis-plus.configuration.local-cache-scope"];

/** A statement before which the session forgets all that it has read: `flushCache="true"`, or the same of an annotation. */
function forgetsFirst({ mappers, types }: Model, mapper: string, name: string): boolean {
  if (mappers.statement(mapper, name)?.flushCache === true) return true;
  const declared = types.declared(mapper)?.type.methods.find((method) => method.name === name);
  const policy = annotationValue(annotationNamed(declared?.annotations ?? [], "Options"), "flushCache");
  return policy?.kind === "reference" && /\bTRUE$/.test(policy.name);
}

const isMapper = ({ mappers, types }: Model, qualified: string, file: string): boolean =>
  mappers.has(qualified) || (types.declared(qualified, file)?.file.java.imports.some(({ name }) => MAPPERS.test(name)) ?? false);

/** MyBatis, and what stands on it. */
const MAPPERS = /^(?:org\.apache\.ibatis|com\.baomidou\.mybatisplus|tk\.mybatis|com\.mybatisflex)\b/;
