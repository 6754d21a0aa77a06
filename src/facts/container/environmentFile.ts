import type { EnvironmentFileFacts, PlacedVariable } from "./containerFacts.ts";

/** What Spring Boot and the JVM read. Of everything else, secrets above all, nothing is kept. */
const READ = /^(?:SPRING|SERVER|MANAGEMENT|LOGGING|JAVA|JDK|JVM|_JAVA|CATALINA)[_.]/i;
const SECRET = /PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|PRIVATE|API_?KEY/i;

/** A file of `NAME=value` lines, as Docker and Kustomize read it: `.env`, `shop.env`. */
export function environmentFileFacts(text: string): EnvironmentFileFacts {
  const variables: PlacedVariable[] = [];
  for (const line of text.matchAll(/^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*([^\r\n]*)/gm)) {
    const [all, name = "", rest = ""] = line;
    if (!READ.test(name) || SECRET.test(name)) continue;
    const start = line.index + all.indexOf(name);
    variables.push({ name, value: unquoted(rest), at: { start, end: start + name.length } });
  }
  return { kind: "environment", variables };
}

/** Quotes and a comment behind a value are not part of it. */
function unquoted(written: string): string {
  const [, , quoted] = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(written) ?? [];
  return (quoted ?? written.replace(/\s+#.*$/, "")).trim();
}
