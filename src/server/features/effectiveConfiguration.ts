import { languageOf } from "../../facts/languages.ts";
import { whyNotFound } from "../../project/admission.ts";
import { baselinePathOf } from "../../project/settings.ts";
import { type AnyRule, isRunOn, ownSeverity } from "../../rules/rule.ts";
import { pathOfUri } from "../documents.ts";
import type { MarkdownDocument } from "../protocol.ts";
import type { Session } from "../session.ts";

/** What holds for a file (or, without one, for the folders), and where it is said. */
export function effectiveConfiguration(session: Session, rules: readonly AnyRule[], uri: string | undefined): MarkdownDocument {
  const path = uri === undefined || !uri.startsWith("file:") ? undefined : pathOfUri(uri);
  const file = path === undefined ? undefined : (session.documents.fileOfPath(path) ?? session.documents.paths.keyOf(path));
  const lines = file === undefined ? aboutFolders(session) : aboutFile(session, file, rules);
  return {
    title: file === undefined ? "Configuration" : `Configuration of ${file.slice(file.lastIndexOf("/") + 1)}`,
    markdown: `${lines.join("\n")}\n`,
  };
}

function aboutFolders(session: Session): readonly string[] {
  const configurations = session.project?.settings.configurations ?? [];
  return [
    "# Configuration of the workspace",
    "",
    `Folders: ${session.roots.map(code).join(", ") || "none"}`,
    "",
    ...(configurations.length === 0
      ? ["There is no `performance.yaml`: every rule has its own severity."]
      : ["Project files, outer ones first:", "", ...configurations.map(({ path }) => `- ${code(path)}`)]),
    ...leftOut(session),
  ];
}

function aboutFile(session: Session, file: string, rules: readonly AnyRule[]): readonly string[] {
  const language = languageOf(file);
  const heading = [`# Configuration of ${code(file)}`, ""];
  if (session.workspace.get(file) === undefined) {
    const skipped = session.skipped.find((candidate) => candidate.file === file);
    return [...heading, `The file is not judged: ${skipped?.why ?? whyNotFound(file)}.`];
  }
  const settings = session.project?.settings;
  const configuration = settings?.configurationOf(file);
  const baseline = configuration === undefined ? undefined : baselinePathOf(configuration);
  const rows = rules
    .filter((rule) => language !== undefined && isRunOn(rule, language))
    .map((rule) => {
      const own = ownSeverity(rule);
      const said = settings?.severityOf(rule.id, file);
      return `| ${code(rule.id)} | ${said ?? own} | ${said === undefined ? "the rule" : "performance.yaml"} |`;
    });
  return [
    ...heading,
    `Project file: ${configuration === undefined ? "none" : code(configuration.path)}`,
    "",
    `Baseline: ${baseline === undefined ? "none" : code(baseline)}`,
    "",
    ...(rows.length === 0
      ? ["No rule judges this kind of file; others read it."]
      : ["| rule | severity | said by |", "|---|---|---|", ...rows]),
  ];
}

function leftOut({ skipped }: Session): readonly string[] {
  if (skipped.length === 0) return [];
  return ["", "Files that are left out:", "", ...skipped.map(({ file, why }) => `- ${code(file)}: ${why}`)];
}

const code = (text: string): string => `\`${text}\``;
