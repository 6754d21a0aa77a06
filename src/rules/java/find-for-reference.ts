import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import { BodyCode } from "../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { Model } from "../../model/model.ts";
import { attributeOf } from "../../model/persistence/mapping/entity.ts";
import { type RepositoryCall, repositoryCall } from "../../model/persistence/sent/repositoryCalls.ts";
import { annotationNamed } from "../../model/types/constants.ts";
import { withoutCapital } from "../../text/capitals.ts";
import { replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { callOn } from "./shared/reads/listReads.ts";

export const findForReference = defineRule({
  id: "java/find-for-reference",
  title: "An object is loaded only to be referred to",
  language: "java",
  certainty: "possible",
  cost: "1 query per call for a key that is at hand",
  references: [
    "https://docs.spring.io/spring-data/jpa/docs/current/api/org/springframework/data/jpa/repository/JpaRepository.html#getReferenceById(ID)",
    "https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#pc-get-reference",
  ],
  messages: { loads: "{{query}} loads {{entity}} only to set {{attribute}}" },

  check({ file, model, report }) {
    for (const method of model.calls.running(file.file)) {
      const code = new BodyCode(model.calls, method);
      for (const site of method.sites) {
        if (site.work?.kind !== "read" || site.name !== "findById") continue;
        const call = repositoryCall(model.persistence, model.calls, site);
        const node = call === undefined ? undefined : code.callOf(site);
        const value = node === undefined ? undefined : unwrapped(node);
        if (call === undefined || node === undefined || value === undefined || locks(call)) continue;
        const attributes = code.valuesOf(value).map((use) => referenceSet(model, code, use, file.file));
        const [attribute] = attributes;
        if (attribute === undefined || attributes.includes(undefined)) continue;
        const entity = call.repository.entity?.split(".").at(-1) ?? "an object";
        report({
          at: site.at,
          message: "loads",
          data: { query: call.label, entity, attribute },
          fixes: call.port ? [] : useReference(model, method, node, value, call.repository.qualified),
        });
      }
    }
  },
});

/** A row that is locked is read for the lock. */
const locks = ({ declared }: RepositoryCall): boolean =>
  declared !== undefined && annotationNamed(declared.annotations, "Lock") !== undefined;

/** `findById(id).get()`: with an exception of its own, whoever wrote it wants to know whether the row is there. */
function unwrapped(call: CodeNode): CodeNode | undefined {
  const next = callOn(call);
  return next !== undefined && /^(?:get|orElseThrow)$/.test(next.text) && childrenOf(next, "argument").length === 0 ? next : undefined;
}

/** The association that a value is put into by a setter of an entity. */
function referenceSet(model: Model, code: BodyCode, value: CodeNode, near: string): string | undefined {
  const setter = value.role === "argument" && value.parent?.kind === "call" ? value.parent : undefined;
  const name = /^set(\p{Lu}\w*)$/u.exec(setter?.text ?? "")?.[1];
  const on = setter === undefined ? undefined : childOf(setter, "receiver");
  if (name === undefined || on === undefined) return undefined;
  const owner = model.types.entryOf(code.typer.typeOf(on), near);
  const entity = owner === undefined ? undefined : model.persistence.entity(owner.type.qualified);
  const property = withoutCapital(name);
  if (entity === undefined || attributeOf(entity, property)?.kind !== "toOne" || isReadBack(code, entity.qualified, name)) return undefined;
  return `${entity.name}.${property}`;
}

/** Whether the method looks into the association of an object of this kind: of the same one, as far as anybody knows. */
const isReadBack = ({ nodes, typer }: BodyCode, owner: string, name: string): boolean =>
  nodes.some((node) => {
    const on = node.kind === "call" && node.text === `get${name}` ? childOf(node, "receiver") : undefined;
    return on !== undefined && typer.typeOf(on)?.name === owner;
  });

const JPA: ReadonlySet<string> = new Set(["JpaRepository"]);

function useReference(model: Model, method: MethodNode, call: CodeNode, value: CodeNode, repository: string): readonly Fix[] {
  const entry = model.types.declared(repository);
  if (entry === undefined || !model.types.reaches(entry, JPA)) return [];
  const { file } = method.declared.owner.file;
  return [
    {
      title: "Call getReferenceById instead of findById",
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || !text.startsWith("findById", call.nameStart)) return undefined;
        const name = { start: call.nameStart, end: call.nameStart + "findById".length };
        return [{ kind: "change", file, edits: [replace(name, "getReferenceById"), replace({ start: call.end, end: value.end }, "")] }];
      },
    },
  ];
}
