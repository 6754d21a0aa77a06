import type { ChartFacts } from "../../facts/container/containerFacts.ts";
import type { ContainerFile } from "../../facts/fileFacts.ts";
import { composedOwner, isForDevelopment, isForProduction, joined } from "../deployment/containerFiles.ts";
import { folderOf } from "./builds.ts";
import { type EnvironmentSetting, type Owner, settingsOf } from "./environment.ts";

/** Whether what a file gives to containers stands in several files. */
export const isLinked = (of: ContainerFile | undefined): boolean =>
  of !== undefined && (of.container.kind === "chart" || of.container.kind === "environment" || envFilesOf(of).length > 0);

/** What containers are given by files of variables that others name, and by charts of Helm; by the file of the place. */
export function linkedEnvironment(files: Iterable<ContainerFile>): ReadonlyMap<string, readonly EnvironmentSetting[]> {
  const all = [...files].filter(({ file }) => !isForDevelopment(file)).sort((a, b) => (a.file < b.file ? -1 : 1));
  const byFile = new Map<string, EnvironmentSetting[]>();
  for (const setting of [...named(all), ...charted(all)]) {
    const known = byFile.get(setting.at.file);
    if (known === undefined) byFile.set(setting.at.file, [setting]);
    else known.push(setting);
  }
  return byFile;
}

interface EnvFile {
  readonly path: string;
  readonly owner: Omit<Owner, "file">;
  /** What the one who names the file sets itself, which wins. */
  readonly own: ReadonlySet<string>;
}

function envFilesOf(of: ContainerFile): readonly EnvFile[] {
  const { container, file } = of;
  if (container.kind === "compose")
    return container.services.flatMap((service) => {
      const owner = composedOwner(of, service);
      const own = new Set(Object.keys(service.environment));
      return service.envFiles.map((path) => ({ path: joined(folderOf(file), path), owner, own }));
    });
  if (container.kind !== "kubernetes") return [];
  return container.configMaps.flatMap(({ name, variables, envFiles }) => {
    const owner = { production: isForProduction(of), image: undefined, names: [name] };
    const own = new Set(variables.map((variable) => variable.name));
    return envFiles.map((path) => ({ path: joined(folderOf(file), path), owner, own }));
  });
}

function* named(files: readonly ContainerFile[]): Generator<EnvironmentSetting> {
  const byPath = new Map(files.map((one) => [one.file, one.container]));
  for (const of of files)
    for (const { path, owner, own } of envFilesOf(of)) {
      const found = byPath.get(path);
      if (found?.kind !== "environment") continue;
      const { production, image, names } = owner;
      for (const variable of found.variables)
        if (!own.has(variable.name)) yield* settingsOf(variable, { file: path, production, image, names });
    }
}

interface ChartFile {
  readonly file: string;
  readonly chart: ChartFacts;
}

/** What templates give: a value as it is written, one that the chart's values have and no other values of it deny, or an unknown one. */
function* charted(files: readonly ContainerFile[]): Generator<EnvironmentSetting> {
  const charts = files.flatMap(({ file, container }): readonly ChartFile[] =>
    container.kind === "chart" ? [{ file, chart: container }] : [],
  );
  for (const { file, chart } of charts) {
    const isTemplate = TEMPLATES.test(file);
    const folder = isTemplate ? file.replace(TEMPLATES, "") : folderOf(file);
    const names = [folder.slice(folder.lastIndexOf("/") + 1)];
    for (const { name, value, path, at } of chart.variables) {
      const found = path === undefined ? undefined : valueIn(charts, folder, path);
      const place = found ?? { file, at, text: value ?? UNKNOWN };
      yield* settingsOf({ name, value: place.text, at: place.at }, { file: place.file, production: true, image: undefined, names });
    }
  }
}

/** What a program fills in. */
const UNKNOWN = "{{ … }}";
const TEMPLATES = /(?:^|\/)templates\/.*$/;

/** The one value of a path for a chart: of several that differ, as in charts around it and in values for stages, none. */
function valueIn(charts: readonly ChartFile[], folder: string, path: string) {
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  const others = new Set(charts.flatMap(({ file }) => (TEMPLATES.test(file) ? file.replace(TEMPLATES, "") : [])));
  const found = charts.flatMap(({ file, chart }) => {
    const own = folderOf(file);
    const isOwn = own === folder;
    const isOfAnother = !isOwn && others.has(own) && !path.startsWith("global.");
    const wanted = [...(isOfAnother ? [] : [path]), `${name}.${path}`];
    return chart.values.filter((value) => wanted.includes(value.path)).map(({ text, at }) => ({ file, text, at, isOwn }));
  });
  const first = found.find(({ isOwn }) => isOwn);
  return first === undefined || found.some(({ text }) => text !== first.text) ? undefined : first;
}
