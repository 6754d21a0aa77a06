import { canonicalKey } from "../../facts/config/configFacts.ts";
import type { ConfigFile } from "../../facts/fileFacts.ts";
import { isRepositoryOfSettings } from "../../facts/languages.ts";
import { type Builds, folderOf } from "./builds.ts";

/** Whether a configuration server hands a file out: its folder is called so, or lies in the server's own resources. */
export const isServed = ({ file }: ConfigFile, builds: Builds): boolean =>
  isRepositoryOfSettings(file) &&
  (NAMED.test(file) || Object.hasOwn(builds.dataOf(builds.moduleOf(file)).artifacts, "spring-cloud-config-server"));

const NAMED = /(?:^|\/)config(?:uration)?-repo(?:sitory)?\//;

/** What the server of a workspace has for a module, the settings for all applications first. */
export interface ServedSettings {
  readonly files: readonly ConfigFile[];
  /** A file has the application's name: then the repository is the one that it asks. */
  readonly isNamed: boolean;
}

const NOTHING: ServedSettings = { files: [], isNamed: false };

/** The served files that an application reads, by its name; of several repositories the nearest. */
export function servedTo(module: string, own: readonly ConfigFile[], served: readonly ConfigFile[]): ServedSettings {
  if (served.length === 0 || !own.some(asksServer)) return NOTHING;
  const most = Math.max(...served.map(({ file }) => sharedFolders(module, folderOf(file))));
  const near = served.filter(({ file }) => sharedFolders(module, folderOf(file)) === most);
  const name = nameIn(own);
  const named = name === undefined ? [] : near.flatMap((file) => ofApplication(file, name) ?? []);
  const shared = near.filter(({ config }) => config.kind === "application");
  return { files: [...shared, ...named], isNamed: named.length > 0 };
}

function asksServer({ config }: ConfigFile): boolean {
  return config.documents.some(({ properties }) =>
    properties.some(
      ({ key, value }) =>
        /^spring\.cloud\.config\.(?!server\b)/.test(canonicalKey(key)) ||
        (/^spring\.config\.import/.test(key) && value.includes("configserver:")),
    ),
  );
}

function nameIn(own: readonly ConfigFile[]): string | undefined {
  const found = own
    .filter(({ config }) => config.profile === undefined)
    .flatMap(({ config }) => config.documents.flatMap(({ onProfile, properties }) => (onProfile === undefined ? properties : [])))
    .find(({ key }) => canonicalKey(key) === "spring.application.name");
  return found === undefined || found.value.includes("${") ? undefined : found.value.trim();
}

/** `orders.yml` and `orders-prod.yml` of the application "orders", the latter for a profile. */
function ofApplication(file: ConfigFile, name: string): ConfigFile | undefined {
  if (file.config.kind !== "served") return undefined;
  const base = file.file.slice(file.file.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  if (base === name) return file;
  if (!base.startsWith(`${name}-`)) return undefined;
  return { ...file, config: { ...file.config, profile: base.slice(name.length + 1) } };
}

/** How many folders two paths of folders begin with alike. */
export function sharedFolders(a: string, b: string): number {
  const [x, y] = [a.split("/"), b.split("/")];
  let shared = 0;
  while (shared < x.length && x[shared] === y[shared]) shared++;
  return shared;
}

/** Who reads a served file: the module that speaks for all, and the profile that the file is for. */
export interface ServedReader {
  readonly module: string;
  readonly profile: string | undefined;
}

/** By served file: of several modules one with a database, where there is one. */
export function readersOf(reads: ReadonlyMap<string, ServedSettings>, builds: Builds): ReadonlyMap<string, ServedReader> {
  const readers = new Map<string, ServedReader>();
  const hasDatabase = (module: string): boolean =>
    Object.keys(builds.dataOf(module).artifacts).some((artifact) => /jpa|jdbc|hibernate|mybatis/.test(artifact));
  for (const [module, { files }] of [...reads].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const { file, config } of files) {
      const known = readers.get(file)?.module;
      if (known === undefined || (!hasDatabase(known) && hasDatabase(module))) readers.set(file, { module, profile: config.profile });
    }
  return readers;
}
