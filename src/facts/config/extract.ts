import { parseProperties } from "../../syntax/properties.ts";
import { parseYaml, type YamlNode } from "../../syntax/yaml.ts";
import type { Span } from "../../text/positions.ts";
import type { Extracted } from "../fileFacts.ts";
import { isRepositoryOfSettings } from "../languages.ts";
import { syntaxProblems } from "../syntaxProblems.ts";
import { type ConfigDocument, type ConfigFacts, type ConfigProperty, type ConfigSection, canonicalKey } from "./configFacts.ts";
import { isResourceFilter } from "./resourceFilter.ts";

/** Reads an `application*` or `bootstrap*` file, `flyway.conf`, or what Flyway keeps beside a script. */
export function configFacts(file: string, text: string): Extracted<ConfigFacts> {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const [, kind, profile, extension] = /^(application|bootstrap)(?:-(.+))?\.(ya?ml|properties)$/.exec(name) ?? [];
  const own: ConfigFacts["kind"] | undefined = name.endsWith(".sql.conf") ? "script" : name === "flyway.conf" ? "flyway" : undefined;
  const served = kind === undefined && own === undefined && isRepositoryOfSettings(file) ? "served" : undefined;
  const head = { kind: own ?? served ?? (kind === "bootstrap" ? "bootstrap" : "application"), profile } as const;
  if (own !== undefined || extension === "properties" || name.endsWith(".properties")) {
    const { documents, problems } = propertiesDocuments(text);
    const facts: ConfigFacts = { format: "properties", documents, ...head };
    return { facts, unparsed: [], problems: syntaxProblems(problems, text, "error") };
  }
  const { documents, problems } = parseYaml(text);
  const real = problems.filter((problem) => !isResourceFilter(problem, text));
  const facts: ConfigFacts = { format: "yaml", documents: documents.map(({ root }) => documentOf(...flattened(root))), ...head };
  return {
    facts,
    unparsed: real.filter(({ code }) => code !== "DUPLICATE_KEY").map(({ span }) => span),
    // Whether what may be served is settings at all is not known yet.
    problems: served === undefined ? syntaxProblems(real, text, "error") : [],
  };
}

function documentOf(properties: readonly ConfigProperty[], sections: readonly ConfigSection[] = []): ConfigDocument {
  const activation = properties.filter(({ key }) => ACTIVATION.test(canonicalKey(key))).map(({ value }) => value);
  return { onProfile: activation.length === 0 ? undefined : activation.join(","), properties, sections };
}

/** Also as a list: `spring.profiles[0]`. */
const ACTIVATION = /^spring\.(?:config\.activate\.onprofile|profiles)(?:\[\d+\])?$/;

function propertiesDocuments(text: string): {
  readonly documents: readonly ConfigDocument[];
  readonly problems: readonly { readonly span: Span; readonly message: string }[];
} {
  const { entries, comments, problems } = parseProperties(text);
  const separators = comments.filter(({ start, end }) => /^[#!]---\s*$/.test(text.slice(start, end))).map(({ start }) => start);
  const documents: ConfigProperty[][] = [[], ...separators.map(() => [])];
  let at = 0;
  for (const entry of entries) {
    while (at < separators.length && (separators[at] as number) < entry.keySpan.start) at++;
    documents[at]?.push(entry);
  }
  return { documents: documents.map((properties) => documentOf(properties)), problems };
}

/** Keys that aliases may add up to. */
const MAX_PROPERTIES = 20_000;

function flattened(root: YamlNode | undefined): [properties: readonly ConfigProperty[], sections: readonly ConfigSection[]] {
  const properties: ConfigProperty[] = [];
  const sections: ConfigSection[] = [];
  const visit = (node: YamlNode | undefined, key: string, keySpan: Span): void => {
    if (properties.length >= MAX_PROPERTIES) return;
    if (node === undefined) properties.push({ key, value: "", keySpan, valueSpan: { start: keySpan.end, end: keySpan.end } });
    else if (node.kind === "scalar") properties.push({ key, value: node.text, keySpan, valueSpan: node.span });
    else if (node.kind === "list") for (const [index, item] of node.items.entries()) visit(item, `${key}[${index}]`, keySpan);
    else {
      if (key !== "") sections.push({ key, keySpan });
      for (const entry of node.entries) visit(entry.value, key === "" ? entry.key : `${key}.${entry.key}`, entry.keySpan);
    }
  };
  if (root?.kind === "map") visit(root, "", root.span);
  return [properties, sections];
}
