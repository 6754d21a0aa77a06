import { type CodeNode, childOf, childrenOf, holdsKind, nodesOf } from "../../facts/java/code.ts";
import type { Typer } from "../../model/calls/typing/typer.ts";
import type { Model } from "../../model/model.ts";
import type { EntityValue } from "../../model/persistence/loading/entityValue.ts";
import { EntityValues } from "../../model/persistence/loading/entityValues.ts";
import { attributeOf, type Entity } from "../../model/persistence/mapping/entity.ts";
import type { Selection } from "../../model/persistence/repositories/selection.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { withCapital, withoutCapital } from "../../text/capitals.ts";
import { defineRule } from "../rule.ts";
import { type RowLoop, rowLoop, statementsOf } from "./shared/loops/rowLoops.ts";
import { hasOwnListener } from "./shared/mapping/entityListeners.ts";
import { transactionAround } from "./shared/transactions/transactionAround.ts";

export const updatePerRow = defineRule({
  id: "java/update-per-row",
  title: "Rows are loaded one and all to be given the same value",
  language: "java",
  certainty: "likely",
  severity: "information",
  cost: "1 SELECT and N UPDATEs instead of 1 UPDATE, N = rows of the query",
  references: [
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html#jpa.modifying-queries",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#batch-bulk-hql",
  ],
  messages: { each: "{{query}} loads its rows only to set {{attributes}} to the same value in each" },

  check({ file, model, report }) {
    for (const method of model.calls.methodsIn(file.file)) {
      if (!method.sites.some(({ work }) => work?.kind === "read")) continue;
      const { owner, method: declared } = method.declared;
      if (!holdsKind(owner.file.java.code, declared.body, "foreach", "lambda", "reference")) continue;
      const { nodes, typer } = model.calls.codeOf(method);
      const loops = nodes.flatMap((node) => rowLoop(model, method, node) ?? []);
      if (loops.length === 0) continue;
      const values = new EntityValues(model.persistence, model.calls, method, { returned: () => undefined });
      for (const loop of loops) {
        const set = attributesSet(loop, values);
        if (set === undefined) continue;
        const { value, selection, names, saves } = set;
        const { over, result } = loop;
        if (!isOnlySaved(over, nodes, typer) || (result !== undefined && !goesToSaveAll(result, nodes, typer))) continue;
        const saved = saves || result !== undefined || savesAll(over, nodes, typer) || transactionAround(model, method) === "yes";
        if (!saved || isWatched(model, value.entity.qualified) || !names.every((name) => isPlainSetter(model, loop, name))) continue;
        report({
          at: { start: loop.node.start, end: loop.node.kind === "call" ? loop.node.nameStart + loop.node.text.length : loop.over.end },
          message: "each",
          data: { query: selection.label, attributes: names.slice(0, 3).join(", ") },
          related: selection.at === undefined ? [] : [{ at: selection.at, message: `${selection.label} is declared here` }],
        });
      }
    }
  },
});

interface Sets {
  readonly value: EntityValue;
  readonly selection: Selection;
  readonly names: readonly string[];
  /** Each row is saved in the loop. */
  readonly saves: boolean;
}

/** The attributes that a loop over a query's rows sets, where it does nothing else. */
function attributesSet({ over, isElement, statements }: RowLoop, values: EntityValues): Sets | undefined {
  if (statements.length === 0 || statements.some(({ kind }) => kind !== "call")) return undefined;
  const names: string[] = [];
  let saves = false;
  for (const call of statements) {
    const args = childrenOf(call, "argument");
    const [only] = args;
    if (isElement(childOf(call, "receiver"))) {
      const name = /^set(\p{Lu}.*)$/u.exec(call.text)?.[1];
      if (name === undefined || only === undefined || args.length > 1 || !isTheSame(only, isElement)) return undefined;
      names.push(withoutCapital(name));
    } else if (/^save(?:AndFlush)?$/.test(call.text) && args.length === 1 && isElement(only)) saves = true;
    else if (!/^(?:trace|debug|info)$/.test(call.text)) return undefined;
  }
  const value = names.length === 0 ? undefined : values.of(over);
  if (value === undefined || !value.many || value.path.length > 0 || !("selection" in value.origin)) return undefined;
  const { selection } = value.origin;
  if (selection.paged || selection.rows === "one") return undefined;
  return names.every((name) => isOwnColumn(value.entity, name)) ? { value, selection, names, saves } : undefined;
}

/** What the row itself holds: a value, or a reference by its key. */
function isOwnColumn(entity: Entity, name: string): boolean {
  const attribute = attributeOf(entity, name);
  return attribute?.kind === "basic" || (attribute?.kind === "toOne" && attribute.mappedBy === undefined && attribute.columns.length > 0);
}

