import type { ConfigDocument, ConfigProperty } from "../../facts/config/configFacts.ts";
import type { ConfigFile } from "../../facts/fileFacts.ts";
import type { Build, ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import type { EnvironmentSetting } from "../../model/configuration/environment.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import { type FileEdit, indentAt, indentStep, insertAt, lineAt, lineBreakOf, replace, type TextEdit } from "../../text/edits.ts";
import type { Span } from "../../text/positions.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { isDocumentForDevelopment } from "./productionSettings.ts";
import { REMOVED_PROPERTIES } from "./removedProperties.ts";
import {
  grouped,
  isFurtherElement,
  type MovedSection,
  movedSection,
  nameWithin,
  type Unread,
  type UnreadGroup,
  unread,
} from "./unreadKeys.ts";

const DEFAULT_HOLDS = "the default holds instead of what is written";

export const propertyWithoutEffect = defineRule({
  id: "config/property-without-effect",
  title: "A property that this version of Spring Boot does not read",
  language: ["config", "container"],
  certainty: "proven",
  cost: DEFAULT_HOLDS,
  references: [
    "https://github.com/spring-projects/spring-boot/wiki/Spring-Boot-3.0-Migration-Guide",
    "https://docs.spring.io/spring-boot/upgrading.html",
    "https://docs.spring.io/spring-boot/specification/configuration-metadata/format.html",
    "https://github.com/spring-projects/spring-boot/pull/26326",
    "https://redis.github.io/lettuce/advanced-usage/connection-pooling/",
  ],
  messages: {
    renamed: "{{key}} is not read by Spring Boot {{boot}}: it is {{replacement}} there",
    removed: "{{key}} is not read by Spring Boot {{boot}}",
    moved: "{{count}} keys below {{section}} are not read by Spring Boot {{boot}}: they are below {{target}}",
    gone: "{{count}} keys below {{section}} are not read by Spring Boot {{boot}}",
    early: "{{key}} is read by Spring Boot {{since}} and newer: this is {{boot}}",
    poolless: "{{prefix}} has no effect without {{artifact}}",
  },
  toldOnceAlike: ["renamed", "removed", "moved", "gone", "early", "poolless"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (file.language === "container") {
      for (const { group, boot } of unreadVariables(configuration.environmentIn(file.file), configuration))
        report({
          at: group.keys[0]?.place.at ?? NOWHERE,
          ...told(group, boot, ({ name }) => name, variable),
          related: group.keys.slice(1).map(({ place }) => ({ at: place.at, message: "not read either" })),
          fixes: renameVariables(group),
        });
      return;
    }
    // Flyway reads its own files itself.
    if (!/^(?:application|bootstrap|served)$/.test(file.config.kind) || !configuration.isRead(file)) return;
    for (const { property, prefix, artifact, inDevelopment } of poolsWithoutPool(file, configuration))
      report({
        at: property.keySpan,
        message: "poolless",
        data: { prefix, artifact },
        // A library that the build does not name may bring the artifact along.
        certainty: "likely",
        ...(inDevelopment ? { severity: "hint" as const } : {}),
      });
    for (const document of file.config.documents) {
      for (const { group, boot } of unreadIn(document, file, configuration)) {
        const inDevelopment = isDocumentForDevelopment(file, document.onProfile, configuration);
        report({
          at: group.keys[0]?.place.keySpan ?? NOWHERE,
          ...told(group, boot, ({ key }) => key.replace(/\[\d+\]$/, ""), asWritten),
          ...(inDevelopment ? { severity: "hint" as const } : {}),
          related: group.keys.slice(1).map(({ place }) => ({ at: { file: file.file, ...place.keySpan }, message: "not read either" })),
          fixes: rename(file, document, group),
        });
      }
    }
  },
});

const asWritten = (key: string): string => key;
const NOWHERE = { start: 0, end: 0 };

/** What is said of names that went together: as much as fits a line, the fix names the rest. */
function told<Key>(
  { keys, section, target }: UnreadGroup<Key>,
  version: string,
  nameOf: (place: Key) => string,
  shown: (key: string) => string,
) {
  const [first] = keys;
  const key = first === undefined ? "" : nameOf(first.place);
  const boot = /^\d+\.\d+/.exec(version)?.[0] ?? version;
  const certainty = keys.every(({ sure }) => sure) ? ("proven" as const) : ("likely" as const);
  const data = {
    key,
    boot,
    section,
    count: keys.length,
    replacement: shown(first?.replacement ?? ""),
    target: target ?? "",
    since: first?.since ?? "",
  };
  if (first?.since !== undefined) return { message: "early" as const, data, certainty };
  if (keys.length > 1)
    return {
      message: target === undefined || section.length + target.length > 46 ? ("gone" as const) : ("moved" as const),
      data,
      certainty,
    };
  if (first?.replacement === undefined) return { message: "removed" as const, data, certainty };
  // What has no room in the message is still named.
  return key.length + first.replacement.length > 64
    ? { message: "removed" as const, data, certainty, cost: `${DEFAULT_HOLDS}: ${data.replacement} is read instead` }
    : { message: "renamed" as const, data, certainty };
}

interface Found<Key> {
  readonly group: UnreadGroup<Key>;
  readonly boot: string;
}

function unreadIn(
  { properties }: ConfigDocument,
  { file }: ConfigFile,
  configuration: ConfigurationModel,
): readonly Found<ConfigProperty>[] {
  const asked = properties.filter(({ key }) => ROOTS.test(key) && !isFurtherElement(key));
  const build = asked.length === 0 ? undefined : versioned(file, configuration);
  if (build === undefined) return [];
  const found = asked.flatMap((property): readonly (Unread & { key: string; place: ConfigProperty })[] => {
    const key = property.key.replace(/\[0\]$/, "");
    const made = unread(key, build);
    if (made === undefined || isReadByOthers(key, file, configuration)) return [];
    // Left over beside the new name, it takes nothing away.
    const isMoved = made.replacement !== undefined && configuration.everyValue(made.replacement, file).length > 0;
    return isMoved ? [] : [{ key, place: property, ...made }];
  });
  // What is set to nothing changes nothing under another name either.
  const telling = grouped(found).filter(({ keys }) => keys.some(({ place }) => place.value.trim() !== ""));
  return telling.map((group) => ({ group, boot: build.boot }));
}

const ROOTS = /^(?:spring|server|management|logging|security|endpoints|flyway|liquibase|banner|jolokia|feign|ribbon|hystrix|zuul)\b/;

/** What a module is built with; undefined where nobody knows the version, and where the migrator translates the old names at start. */
function versioned(file: string, configuration: ConfigurationModel): (Build & { readonly boot: string }) | undefined {
  const build = configuration.buildOf(file);
  const { boot } = build;
  return boot === undefined || build.has("spring-boot-properties-migrator") ? undefined : { ...build, boot };
}

/** Variables of the containers that this workspace builds, whose names stand for such a key and for nothing else. */
function unreadVariables(settings: readonly EnvironmentSetting[], configuration: ConfigurationModel): readonly Found<EnvironmentSetting>[] {
  const variables = settings.filter(
    ({ name, value, isVariable }) => isVariable && value !== "" && /^(?:SPRING|SERVER|MANAGEMENT|LOGGING)_[A-Z0-9_]+$/.test(name),
  );
  const byOwner = new Map<string, { boot: string; found: (Unread & { key: string; place: EnvironmentSetting })[] }>();
  for (const place of variables) {
    const key = keyOf(place.squeezed);
    const module = key === undefined ? undefined : configuration.moduleRunning(place);
    if (key === undefined || module === undefined) continue;
    const file = module === "" ? "pom.xml" : `${module}/pom.xml`;
    const build = versioned(file, configuration);
    const made = build === undefined ? undefined : unread(key, build);
    if (build === undefined || made === undefined || made.since !== undefined || isReadByOthers(key, file, configuration)) continue;
    if (configuration.refersTo(place.name)) continue;
    const owner = `${module} ${place.names.join()}`;
    const known = byOwner.get(owner);
    if (known === undefined) byOwner.set(owner, { boot: build.boot, found: [{ key, place, ...made }] });
    else known.found.push({ key, place, ...made });
  }
  return [...byOwner.values()].flatMap(({ boot, found }) => grouped(found).map((group) => ({ group, boot })));
}

/** The key that a variable stands for: of several that are written alike in the environment the one that was read longest. */
const keyOf = (squeezed: string): string | undefined => BY_SQUEEZED.get(squeezed);
const BY_SQUEEZED: ReadonlyMap<string, string> = new Map(
  [...REMOVED_PROPERTIES]
    .sort(([, a], [, b]) => (a.since === b.since ? 0 : versionAtLeast(a.since, b.since) ? 1 : -1))
    .map(([key]) => [key.replaceAll(".", ""), key]),
);

interface PoolKeys {
  /** The first of them. */
  readonly property: ConfigProperty;
  readonly prefix: string;
  readonly artifact: string;
  readonly inDevelopment: boolean;
}

/** Sizes of a pool of connections to Redis that needs an artifact which is not there: Spring Boot asks for its class, and makes no pool. */
function* poolsWithoutPool(file: ConfigFile, configuration: ConfigurationModel): Generator<PoolKeys> {
  for (const { properties, onProfile } of file.config.documents) {
    for (const [keys, artifact, bringers] of POOLS) {
      const pool = properties.filter(({ key }) => keys.test(key));
      const [property] = pool;
      if (property === undefined || pool.some(({ key }) => /\.enabled$/i.test(key) || isReadByOthers(key, file.file, configuration)))
        continue;
      const { boot, has } = configuration.buildOf(file.file);
      // Before 2.6 the application does not start.
      if (boot === undefined || !versionAtLeast(boot, "2.6") || !has(...REDIS) || has(artifact, ...bringers)) continue;
      if (versionAtLeast(boot, "3.0") !== /\.data\./i.test(property.key) || ownsRedis(configuration, file.file)) continue;
      const inDevelopment = isDocumentForDevelopment(file, onProfile, configuration);
      yield { property, prefix: keys.exec(property.key)?.[0] ?? property.key, artifact, inDevelopment };
    }
  }
}

const REDIS = ["spring-boot-starter-data-redis", "spring-boot-starter-data-redis-reactive"];
const POOLS: readonly (readonly [keys: RegExp, artifact: string, bringers: readonly string[]])[] = [
  [
    /^spring\.(?:data\.)?redis\.lettuce\.pool(?=\.)/i,
    "commons-pool2",
    ["jedis", "commons-dbcp2", "pooled-jms", "redisson-spring-boot-starter"],
  ],
  [/^spring\.(?:data\.)?redis\.jedis\.pool(?=\.)/i, "jedis", ["redisson-spring-boot-starter"]],
];

/** `other: ${spring.redis.host}`, `@Value` and their kin: the application's own use of the name; or its own connections to Redis. */
function isReadByOthers(key: string, file: string, configuration: ConfigurationModel): boolean {
  return (
    configuration.refersTo(key) ||
    configuration.isNamedInCode(key) ||
    (/^spring\.(?:data\.)?redis\./.test(key) && ownsRedis(configuration, file))
  );
}

const ownsRedis = (configuration: ConfigurationModel, file: string): boolean =>
  configuration.codeSettles("own-redis", file) || configuration.codeSettles("redisson", file);

/** In properties whole keys are changed; in YAML the section that moved with all its keys, or a last part that stays where it is. */
function rename({ file, config }: ConfigFile, document: ConfigDocument, group: UnreadGroup<ConfigProperty>): readonly Fix[] {
  const fix = (title: string, edits: readonly TextEdit[]): readonly Fix[] =>
    edits.length === 0 ? [] : [{ title, safe: false, edits: () => [{ kind: "change", file, edits }] }];
  const renamed = group.keys.filter(({ replacement, otherMeaning }) => replacement !== undefined && !otherMeaning);
  const [first] = renamed;
  if (first?.replacement === undefined) return [];
  const title = `Rename to ${renamed.length > 1 && group.target !== undefined ? group.target : first.replacement}`;
  if (config.format === "properties")
    return fix(
      title,
      renamed.flatMap(({ place, replacement }) =>
        replacement === undefined || /\]$/.test(place.key) ? [] : [replace(place.keySpan, replacement)],
      ),
    );
  const section = movedSection(group, document);
  if (section !== undefined) return [{ title, safe: false, edits: (sources) => moveEdits(file, section, sources.text(file)) }];
  const [only] = renamed;
  const within = renamed.length === 1 && only !== undefined ? nameWithin(only.place.key, only.replacement ?? "") : undefined;
  if (only !== undefined && within !== undefined)
    return [
      {
        title,
        safe: false,
        edits(sources) {
          const text = sources.text(file);
          return text === undefined ? undefined : [{ kind: "change", file, edits: [nested(text, only.place.keySpan, within)] }];
        },
      },
    ];
  return fix(
    title,
    renamed.flatMap(({ place: { key, keySpan }, replacement = "" }) => {
      const [[folder, name], [newFolder, text]] = [split(key), split(replacement)];
      return folder !== newFolder || keySpan.end - keySpan.start !== name.length || /\]$/.test(key) ? [] : [replace(keySpan, text)];
    }),
  );
}

