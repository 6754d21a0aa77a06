/**
 * `npm run boot-names -- VERSION FOLDER`: holds what `config/property-without-effect` says of names against Spring Boot's own metadata.
 *
 * FOLDER has the jars of the modules of that version (spring-boot, spring-boot-autoconfigure, …; from 4.0 on there are some hundred). A
 * name that the version reads must not be called unread, and what is said to take a name's place must be read. Names that the metadata
 * marks as errors and that are not told of are listed, and no fault. Exit 0: nothing is wrong; 1: each wrong name is said; 2: there is
 * nothing to hold it against.
 */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { canonicalKey } from "../../src/facts/config/configFacts.ts";
import { REMOVED_PROPERTIES } from "../../src/rules/config/removedProperties.ts";
import { unread } from "../../src/rules/config/unreadKeys.ts";

/** What the metadata does not say, each with what does. */
const KNOWN: ReadonlySet<string> = new Set([
  // 3.4 has no such indicator any more, its name was left behind.
  "management.health.influxdb.enabled",
  // 4.0 reads `management.endpoint.<id>.enabled` of any endpoint by its pattern.
  "endpoints.autoconfig.enabled",
  // Moves with its section to `spring.data.redis.ssl`, and is told of there.
  "spring.redis.ssl",
]);

const METADATA = "META-INF/spring-configuration-metadata.json";

interface Named {
  readonly name: string;
  readonly type?: string;
  readonly deprecation?: { readonly level?: string };
}

function main(): number {
  const [version, folder] = process.argv.slice(2);
  const jars = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith(".jar"));
  const named = jars.flatMap((jar) => namesIn(join(folder ?? "", jar)));
  if (version === undefined || named.length === 0) return stop("Usage: npm run boot-names -- VERSION FOLDER_OF_ITS_JARS");
  const isRead = ({ deprecation }: Named): boolean => deprecation?.level !== "error";
  const read = new Map(named.filter(isRead).map((one) => [canonicalKey(one.name), one]));
  const build = { boot: version, has: () => false };

  const calledUnread = [...read.values()].filter(({ name }) => !KNOWN.has(name) && unread(name, build) !== undefined);
  const misled = [...REMOVED_PROPERTIES.keys()].flatMap((key) => {
    const replacement = unread(key, build)?.replacement;
    return KNOWN.has(key) || replacement === undefined || isBelow(canonicalKey(replacement), read)
      ? []
      : [`${key}: ${replacement} is not read either`];
  });
  const untold = named.filter((one) => !isRead(one) && !read.has(canonicalKey(one.name)) && unread(one.name, build) === undefined);
  for (const { name } of calledUnread) say(`wrong: ${name} is read by Spring Boot ${version}`);
  for (const line of misled) say(`wrong: ${line}`);
  for (const { name } of untold) say(`not told: ${name}`);
  say(`${named.length} names of ${jars.length} jars: ${calledUnread.length + misled.length} wrong, ${untold.length} not told`);
  return calledUnread.length + misled.length > 0 ? 1 : 0;
}

/** Whether a name is read itself, or as a key of a map that is: `management.metrics.enable.jvm`. */
function isBelow(key: string, read: ReadonlyMap<string, Named>): boolean {
  if (read.has(key)) return true;
  for (let above = key; above.includes("."); ) {
    above = above.slice(0, above.lastIndexOf("."));
    if (read.get(above)?.type?.startsWith("java.util.Map") === true) return true;
  }
  return false;
}

function namesIn(jar: string): readonly Named[] {
  try {
    const text = execFileSync("unzip", ["-p", jar, METADATA], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return (JSON.parse(text) as { readonly properties?: readonly Named[] }).properties ?? [];
  } catch {
    // Most jars have none.
    return [];
  }
}

const say = (line: string): void => console.log(line);

function stop(line: string): number {
  console.error(line);
  return 2;
}

process.exitCode = main();
