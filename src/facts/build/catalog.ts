import { type BuildFacts, type CatalogEntry, EMPTY_BUILD } from "./buildFacts.ts";

/** Reads a Gradle version catalog, `libs.versions.toml`. */
export function versionCatalog(text: string): BuildFacts {
  const properties: Record<string, string> = {};
  const aliases: Record<string, CatalogEntry> = {};
  let section = "";
  for (const line of logicalLines(text)) {
    const header = /^\[\s*([\w.-]+)\s*\]$/.exec(line)?.[1];
    if (header !== undefined) {
      section = header;
      continue;
    }
    const [, quoted, bare, value] = /^(?:"([^"]+)"|([\w.-]+))\s*=\s*(.+)$/.exec(line) ?? [];
    const key = quoted ?? bare;
    if (key === undefined || value === undefined) continue;
    if (section === "versions") properties[key] = versionIn(value) ?? "";
    else if (section === "libraries") Object.assign(aliases, named(dotted(key), libraryIn(value)));
    else if (section === "plugins") Object.assign(aliases, named(`plugins.${dotted(key)}`, pluginIn(value)));
    else if (section === "bundles") {
      const artifact = [...value.matchAll(/["']([^"']+)["']/g)].map((match) => dotted(match[1] as string)).join(",");
      aliases[`bundles.${dotted(key)}`] = { kind: "bundle", group: "", artifact, version: undefined };
    }
  }
  return { tool: "gradle", kind: "catalog", ...EMPTY_BUILD, properties, aliases };
}

/** Lines without comments; a value whose brackets are open goes on. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open = "";
  for (const raw of text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/)) {
    const line = raw.replace(/("[^"]*"|'[^']*')|#.*$/g, (_, string) => string ?? "").trim();
    const whole = open === "" ? line : `${open} ${line}`;
    const isArrayOpen = whole.includes("=") && (whole.match(/\[/g)?.length ?? 0) > (whole.match(/\]/g)?.length ?? 0);
    if (isArrayOpen && whole.length < 100_000) open = whole;
    else {
      open = "";
      if (whole !== "") lines.push(whole);
    }
  }
  return lines;
}

/** Aliases are written with dashes or underscores and used with dots. */
const dotted = (alias: string): string => alias.replace(/[-_]/g, ".");

const named = (key: string, entry: CatalogEntry | undefined): Readonly<Record<string, CatalogEntry>> =>
  entry === undefined ? {} : { [key]: entry };

function field(value: string, name: string): string | undefined {
  return new RegExp(`(?:^|[{,\\s])${name.replaceAll(".", "\\s*\\.\\s*")}\\s*=\\s*["']([^"']+)["']`).exec(value)?.[1];
}

const plainText = (value: string): string | undefined => /^["']([^"']*)["']$/.exec(value)?.[1];

/** A version, or the reference to one of the table as a placeholder. */
function versionIn(value: string): string | undefined {
  const reference = field(value, "version.ref") ?? /\bversion\s*=\s*\{[^}]*\bref\s*=\s*["']([^"']+)["']/.exec(value)?.[1];
  if (reference !== undefined) return `\${${reference}}`;
  return plainText(value) ?? field(value, "version") ?? field(value, "strictly") ?? field(value, "require") ?? field(value, "prefer");
}

function libraryIn(value: string): CatalogEntry | undefined {
  const module = plainText(value) ?? field(value, "module");
  const [group, artifact, version] = module?.split(":") ?? [field(value, "group"), field(value, "name"), undefined];
  return group === undefined || artifact === undefined
    ? undefined
    : { kind: "library", group, artifact, version: version ?? versionOf(value) };
}

function pluginIn(value: string): CatalogEntry | undefined {
  const [id, version] = plainText(value)?.split(":") ?? [field(value, "id"), undefined];
  return id === undefined ? undefined : { kind: "plugin", group: "", artifact: id, version: version ?? versionOf(value) };
}

const versionOf = (value: string): string | undefined => (value.startsWith("{") ? versionIn(value) : undefined);