/** The section under its new name: below each name that it did not have, one step further in, unless the file writes names as one. */
function moveEdits(file: string, { span, name, isThere, within }: MovedSection, text: string | undefined): readonly FileEdit[] | undefined {
  if (text === undefined) return undefined;
  const names = name.split(".");
  const indent = indentAt(text, span.start);
  if (names.length === 1 || isThere || !isFirstOfLine(text, span) || DOTTED.test(text)) {
    return [{ kind: "change", file, edits: [replace(span, name), ...within.map((one) => nested(text, one.span, one.name))] }];
  }
  const step = indentStep(text);
  const above = names.map((one, i) => (i === 0 ? one : `:${lineBreakOf(text)}${indent}${step.repeat(i)}${one}`)).join("");
  const further = step.repeat(names.length - 1);
  return [
    {
      kind: "change",
      file,
      edits: [
        replace(span, above),
        ...linesBelow(text, span.end, indent).map((at) => insertAt(at, further)),
        ...within.map((one) => nested(text, one.span, one.name, further)),
      ],
    },
  ];
}

/** A value that is a section now, under its name in there: below its key, or behind a dot where keys are written so. */
function nested(text: string, key: Span, name: string, further = ""): TextEdit {
  if (!isFirstOfLine(text, key) || DOTTED.test(text)) return insertAt(key.end, `.${name}`);
  return insertAt(key.end, `:${lineBreakOf(text)}${indentAt(text, key.start)}${further}${indentStep(text)}${name}`);
}

