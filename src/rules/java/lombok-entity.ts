import type { JavaFile } from "../../facts/fileFacts.ts";
import type { AnnotationArgument, AnnotationValue, JavaAnnotation, JavaType } from "../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../model/calls/callGraph.ts";
import type { Model } from "../../model/model.ts";
import { annotationValue } from "../../model/types/constants.ts";
import { indentAt, indentStep, lineBreakOf, listWithin, replace } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { annotate } from "./edits/annotate.ts";
import { importEdits } from "./edits/imports.ts";
import { readByHand } from "./shared/mapping/handWritten.ts";
import { isReadByHash, lombok } from "./shared/mapping/lombok.ts";
import { type Mapping, mappingsIn } from "./shared/mapping/mappings.ts";

/** What Lombok writes, by the annotation that asks for it. */
const WRITTEN = [
  { annotation: "EqualsAndHashCode", method: "hashCode" },
  { annotation: "ToString", method: "toString" },
] as const;

export const lombokEntity = defineRule({
  id: "java/lombok-entity",
  title: "hashCode or toString of an entity loads associations",
  language: "java",
  certainty: "likely",
  cost: "one query per lazy association at each toString, hashCode or equals, and its elements' associations in turn",
  references: ["https://projectlombok.org/features/EqualsAndHashCode", "https://projectlombok.org/features/ToString"],
  messages: {
    one: "{{entity}}.{{method}} of Lombok reads {{association}}",
    several: "{{entity}}.{{method}} of Lombok reads {{association}} and {{more}} more",
    written: "{{entity}}.{{method}} reads {{association}}",
    writtenSeveral: "{{entity}}.{{method}} reads {{association}} and {{more}} more",
  },

  check({ file, model, report }) {
    const mappings = mappingsIn(model, file);
    for (const type of file.java.types) {
      const own = mappings.filter((mapping) => mapping.type === type && mapping.attribute.fetch === "lazy");
      if (own.length === 0) continue;
      const data = lombok(file, type.annotations, "Data");
      const written = WRITTEN.flatMap(({ annotation, method }) => {
        const asked = lombok(file, type.annotations, annotation) ?? data;
        if (asked === undefined || type.methods.some(({ name }) => name === method)) return [];
        const read = own.filter(
          (mapping) => isIncluded(file, mapping, asked, annotation) && (method === "toString" || isReadByHash(model, mapping)),
        );
        return read.length === 0 ? [] : [{ annotation, method, asked, read }];
      });
      const [first] = [...written].sort((one, other) => one.asked.span.start - other.asked.span.start);
      if (first !== undefined) {
        const read = [...new Set(written.flatMap((one) => one.read))];
        report({
          at: first.asked.span,
          message: read.length === 1 ? "one" : "several",
          data: {
            method: written.map(({ method }) => method).join("/"),
            entity: type.name,
            association: first.read[0]?.attribute.name ?? "",
            more: read.length - 1,
          },
          ...(written.some(({ method, read: of }) => method === "toString" && of.some(isCollection)) ? {} : QUIET),
          related: read.map(placeOf),
          fixes: exclude(file, written),
        });
      }
      const byHand = writtenIn(model, file, type).flatMap((method) => {
        const read = readByHand(model, method, own);
        return read.length === 0 ? [] : [{ declared: method.declared.method, read }];
      });
      const [asked] = byHand;
      if (asked === undefined) continue;
      const read = [...new Set(byHand.flatMap((one) => one.read))];
      report({
        at: asked.declared.nameSpan,
        message: read.length === 1 ? "written" : "writtenSeveral",
        data: {
          method: byHand.map(({ declared }) => declared.name).join("/"),
          entity: type.name,
          association: read[0]?.attribute.name ?? "",
          more: read.length - 1,
        },
        ...(byHand.some(({ declared, read: of }) => declared.name === "toString" && of.some(isCollection)) ? {} : QUIET),
        related: read.map(placeOf),
      });
    }
  },
});

/** Objects are compared where a set or a search does it, and one row more is soon read; a text with a list in it reads all of that. */
const QUIET = { severity: "hint" } as const;

const isCollection = ({ attribute }: Mapping): boolean => attribute.kind !== "toOne";

const placeOf = ({ type, attribute }: Mapping) => ({ at: attribute.at, message: `${type.name}.${attribute.name} is LAZY` });

/** The methods that logs and collections call, where a class has its own. */
const writtenIn = (model: Model, file: JavaFile, type: JavaType): readonly MethodNode[] =>
  type.methods.some(({ name, body }) => body >= 0 && OWN.test(name))
    ? model.calls.methodsIn(file.file).filter(({ declared: { owner, method } }) => owner.type === type && OWN.test(method.name))
    : [];

const OWN = /^(?:toString|hashCode|equals)$/;

/** `import lombok.ToString.Exclude;` */
const isImported = ({ java }: JavaFile, name: string, mark: string): boolean =>
  java.imports.some((declared) => declared.name === `lombok.${name}.${mark}`);

