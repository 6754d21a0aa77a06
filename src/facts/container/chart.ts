import { parseYaml, type YamlNode } from "../../syntax/yaml.ts";
import type { ChartFacts, ChartVariable, PlacedText } from "./containerFacts.ts";

const NAME = "[A-Z][A-Z0-9_]*";
const VARIABLE = new RegExp(`^([ \\t]*-[ \\t]*name:[ \\t]*["']?)(${NAME})["']?[ \\t]*\\r?\\n[ \\t]*value:[ \\t]*([^\\r\\n]*)`, "gm");
const ENTRY = new RegExp(`^([ \\t]+["']?)(${NAME})["']?:[ \\t]+([^\\r\\n]+)`, "gm");

/**
 * The variables that a template of Helm gives one by one. A template is a program: what stands in a branch or a loop, and what is put
 * together, is a name without a value.
 */
export function templateFacts(text: string): ChartFacts {
  const found = /^\s*kind:\s*["']?ConfigMap\b/m.test(text)
    ? [...text.matchAll(VARIABLE), ...text.matchAll(ENTRY)]
    : [...text.matchAll(VARIABLE)];
  const variables = found.map(([, before = "", name = "", written = ""], index): ChartVariable => {
    const start = (found[index]?.index ?? 0) + before.length;
    const at = { start, end: start + name.length };
    const given = isInBlock(text, start) ? {} : valueOrPath(written.trim());
    return { name, value: given.value, path: given.path, at };
  });
  return { kind: "chart", variables, values: [] };
}

/** `"true"`, `{{ .Values.jpa.showSql | quote }}`. */
function valueOrPath(written: string): { readonly value?: string; readonly path?: string } {
  const [, path] = /^["']?\{\{-?\s*\.Values\.([\w.]+)\s*(?:\|\s*(?:quote|squote|toString)\s*)*-?\}\}["']?$/.exec(written) ?? [];
  if (path !== undefined) return { path };
  return written.includes("{{") ? {} : { value: written.replace(/\s+#.*$/, "").replace(/^(["'])(.*)\1$/, "$2") };
}

function isInBlock(text: string, offset: number): boolean {
  let depth = 0;
  for (const [, word] of text.slice(0, offset).matchAll(/\{\{-?\s*(if|range|with|define|block|end)\b/g)) depth += word === "end" ? -1 : 1;
  return depth > 0;
}

/** Texts that the values of a chart may have; beyond them nothing is read. */
const MOST_VALUES = 5_000;

/** The values of a chart by their paths, and the variables that they name without a template that says what becomes of them. */
export function valuesFacts(text: string): ChartFacts {
  const values: PlacedValue[] = [];
  const variables: ChartVariable[] = [];
  const visit = (node: YamlNode | undefined, path: string): void => {
    if (node === undefined || values.length >= MOST_VALUES) return;
    if (node.kind === "scalar") values.push({ path, text: node.text, at: node.span });
    else if (node.kind === "list") for (const [index, item] of node.items.entries()) visit(item, `${path}[${index}]`);
    else
      for (const { key, keySpan, value } of node.entries) {
        const named = key === "name" && value?.kind === "scalar" ? { name: value.text, at: value.span } : { name: key, at: keySpan };
        if (/^(?:SPRING|SERVER|MANAGEMENT|LOGGING)_[A-Z0-9_]+$/.test(named.name))
          variables.push({ name: named.name, value: undefined, path: undefined, at: named.at });
        visit(value, path === "" ? key : `${path}.${key}`);
      }
  };
  for (const { root } of parseYaml(text).documents) visit(root, "");
  return { kind: "chart", variables, values };
}

type PlacedValue = PlacedText & { readonly path: string };
