import { type GradleStatement, gradleStatements } from "../../syntax/gradle.ts";
import { type BuildDependency, type BuildFacts, type BuildPlugin, EMPTY_BUILD } from "./buildFacts.ts";

/** Reads what a Gradle script declares in the usual ways; what it computes stays unknown. */
export function gradleScript(text: string, kind: "project" | "settings"): BuildFacts {
  const all = gradleStatements(text);
  const ofBuild = all.filter(({ path }) => path.includes("buildscript") || path.includes("pluginManagement"));
  const statements = all.filter((statement) => !ofBuild.includes(statement));
  const properties: Record<string, string> = Object.assign({}, ...ofBuild.map(propertyIn));
  const plugins: BuildPlugin[] = ofBuild.flatMap(pluginOfBuild);
  const dependencies: BuildDependency[] = [];
  const modules: string[] = [];
  let javaVersion: string | undefined;
  for (const statement of statements) {
    plugins.push(...pluginsIn(statement));
    dependencies.push(...dependenciesIn(statement));
    Object.assign(properties, propertyIn(statement));
    javaVersion = JAVA_VERSION.exec(statement.text)?.slice(1).find(Boolean) ?? javaVersion;
    if (kind === "settings" && /^include\b/.test(statement.text)) modules.push(...statement.strings.map(({ text }) => folderOf(text)));
  }
  const own = (name: RegExp) => statements.find((statement) => statement.path.length === 0 && name.test(statement.text))?.strings[0]?.text;
  return {
    tool: "gradle",
    kind,
    ...EMPTY_BUILD,
    group: own(/^group\s*=?\s*['"]/),
    name: own(/^rootProject\.name\s*=/),
    version: own(/^version\s*=?\s*['"]/),
    properties,
    plugins,
    dependencies,
    modules,
    javaVersion,
  };
}

const JAVA_VERSION =
  /JavaLanguageVersion\.of\(\s*(\d+)\s*\)|(?:sourceCompatibility|targetCompatibility)\s*=?\s*(?:JavaVersion\.VERSION_(?:1_)?(\d+)|['"]?(?:1\.)?(\d+))|\bjvmToolchain\(\s*(\d+)/;

const folderOf = (path: string): string => path.replace(/^:/, "").replaceAll(":", "/");

function isShared(path: readonly string[]): boolean {
  return path.some((block) => block === "subprojects" || block === "allprojects" || block === "configure");
}

function pluginsIn({ path, text, strings }: GradleStatement): readonly BuildPlugin[] {
  const shared = isShared(path);
  if (/^apply\s*\(?\s*plugin\s*[:=]/.test(text)) {
    const id = strings[0]?.text;
    return id === undefined ? [] : [{ id, version: undefined, applied: true, shared, isAlias: false }];
  }
  if (path.at(-1) !== "plugins") return [];
  const applied = !/\bapply\s*\(?\s*false\b/.test(text);
  const alias = /^alias\s*\(?\s*libs\.plugins\.([\w.]+)/.exec(text)?.[1];
  if (alias !== undefined) return [{ id: alias, version: undefined, applied, shared, isAlias: true }];
  const [first, second] = strings;
  if (first === undefined) {
    const bare = /^`?([a-z][\w-]*)`?$/.exec(text)?.[1];
    return bare === undefined ? [] : [{ id: bare, version: undefined, applied, shared, isAlias: false }];
  }
  const id = /^kotlin\b/.test(text) ? `org.jetbrains.kotlin.${first.text}` : first.text;
  return /^(?:id|kotlin)\b/.test(text)
    ? [{ id, version: /\bversion\b/.test(text) ? (second?.text ?? versionName(text)) : undefined, applied, shared, isAlias: false }]
    : [];
}

/** What the scripts themselves are built with tells versions: a plugin's artifact on their class path, plugins that projects name without one. */
function pluginOfBuild(statement: GradleStatement): readonly BuildPlugin[] {
  const { path, text, strings } = statement;
  const rest = { applied: false, shared: false, isAlias: false } as const;
  if (path.at(-1) === "plugins") return pluginsIn(statement).map((plugin) => ({ ...plugin, applied: false }));
  const [, version] = /^org\.springframework\.boot:spring-boot-gradle-plugin:(.+)$/.exec(strings[0]?.text ?? "") ?? [];
  return /^classpath\b/.test(text) && version !== undefined ? [{ id: "org.springframework.boot", version, ...rest }] : [];
}

/** `version springBootVersion` names a property. */
function versionName(text: string): string | undefined {
  const name = /\bversion\s*\(?\s*([A-Za-z_]\w*)/.exec(text)?.[1];
  return name === undefined ? undefined : `\${${name}}`;
}

function dependenciesIn(statement: GradleStatement): readonly BuildDependency[] {
  const { path, text, strings } = statement;
  const block = path.at(-1);
  const shared = isShared(path);
  if (block === "imports" && /^mavenBom\b/.test(text))
    return coordinatesIn(strings).map((found) => ({ scope: "managed", bom: true, optional: false, excludes: [], shared, ...found }));
  if (block === "dependencies" && path.includes("dependencyManagement"))
    return coordinatesIn(strings).map((found) => ({ scope: "managed", bom: false, optional: false, excludes: [], shared, ...found }));
  if (block !== "dependencies") return [];
  const configuration = /^(?:"(\w+)"|'(\w+)'|(\w+))/.exec(text)?.slice(1).find(Boolean);
  if (configuration === undefined) return [];
  const scope = scopeOf(configuration);
  if (scope === undefined) return [];
  const bom = /\b(?:enforcedPlatform|platform)\s*\(/.test(text);
  const rest = { scope: bom ? ("managed" as const) : scope, bom, optional: false, excludes: [], shared };
  const at = statement.span;
  const projects = [...text.matchAll(/\bprojects?\s*(?:\(\s*(?:path\s*[:=]\s*)?["']([^"']+)["']|\.([\w.]+))/g)].map(
    (match) => match[1] ?? `:${(match[2] as string).replaceAll(".", ":")}`,
  );
  if (projects.length > 0) return projects.map((artifact) => ({ kind: "project", group: "", artifact, version: undefined, at, ...rest }));
  const aliases = [...text.matchAll(/\blibs\.((?!plugins\.|versions\.)\w[\w.]*)/g)].map((match) =>
    (match[1] as string).replace(/\.get$/, ""),
  );
  if (aliases.length > 0) return aliases.map((artifact) => ({ kind: "alias", group: "", artifact, version: undefined, at, ...rest }));
  return [...coordinatesIn(strings), ...namedCoordinates(statement)].map((found) => ({ ...found, ...rest }));
}

type Coordinates = Omit<BuildDependency, "scope" | "bom" | "shared" | "optional" | "excludes">;

function coordinatesIn(strings: GradleStatement["strings"]): readonly Coordinates[] {
  return strings.flatMap(({ text, span }) => {
    const [, group, artifact, version] = /^([\w.-]+):([\w.-]+)(?::([^:@]+))?(?:[:@].*)?$/.exec(text) ?? [];
    return group === undefined || artifact === undefined ? [] : [{ kind: "module" as const, group, artifact, version, at: span }];
  });
}

/** `group: 'g', name: 'a', version: 'v'`, in Kotlin with "=". */
function namedCoordinates({ text, span }: GradleStatement): readonly Coordinates[] {
  const value = (name: string) => new RegExp(`\\b${name}\\s*[:=]\\s*["']([^"']+)["']`).exec(text)?.[1];
  const [group, artifact] = [value("group"), value("name")];
  return group === undefined || artifact === undefined ? [] : [{ kind: "module", group, artifact, version: value("version"), at: span }];
}

function scopeOf(configuration: string): BuildDependency["scope"] | undefined {
  if (/^test|Test[A-Z]?|^androidTest|Fixtures/.test(configuration)) return "test";
  if (/^(?:annotationProcessor|kapt|ksp|classpath|developmentOnly|compileOnly|compileOnlyApi|providedCompile)$/.test(configuration))
    return "build";
  // The plugins of Liquibase and Flyway migrate the application's database with what they are given.
  return /^(?:api|implementation|compile|runtime|runtimeOnly|providedRuntime|liquibaseRuntime|flywayMigration|[a-z]\w*(?:Implementation|Api|RuntimeOnly))$/.test(
    configuration,
  )
    ? "main"
    : undefined;
}

/** `x = "1"` in `ext`, `ext.x = "1"`, `ext["x"] = "1"`, `set("x", "1")`, `def x = "1"`, `val x by extra("1")`. */
function propertyIn({ path, text, strings }: GradleStatement): Readonly<Record<string, string>> {
  const value = strings.at(-1)?.text;
  if (value === undefined) return {};
  const [, named, keyed] =
    /^(?:(?:def|val|var|String|final\s+String)\s+)?(?:(?:project\.)?(?:ext|extra)\.)?([\w]+)\s*(?:=|by\s+extra\s*\()\s*["']|^(?:ext|extra)\s*\[\s*["']([^"']+)["']\s*\]\s*=\s*["']/.exec(
      text,
    ) ?? [];
  if (keyed !== undefined) return { [keyed]: value };
  if (named !== undefined && (path.length === 0 || path.at(-1) === "ext" || isShared(path))) return { [named]: value };
  const [key] = strings;
  return /^set\s*\(/.test(text) && key !== undefined && strings.length === 2 ? { [key.text]: value } : {};
}