/** Whether the written method reads the association: nothing leaves it out. */
function isIncluded(file: JavaFile, { annotations, attribute }: Mapping, asked: JavaAnnotation, name: string): boolean {
  const marks = (mark: string): boolean =>
    annotations.some(({ name: as }) => as.replace(/^lombok\./, "") === `${name}.${mark}` || (as === mark && isImported(file, name, mark)));
  if (marks("Exclude")) return false;
  // @Data's own arguments are others.
  if (!asked.name.endsWith(name)) return true;
  const explicit = annotationValue(asked, "onlyExplicitlyIncluded");
  if (explicit?.kind === "boolean" && explicit.value) return marks("Include");
  const of = annotationValue(asked, "of");
  if (of !== undefined) return names(of).includes(attribute.name);
  const excluded = annotationValue(asked, "exclude");
  return excluded === undefined || !names(excluded).includes(attribute.name);
}

function names(value: AnnotationValue): readonly string[] {
  const values = value.kind === "array" ? value.values : [value];
  return values.flatMap((one) => (one.kind === "text" ? [one.text] : []));
}

interface Written {
  readonly annotation: (typeof WRITTEN)[number]["annotation"];
  readonly asked: JavaAnnotation;
  readonly read: readonly Mapping[];
}

/**
 * `@ToString.Exclude` and its twin on every association that is read, or their names in the list of those that are left out: Lombok takes
 * either, not both. What is asked for by name stays.
 */
function exclude(file: JavaFile, written: readonly Written[]): readonly Fix[] {
  const marks = new Map<JavaType["fields"][number], string[]>();
  const listed: { readonly list: AnnotationArgument; readonly names: readonly string[] }[] = [];
  for (const { annotation, asked, read } of written) {
    const own = asked.name.endsWith(annotation);
    if (own && asked.values.some(({ name }) => name === "of" || name === "onlyExplicitlyIncluded")) return [];
    if (read.some(({ annotations }) => annotations.some(({ name }) => name.endsWith(`${annotation}.Include`)))) return [];
    const list = own ? asked.values.find(({ name }) => name === "exclude") : undefined;
    if (list !== undefined) {
      listed.push({ list, names: read.map(({ attribute }) => `"${attribute.name}"`) });
      continue;
    }
    for (const { type, attribute } of read) {
      const field = type.fields.find(({ nameSpan }) => nameSpan.start === attribute.at.start);
      if (field === undefined) return [];
      marks.set(field, [...(marks.get(field) ?? []), `@${annotation}.Exclude`]);
    }
  }
  return [
    {
      title: titleOf(written),
      safe: false,
      edits(sources) {
        const text = sources.text(file.file);
        if (text === undefined) return undefined;
        const edits = [...importEdits(file, text, marks.size === 0 ? [] : written.map(({ annotation }) => `lombok.${annotation}`))];
        for (const { list, names: more } of listed) {
          edits.push(replace(list.span, longerList(list, more, text)));
        }
        for (const [field, added] of marks) {
          if (text.slice(field.nameSpan.start, field.nameSpan.end) !== field.name) return undefined;
          edits.push(annotate(file, field, added, text));
        }
        return [{ kind: "change", file: file.file, edits }];
      },
    },
  ];
}

/** A list with more in it, in the lines that it has and in further ones below them. */
function longerList({ value, span: { start, end } }: AnnotationArgument, more: readonly string[], text: string): string {
  const written = value.kind === "array" ? text.slice(text.indexOf("{", start) + 1, end - 1) : text.slice(start, end);
  const [, present = "", rest = ""] = /^([\s\S]*?)(?:\s*,)?((?:\r?\n)?[ \t]*)$/.exec(written) ?? [];
  const lastBreak = present.lastIndexOf("\n");
  const last = present.slice(lastBreak + 1).trimStart();
  const indent = present.slice(lastBreak + 1, present.length - last.length);
  const column = lastBreak < 0 ? start - text.lastIndexOf("\n", start - 1) : indent.length;
  const next = lineBreakOf(text) + (lastBreak < 0 ? indentAt(text, start) + indentStep(text) : indent);
  const behind = rest.includes("\n") ? 0 : `${rest}}${/^[^\r\n]*/.exec(text.slice(end))?.[0]}`.length;
  const list = listWithin(last === "" ? more : [last, ...more], column, next, behind);
  return `{${present.slice(0, present.length - last.length)}${list}${rest}}`;
}

/** Which associations no longer appear in which of Lombok's methods. */
function titleOf(written: readonly Written[]): string {
  const [first, ...others] = new Set(written.flatMap(({ read }) => read.map(({ attribute }) => attribute.name)));
  const methods = written.map(({ annotation }) => (annotation === "ToString" ? "toString" : "equals and hashCode"));
  return `Leave ${first}${others.length === 0 ? "" : ` and ${others.length} more`} out of ${methods.join(" and of ")}`;
}