/** Constants, the clock, and names from outside of the loop. */
function isTheSame(value: CodeNode, isElement: (node: CodeNode) => boolean): boolean {
  switch (value.kind) {
    case "literal":
      return true;
    case "name":
      return !isElement(value);
    case "field":
    case "unary":
      return !/^(?:\+\+|--)$/.test(value.text) && value.children.every((child) => isTheSame(child, isElement));
    case "call":
      return /^(?:now|(?:get|is)\p{Lu}\w*)$/u.test(value.text) && value.children.every((child) => isTheSame(child, isElement));
    case "this":
      return true;
    default:
      return false;
  }
}

/** Whether the rows are used for nothing else: a list that is returned or looked through again has to be loaded. */
function isOnlySaved(over: CodeNode, nodes: readonly CodeNode[], typer: Typer): boolean {
  if (over.kind !== "name") return over.kind === "call" && !/^(?:filter|skip|limit|subList|sorted)$/.test(over.text);
  return usesOf(over, nodes, typer)?.every((use) => use === over || isCounted(use) || isSaved(use)) ?? false;
}

/** What a stream's steps give is saved, at once or by way of one variable, and used for nothing else. */
function goesToSaveAll(result: CodeNode, nodes: readonly CodeNode[], typer: Typer): boolean {
  const { role, parent } = result;
  if (isSaved(result)) return true;
  const uses =
    role === "value" && parent?.kind === "local"
      ? nodes.filter((node) => node.kind === "name" && typer.declarationOf(node) === parent)
      : [];
  return uses.some(isSaved) && uses.every((use) => isSaved(use) || isCounted(use));
}

const savesAll = (over: CodeNode, nodes: readonly CodeNode[], typer: Typer): boolean =>
  over.kind === "name" && (usesOf(over, nodes, typer)?.some(isSaved) ?? false);

/** The uses of the local variable that a name means. */
function usesOf(name: CodeNode, nodes: readonly CodeNode[], typer: Typer): readonly CodeNode[] | undefined {
  const local = typer.declarationOf(name);
  return local?.kind === "local" ? nodes.filter((node) => node.kind === "name" && typer.declarationOf(node) === local) : undefined;
}

const isCounted = ({ role, parent }: CodeNode): boolean => role === "receiver" && /^(?:size|isEmpty)$/.test(parent?.text ?? "");
const isSaved = ({ role, parent }: CodeNode): boolean =>
  role === "argument" && parent?.statement === true && /^saveAll(?:AndFlush)?$/.test(parent.text);

/** Versions, listeners and histories see each row that Hibernate updates, and none that a statement does. */
function isWatched(model: Model, qualified: string): boolean {
  const entry = model.types.declared(qualified);
  const lineage = entry === undefined ? [] : model.types.lineage(entry);
  return lineage.some(
    ({ type }) =>
      hasOwnListener(type) ||
      [type, ...type.fields, ...type.methods].some(
        ({ annotations }) => annotationNamed(annotations, "Version", "PreUpdate", "PostUpdate", "Audited", "Indexed") !== undefined,
      ),
  );
}

/** Lombok's, or one that assigns and does nothing else: `this.owner = owner; if (owner != null) this.ownerId = owner.getId();`. */
function isPlainSetter(model: Model, { method, nodes, statements }: RowLoop, name: string): boolean {
  const setter = `set${withCapital(name)}`;
  const site = method.sites.find(({ name: called, order }) => called === setter && statements.includes(nodes[order] as CodeNode));
  const [target, ...more] = site?.targets ?? [];
  if (target === undefined) return true;
  const declared = more.length === 0 ? model.calls.method(target) : undefined;
  if (declared === undefined || declared.declared.method.body < 0) return false;
  model.calls.noteBody(declared);
  const { body } = model.calls.codeOf(declared);
  const run = body.children.flatMap((child) => (child.kind === "block" ? child.children : [child]));
  const given = declared.declared.method.parameters[0]?.name ?? "";
  return run[0]?.kind === "assign" && run.every((statement, i) => assignsOnly(statement, i === 0 ? "" : given));
}

/** Whether a statement assigns a value, or a property of what is given, and runs nothing else. */
function assignsOnly(statement: CodeNode, given: string): boolean {
  if (statement.kind === "if") {
    const then = childOf(statement, "then");
    const isEmpty = childOf(statement, "else") === undefined;
    return given !== "" && isEmpty && then !== undefined && statementsOf(then).every((inner) => assignsOnly(inner, given));
  }
  const calls = statement.kind === "assign" ? nodesOf(statement).filter(({ kind }) => kind === "call") : undefined;
  return calls?.every((call) => given !== "" && /^get\p{Lu}/u.test(call.text) && childOf(call, "receiver")?.text === given) ?? false;
}
