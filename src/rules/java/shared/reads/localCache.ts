import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { transactionAround } from "../transactions/transactionAround.ts";

/**
 * Whether MyBatis answers a statement of a mapper, "OrderMapper.selectById", from what it has read before in the transaction around a
 * method: its sessions keep every result until they write, and last as long as a transaction does
 * (https://mybatis.org/mybatis-3/configuration.html#settings, https://mybatis.org/spring/transactions.html).
 */
export function isKeptByMyBatis(model: Model, method: MethodNode, label: string): boolean {
  const mapper = model.persistence.repositoryNamed(label.replace(/\..*$/, ""));
  if (mapper === undefined || !isMapper(model, mapper.qualified, mapper.at.file)) return false;
  const near = method.declared.owner.file.file;
  const scope = SCOPES.map((key) => model.configuration.value(key, near)?.value.toLowerCase()).find((value) => value !== undefined);
  return scope !== "statement" && transactionAround(model, method) !== "no";
}

const SCOPES = ["mybatis.configuration.local-cache-scope", "mybatis-plus.configuration.local-cache-scope"];

const isMapper = ({ types }: Model, qualified: string, file: string): boolean =>
  types.declared(qualified, file)?.file.java.imports.some(({ name }) => MAPPERS.test(name)) ?? false;

/** MyBatis, and what stands on it. */
const MAPPERS = /^(?:org\.apache\.ibatis|com\.baomidou\.mybatisplus|tk\.mybatis|com\.mybatisflex)\b/;
