import { canonicalKey } from "../../facts/config/configFacts.ts";
import type { ContainerFile } from "../../facts/fileFacts.ts";
import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import { type EnvironmentSetting, squeezed } from "../../model/configuration/environment.ts";
import { booleanOf } from "../../model/configuration/placeholders.ts";
import { INFRASTRUCTURE } from "../../model/deployment/containerFiles.ts";
import { replace } from "../../text/edits.ts";
import type { Place } from "../../text/positions.ts";
import type { Fix } from "../finding.ts";

/** What a file of containers gives to an application of Spring Boot in production. */
export interface ContainerSetting {
  readonly setting: EnvironmentSetting;
  /** The canonical key that its name stands for. */
  readonly key: string;
  readonly value: string;
  /** Whoever starts the containers may say otherwise: `${SHOW_SQL:-true}`. */
  readonly overridable: boolean;
  /** "in the image", "for orders". */
  readonly where: string;
  /** A path in the module of the application; undefined where nobody knows whose it is. */
  readonly near: string | undefined;
}

/** What a file sets of some keys for production, where its value is known; `keyOf` has the key that a setting stands for. */
export function* containerSettings(
  file: ContainerFile,
  configuration: ConfigurationModel,
  keyOf: (setting: EnvironmentSetting) => string | undefined,
): Generator<ContainerSetting> {
  for (const setting of configuration.environmentIn(file.file)) {
    const key = setting.production && !setting.names.some((name) => INFRASTRUCTURE.test(name)) ? keyOf(setting) : undefined;
    const given = key === undefined ? undefined : givenValue(setting.value);
    if (key === undefined || given === undefined) continue;
    const near = pathIn(moduleOf(setting, configuration));
    // The values of a chart are what holds until an installation has others.
    const overridable = given.overridable || /(?:^|\/)values\.ya?ml$/.test(setting.at.file);
    const [name] = setting.names;
    const where = name === undefined ? "in the image" : `for ${name}`;
    if (name === undefined && isReplaced(setting, near ?? file.file, configuration)) continue;
    yield { setting, key, value: given.value, overridable, where, near };
  }
}

/** A switch that a container sets against what the application's own files say of it for all profiles. */
export interface TakenBack {
  readonly given: ContainerSetting;
  /** Where the files say it. */
  readonly said: Place;
}

/** The switches of one key that containers of production turn to the other side than the files' `wanted`. */
export function* takenBack(file: ContainerFile, configuration: ConfigurationModel, key: string, wanted: boolean): Generator<TakenBack> {
  for (const given of containerSettings(file, configuration, keysOf([key]))) {
    const { near, value } = given;
    if (near === undefined || booleanOf(value) !== !wanted) continue;
    const said = configuration.everyValue(key, near).findLast(({ profile }) => profile === undefined);
    if (said?.known === true && !said.overridable && booleanOf(said.value) === wanted) yield { given, said: said.at };
  }
}

/** The keys of a setting by their letters and digits: the environment knows no dashes. */
export function keysOf(keys: Iterable<string>): (setting: EnvironmentSetting) => string | undefined {
  const bySqueezed = new Map([...keys].map((key) => [squeezed(key), key]));
  return ({ squeezed: name }) => bySqueezed.get(name);
}

/** The key as it is written, or as the environment writes loggers: `LOGGING_LEVEL_ORG_HIBERNATE`. */
export const dottedKey = ({ name, isVariable }: EnvironmentSetting): string =>
  isVariable && !name.includes(".") ? name.toLowerCase().replace(/_/g, ".") : canonicalKey(name);

/** A value without what is filled in later; the default of a variable counts. */
function givenValue(written: string): { readonly value: string; readonly overridable: boolean } | undefined {
  const [, fallback] = /^\$\{\w+:?-([^${}]*)\}$/.exec(written.trim()) ?? [];
  const value = fallback ?? written.trim();
  return value === "" || /[$`]|\{\{|<%|%\{/.test(value) ? undefined : { value, overridable: fallback !== undefined };
}

/** The module that runs with a setting: what an image is built of, what is called so, or the only application there is. */
function moduleOf(setting: EnvironmentSetting, configuration: ConfigurationModel): string | undefined {
  const named = configuration.moduleRunning(setting);
  if (named !== undefined) return named;
  const applications = configuration.applications();
  return applications.length === 1 ? applications[0] : undefined;
}

const pathIn = (module: string | undefined): string | undefined => (module === undefined ? undefined : pathOf(module));

/** A path in a module, whatever stands there. */
export const pathOf = (module: string): string => (module === "" ? "_" : `${module}/_`);

/** Whether those who start an image give it another value. */
const isReplaced = (setting: EnvironmentSetting, near: string, configuration: ConfigurationModel): boolean =>
  configuration
    .inEnvironment(setting.name, near)
    .some(({ names, production, value }) => names.length > 0 && production && value !== setting.value);

/** Another value in the place of a variable's. Never safe: what it changes shows at run time. */
export function changeVariable({ setting }: ContainerSetting, value: string): readonly Fix[] {
  const { name, at, isVariable, value: old } = setting;
  if (!isVariable || old === "") return [];
  return [
    {
      title: `Set ${name} to ${value}`,
      safe: false,
      edits: (sources) => {
        const rest = sources.text(at.file)?.slice(at.start) ?? "";
        // Of a chart's value the place is the value itself.
        const found = new RegExp(
          `^(?:["']?${escaped(name)}["']?(?:\\s*[:=]\\s*|[ \\t]+|\\s*\\r?\\n\\s*value:\\s*))?["']?(?=${escaped(old)}["']?(?:\\s|$|[,}\\]"']))`,
        ).exec(rest);
        if (found === null) return undefined;
        const start = at.start + found[0].length;
        return [{ kind: "change", file: at.file, edits: [replace({ start, end: start + old.length }, value)] }];
      },
    },
  ];
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
