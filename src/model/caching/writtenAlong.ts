import type { JavaAnnotation } from "../../facts/java/javaFacts.ts";
import type { MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import { membersOf } from "../persistence/mapping/members.ts";
import { repositoryCall } from "../persistence/sent/repositoryCalls.ts";
import { annotationNamed, annotationValue } from "../types/constants.ts";
import { ofEntity, type TableAccess, type TableParts } from "./tableAccess.ts";

/** Entities that bring each other along. */
const DEEPEST = 3;

/** The tables that are written together with an entity's own when a repository saves or deletes it: by cascade, orphans among them. */
export function writtenAlong(parts: TableParts, node: MethodNode, site: CallSite): readonly TableAccess[] {
  const call = repositoryCall(parts.persistence, parts.calls, site);
  const entity = call?.repository.entity;
  if (entity === undefined || !/^(?:save|insert|persist|merge|delete|remove)/.test(site.name) || /InBatch$/.test(site.name)) return [];
  return cascaded(parts, node, entity);
}

/** What changes with an entity that a transaction holds: also what its collections hold. */
export function cascaded(parts: TableParts, node: MethodNode, qualified: string): readonly TableAccess[] {
  const found = new Map<string, TableAccess>();
  const seen = new Set([qualified]);
  const visit = (from: string, depth: number): void => {
    const entity = parts.persistence.entity(from);
    if (entity === undefined || depth === 0) return;
    for (const attribute of entity.attributes) {
      if (attribute.kind !== "toMany" && attribute.kind !== "toOne") continue;
      if (seen.has(attribute.type) || !cascades(annotationsAt(parts, from, attribute.at.start))) continue;
      seen.add(attribute.type);
      const access = ofEntity(parts, node, attribute.type, false);
      if (access !== undefined) found.set(access.table, access);
      visit(attribute.type, depth - 1);
    }
  };
  visit(qualified, DEEPEST);
  return [...found.values()];
}

function annotationsAt({ types }: TableParts, entity: string, start: number): readonly JavaAnnotation[] {
  const entry = types.declared(entity);
  const members = entry === undefined ? [] : types.lineage(entry).flatMap(({ type }) => membersOf(type));
  return members.find(({ nameSpan }) => nameSpan.start === start)?.annotations ?? [];
}

function cascades(annotations: readonly JavaAnnotation[]): boolean {
  const association = annotationNamed(annotations, "OneToMany", "OneToOne", "ManyToOne", "ManyToMany");
  const orphans = annotationValue(association, "orphanRemoval");
  return (orphans?.kind === "boolean" && orphans.value) || annotationValue(association, "cascade") !== undefined;
}
