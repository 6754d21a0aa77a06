import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { versionAtLeast } from "../../../../model/configuration/versions.ts";
import type { Model } from "../../../../model/model.ts";
import { type RepositoryCall, repositoryCall } from "../../../../model/persistence/sent/repositoryCalls.ts";
import { replace } from "../../../../text/edits.ts";
import type { Fix } from "../../../finding.ts";
import { removesMore } from "../../shared/mapping/removal.ts";
import { attributeAsked } from "../../shared/reads/associationUses.ts";
import { callInstead, wholeLoop } from "./wholeLoop.ts";

const JPA: ReadonlySet<string> = new Set(["JpaRepository"]);

/** `deleteAll(list)` → `deleteAllInBatch(list)`, which JpaRepository has. */
export function deleteInBatch(
  model: Model,
  method: MethodNode,
  call: CodeNode,
  { name, repository, port }: RepositoryCall,
): readonly Fix[] {
  const entry = model.types.declared(repository.qualified);
  const [given, ...more] = childrenOf(call, "argument");
  if (port || entry === undefined || !model.types.reaches(entry, JPA) || more.length > 0) return [];
  if (waitsForOthers(model, method, call, repository.entity)) return [];
  if (given !== undefined && (areChanged(given, model.calls.codeOf(method).nodes) || goWithOwner(model, method, given))) return [];
  const batch = name === "deleteAllById" ? "deleteAllByIdInBatch" : "deleteAllInBatch";
  const { file } = method.declared.owner.file;
  return [
    {
      title: `Delete with ${batch}`,
      safe: false,
      edits(sources) {
        const span = { start: call.nameStart, end: call.nameStart + name.length };
        return sources.text(file)?.startsWith(name, span.start) ? [{ kind: "change", file, edits: [replace(span, batch)] }] : undefined;
      },
    },
  ];
}

/**
 * `tickets.deleteAll(booking.getTickets())` of a booking that takes its tickets along: what a statement has deleted stays in the session,
 * is deleted once more where the booking or its list goes, and Hibernate misses the row.
 */
function goWithOwner(model: Model, method: MethodNode, given: CodeNode): boolean {
  const { typer } = model.calls.codeOf(method);
  const local = given.kind === "name" ? typer.declarationOf(given) : undefined;
  const asked = local?.kind === "local" ? childOf(local, "value") : given;
  return asked !== undefined && attributeAsked(model, method, typer, asked)?.attribute.removes === true;
}

/**
 * `lines.deleteAll(old); orders.deleteAll(done);`: rows that refer to those of the statement are removed, or let go of them, in the
 * session before it, and a statement only flushes what lies in its own table. The database would refuse it.
 */
function waitsForOthers(model: Model, method: MethodNode, call: CodeNode, entity: string | undefined): boolean {
  const { nodes } = model.calls.codeOf(method);
  const isBefore = (node: CodeNode | undefined): boolean => node !== undefined && node.start < call.start;
  const letsGo = (node: CodeNode): boolean =>
    node.kind === "call" && /^set\p{Lu}/u.test(node.text) && childrenOf(node, "argument").every(({ text }) => text === "null");
  if (nodes.some((node) => isBefore(node) && letsGo(node))) return true;
  return method.sites.some((site) => {
    if (site.work?.kind !== "write" || !isBefore(nodes[site.order]) || /InBatch$/.test(site.name)) return false;
    const other = repositoryCall(model.persistence, model.calls, site);
    if (other === undefined || (other.query !== undefined && other.query.source !== "derived")) return false;
    const written = other.repository.entity === undefined ? undefined : model.persistence.entity(other.repository.entity);
    return written?.attributes.some(({ kind, type }) => kind === "toOne" && type === entity) === true;
  });
}

/**
 * Whether a method may change the elements of a list before it deletes them, `lines.forEach(Line::detach)`: a statement flushes such
 * changes, an emptied reference that must not be null among them, where those of a removed entity are dropped.
 */
function areChanged(list: CodeNode, nodes: readonly CodeNode[]): boolean {
  if (list.kind !== "name") return false;
  const isList = (node: CodeNode | undefined): boolean => node?.kind === "name" && node.text === list.text;
  const elements = new Set<string>();
  for (const node of nodes) {
    if (node.kind === "foreach" && isList(childOf(node, "iterable"))) elements.add(node.text);
    if (node.kind !== "call" || !isList(childOf(node, "receiver"))) continue;
    for (const one of childrenOf(node, "argument")) {
      if (node.text === "forEach" && one.kind === "reference" && !READS.test(one.text)) return true;
      if (node.text === "forEach" && one.kind === "lambda") elements.add(childOf(one, "parameter")?.text ?? "");
      if (node.text === "add" && one.kind === "name") elements.add(one.text);
    }
  }
  const isElement = (node: CodeNode | undefined): boolean => node?.kind === "name" && elements.has(node.text);
  return nodes.some((node) => node.kind === "call" && isElement(childOf(node, "receiver")) && !READS.test(node.text));
}

const READS = /^(?:get|is|has|can|equals|hashCode|toString|compareTo|print)/;

/**
 * A loop that does nothing but `deleteById` becomes one `deleteAllByIdInBatch`, which Spring Data has since Boot 2.5, where deleting a row
 * is no more than that.
 */
export function deleteLoopInBatch(
  model: Model,
  method: MethodNode,
  code: BodyCode,
  call: CodeNode,
  { repository, port }: RepositoryCall,
): readonly Fix[] {
  const entry = model.types.declared(repository.qualified);
  const receiver = childOf(call, "receiver");
  const whole = receiver?.kind === "name" || receiver?.kind === "field" ? wholeLoop(call, code) : undefined;
  if (port || entry === undefined || receiver === undefined || whole === undefined || !model.types.reaches(entry, JPA)) return [];
  const { boot } = model.configuration.buildOf(method.declared.owner.file.file);
  if (boot !== undefined && !versionAtLeast(boot, "2.5")) return [];
  if (repository.entity === undefined || removesMore(model, repository.entity)) return [];
  if (waitsForOthers(model, method, call, repository.entity)) return [];
  return [
    {
      title: "Delete with deleteAllByIdInBatch",
      safe: false,
      edits: (sources) => callInstead(method, call, receiver, whole, { from: "deleteById", to: "deleteAllByIdInBatch" }, sources),
    },
  ];
}
