import type { ConfigFile } from "../../facts/fileFacts.ts";
import type { ConfigurationValue } from "../../model/configuration/configurationModel.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import type { Model } from "../../model/model.ts";
import type { Span } from "../../text/positions.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { decidesForApplication, forProduction, isSetOutside, placeFor, setKey } from "./application.ts";
import { changeValues } from "./productionSettings.ts";

const INCLUDE = "management.endpoints.web.exposure.include";

export const metricsUnseen = defineRule({
  id: "config/metrics-unseen",
  title: "Measurements that are taken and cannot be fetched, or that are turned off",
  language: "config",
  certainty: "possible",
  cost: "nobody sees slow requests, or requests that wait for a connection",
  references: [
    "https://docs.spring.io/spring-boot/reference/actuator/endpoints.html#actuator.endpoints.exposing",
    "https://docs.spring.io/spring-boot/reference/actuator/metrics.html#actuator.metrics.export.prometheus",
    "https://docs.spring.io/spring-boot/reference/actuator/metrics.html#actuator.metrics.supported.jdbc",
  ],
  messages: {
    hidden: "Prometheus's registry is there, and {{key}} leaves its endpoint out",
    unset: "Prometheus's registry is there, and {{key}} is not set: health alone is exposed",
    everything: "{{key}} is *: anybody may ask for a heap dump, which stops all requests",
    pool: "{{key}} is false: nobody sees requests that wait for a connection",
  },
  toldOnce: ["unset"],
  toldOnceAlike: ["everything"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (!decidesForApplication(file, configuration)) return;
    const build = configuration.buildOf(file.file);
    if (!build.has("spring-boot-starter-actuator")) return;
    if (isSetOutside(configuration, file.file, INCLUDE)) return;
    for (const found of [hidden(model, file), everything(model, file.file), poolOff(model, file)]) {
      const at = found === undefined ? undefined : (found.at ?? placeFor(INCLUDE, file.config));
      if (found !== undefined && at !== undefined) report({ ...found, at });
    }
  },
});

interface Found {
  /** Undefined where nothing is written. */
  readonly at: Span | undefined;
  readonly message: "hidden" | "unset" | "everything" | "pool";
  readonly data: { readonly key: string };
  readonly fixes: readonly Fix[];
}

/** Another value in the place of the one that a key has; an item of a list is no list. */
function changeValue({ file, config }: ConfigFile, { start, end }: Span, value: string): readonly Fix[] {
  const properties = config.documents.flatMap((document) => document.properties);
  const written = properties.find(({ keySpan, key }) => keySpan.start === start && keySpan.end === end && !key.endsWith("]"));
  return written === undefined ? [] : changeValues(file, [[written, value]]);
}

const inFile = (value: ConfigurationValue | undefined, file: string): Span | undefined =>
  value?.at.file === file ? { start: value.at.start, end: value.at.end } : undefined;

/** What production exposes, wherever it is said. */
const exposed = ({ configuration }: Model, file: string): readonly ConfigurationValue[] =>
  forProduction(configuration.everyValueBelow("management.endpoints.web.exposure", file), configuration).filter(({ key }) =>
    /\.include(?:\[\d+\])?$/i.test(key),
  );

/** Whether somebody has turned the endpoint off, or what it would show: measurements may go elsewhere. */
function isOff({ configuration }: Model, file: string): boolean {
  const values = (prefix: string) => configuration.everyValueBelow(prefix, file);
  return (
    ["management.endpoint.prometheus", "management.prometheus.metrics.export", "management.metrics.export.prometheus"].some((prefix) =>
      values(prefix).some(({ key, value }) => /\.(?:enabled|access)$/i.test(key) && /^(?:false|none)$/i.test(value.trim())),
    ) || values("management.endpoints").some(({ key, value }) => /\.enabled-?by-?default$/i.test(key) && value.trim() === "false")
  );
}

/** Spring Boot exposes health alone where nobody says more; a key that the environment sets is none to judge. */
function hidden(model: Model, settings: ConfigFile): Found | undefined {
  const { configuration } = model;
  const { file } = settings;
  if (!configuration.buildOf(file).has("micrometer-registry-prometheus") || isOff(model, file)) return undefined;
  const values = exposed(model, file);
  if (values.length === 0)
    return { at: undefined, message: "unset", data: { key: INCLUDE }, fixes: [setKey(file, INCLUDE, "health,prometheus")] };
  if (values.some(({ value, known, overridable }) => !known || overridable || /prometheus|\*/.test(value))) return undefined;
  const [first] = values;
  const at = inFile(first, file);
  if (at === undefined || first === undefined || values.some((one) => one.at.file !== file || one.profile !== undefined)) return undefined;
  const list = values.map(({ value }) => value.trim()).join(",");
  return {
    at,
    message: "hidden",
    data: { key: INCLUDE },
    fixes: values.length === 1 ? changeValue(settings, at, `${list},prometheus`) : [],
  };
}

/** Spring Security, or a port of its own, keeps strangers out; since Spring Boot 3.5 nobody is given the dump unless a key says so. */
function everything(model: Model, file: string): Found | undefined {
  const { configuration } = model;
  const { boot } = configuration.buildOf(file);
  if (boot === undefined || versionAtLeast(boot, "3.5")) return undefined;
  if (
    configuration
      .buildOf(file)
      .has("spring-boot-starter-security", "spring-boot-starter-oauth2-resource-server", "keycloak-spring-boot-starter")
  )
    return undefined;
  if (configuration.everyValueBelow("management.server", file).some(({ key }) => /\.(?:port|address)$/i.test(key))) return undefined;
  const all = exposed(model, file).find(({ value }) => value.trim() === "*");
  const excluded = configuration.everyValueBelow("management.endpoints.web.exposure", file).some(({ key }) => /\.exclude/i.test(key));
  const at = inFile(all, file);
  return at === undefined || excluded ? undefined : { at, message: "everything", data: { key: INCLUDE }, fixes: [] };
}

function poolOff({ configuration }: Model, settings: ConfigFile): Found | undefined {
  const { file } = settings;
  const off = forProduction(configuration.everyValueBelow("management.metrics.enable", file), configuration).find(
    ({ key, value }) => /\.(?:hikaricp|hikari|jdbc)$/i.test(key) && value.trim() === "false",
  );
  const at = inFile(off, file);
  if (off === undefined || at === undefined) return undefined;
  return { at, message: "pool", data: { key: off.key }, fixes: off.profile === undefined ? changeValue(settings, at, "true") : [] };
}
