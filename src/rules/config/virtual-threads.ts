import type { CodeHint } from "../../model/configuration/codeHints.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import type { Model } from "../../model/model.ts";
import { defineRule } from "../rule.ts";
import { decidesForServletApplication, isSetOutside, placeFor, setKey } from "./application.ts";

const KEY = "spring.threads.virtual.enabled";

export const virtualThreads = defineRule({
  id: "config/virtual-threads",
  title: "Blocking requests take platform threads although virtual ones are at hand",
  language: "config",
  certainty: "possible",
  cost: "at most 200 requests at work at a time, however little each computes",
  references: [
    "https://docs.spring.io/spring-boot/reference/features/spring-application.html#features.spring-application.virtual-threads",
    "https://docs.spring.io/spring-boot/reference/features/task-execution-and-scheduling.html",
    "https://github.com/spring-projects/spring-boot/pull/39629",
    "https://openjdk.org/jeps/444",
    "https://openjdk.org/jeps/491",
  ],
  messages: {
    unset: "{{key}} is not set: Java {{java}} serves requests on 200 platform threads",
    both: "{{key}} has no effect on virtual threads, which are switched on",
  },
  toldOnce: ["unset"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (!decidesForServletApplication(file, configuration)) return;
    const { boot, java } = configuration.buildOf(file.file);
    if (boot === undefined || java === undefined || java < 21 || !versionAtLeast(boot, "3.2")) return;
    const virtual = configuration.everyValue(KEY, file.file);
    if (virtual.length === 0) {
      // Threads that are counted have been thought of.
      if (configuration.value("server.tomcat.threads.max", file.file) !== undefined) return;
      if (isSetOutside(configuration, file.file, KEY) || configuration.codeSettles("own-virtual-threads", file.file)) return;
      if (servesNobody(model, file.file) || waitsForItsPoolAlone(model, file.file)) return;
      const at = placeFor(KEY, file.config);
      // Before JDK 24 a virtual thread holds its carrier while it waits within `synchronized`, as some JDBC drivers do.
      if (at !== undefined)
        report({ at, message: "unset", data: { key: KEY, java }, fixes: java >= 24 ? [setKey(file.file, KEY, "true")] : [] });
      return;
    }
    if (!virtual.some(({ value, profile }) => value === "true" && profile === undefined)) return;
    for (const { properties } of file.config.documents)
      for (const { key, keySpan } of properties) {
        const counted = COUNTED.find(({ keys }) => keys.test(key));
        if (counted !== undefined && (counted.unless === undefined || !configuration.codeSettles(counted.unless, file.file)))
          report({ at: keySpan, message: "both", data: { key } });
      }
  },
});

/** Numbers of threads that Spring Boot reads for platform threads alone, unless code makes a pool of its own with them. */
const COUNTED: readonly { readonly keys: RegExp; readonly unless?: CodeHint }[] = [
  { keys: /^server\.tomcat\.threads\.(?:max|min-?spare)$/i },
  { keys: /^spring\.task\.execution\.pool\.(?:core-?size|max-?size|queue-?capacity)$/i, unless: "own-executor" },
  { keys: /^spring\.task\.scheduling\.pool\.size$/i, unless: "own-scheduler" },
];

/** An application in Java without an entrance for requests, such as tests of pages that start Spring. */
function servesNobody({ configuration, calls, web }: Model, file: string): boolean {
  if (!configuration.codeSettles("application", file) || configuration.buildOf(file).has("spring-boot-starter-data-rest")) return false;
  const modules = new Set([configuration.moduleOf(file), ...configuration.buildOf(file).dependsOn]);
  return !web.entryPoints().some(({ kind, method }) => {
    const at = kind === "endpoint" ? calls.method(method)?.declared.owner.file.file : undefined;
    return at !== undefined && modules.has(configuration.moduleOf(at));
  });
}

/** Requests that wait for the database and for nothing else are as many at a time as its pool has connections, on whatever threads. */
function waitsForItsPoolAlone({ configuration, web, effects }: Model, file: string): boolean {
  const build = configuration.buildOf(file);
  if (!build.has(...POOLED) || Object.keys(build.artifacts).some((artifact) => CLIENTS.test(artifact))) return false;
  const modules = new Set([configuration.moduleOf(file), ...build.dependsOn]);
  const requests = web.endpoints().filter(({ file: at }) => modules.has(configuration.moduleOf(at)));
  return requests.length > 0 && !requests.some(({ method }) => WAITING.some((kind) => effects.of(method, kind) !== undefined));
}

/** Libraries that call other machines, of which the effects may know nothing (hmcts/em-hrs-api streams from Azure). */
const CLIENTS =
  /feign|azure-|aws|^s3$|google-cloud|okhttp|httpclient|elasticsearch|opensearch|mongo|cassandra|minio|grpc|openai|ollama|-ai-|ldap|jsch|sftp|ftp|rest-?client/;
const POOLED = ["spring-boot-starter-data-jpa", "spring-boot-starter-jdbc", "spring-boot-starter-data-jdbc", "spring-boot-starter-jooq"];
const WAITING = ["http", "search", "redis", "message", "mail", "sleep"] as const;