const isFirstOfLine = (text: string, { start }: Span): boolean =>
  text.slice(text.lastIndexOf("\n", start - 1) + 1, start) === indentAt(text, start);

const DOTTED = /^[ \t]*[\w-]+\.[\w.-]+:(?:[ \t]|$)/m;

/** Where the lines begin that stand below a key, which is indented as told; a list may stand as far left as its key. */
function linesBelow(text: string, from: number, indent: string): readonly number[] {
  const starts: number[] = [];
  for (let at = text.indexOf("\n", from) + 1; at > 0; at = text.indexOf("\n", at) + 1) {
    const line = lineAt(text, at);
    if (line === "") continue;
    if (!line.startsWith(`${indent} `) && !line.startsWith(`${indent}- `)) break;
    starts.push(at);
  }
  return starts;
}

const split = (key: string): readonly [string, string] => [key.slice(0, key.lastIndexOf(".")), key.slice(key.lastIndexOf(".") + 1)];

/** The name under which the environment gives a key. */
const variable = (key: string): string => key.replace(/-/g, "").replace(/\W/g, "_").toUpperCase();

/** `SPRING_REDIS_HOST` to `SPRING_DATA_REDIS_HOST`, in whatever quotes. */
function renameVariables({ keys }: UnreadGroup<EnvironmentSetting>): readonly Fix[] {
  const renamed = keys.filter(({ replacement, otherMeaning }) => replacement !== undefined && !otherMeaning);
  const [first] = renamed;
  if (first === undefined) return [];
  return [
    {
      title: `Rename to ${variable(first.replacement ?? "")}`,
      safe: false,
      edits: (sources) => {
        const text = sources.text(first.place.at.file);
        if (text === undefined) return undefined;
        const edits = renamed.flatMap(({ place: { name, at }, replacement = "" }) => {
          const start = text.indexOf(name, at.start);
          return start < 0 || start > at.start + 1 ? [] : [replace({ start, end: start + name.length }, variable(replacement))];
        });
        return [{ kind: "change", file: first.place.at.file, edits }];
      },
    },
  ];
}
