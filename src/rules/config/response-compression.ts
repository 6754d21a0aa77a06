import type { ConfigurationModel } from "../../model/configuration/configurationModel.ts";
import type { Endpoint } from "../../model/web/endpoint.ts";
import { defineRule } from "../rule.ts";
import { decidesForServletApplication, isSetOutside, placeFor, setKey } from "./application.ts";
import { changeVariable, takenBack } from "./containerSettings.ts";

const KEY = "server.compression.enabled";

export const responseCompression = defineRule({
  id: "config/response-compression",
  title: "Answers are sent uncompressed",
  language: ["config", "container"],
  certainty: "possible",
  severity: "information",
  cost: "JSON at five to ten times its compressed size",
  references: [
    "https://docs.spring.io/spring-boot/how-to/webserver.html#howto.webserver.enable-response-compression",
    "https://docs.spring.io/spring-boot/appendix/application-properties/index.html#application-properties.server.server.compression.enabled",
  ],
  messages: {
    off: "{{key}} is not set, and no proxy here compresses: {{endpoint}} answers in full size",
    takenBack: "{{key}} is false {{where}}, although the application switches it on",
  },
  toldOnce: ["off"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (file.language === "container") {
      for (const { given, said } of takenBack(file, configuration, KEY, true))
        report({
          at: given.setting.at,
          message: "takenBack",
          data: { key: given.setting.name, where: given.where },
          related: [{ at: said, message: "switched on here" }],
          fixes: changeVariable(given, "true"),
        });
      return;
    }
    if (!decidesForServletApplication(file, configuration)) return;
    const set = configuration.everyValue(KEY, file.file);
    // Whoever writes it down, true or false, has decided.
    if (set.length > 0 || isSetOutside(configuration, file.file, KEY) || model.deployment.hasCompressingProxy()) return;
    if (configuration.codeSettles("own-compression", file.file) || hasGateway(configuration)) return;
    const module = configuration.moduleOf(file.file);
    const modules = new Set([module, ...configuration.buildOf(file.file).dependsOn]);
    const answering = model.web
      .endpoints()
      .filter(({ file: at, returns }) => !NOTHING.test(returns) && modules.has(configuration.moduleOf(at)));
    const endpoint = telling(answering);
    const at = placeFor(KEY, file.config);
    if (endpoint === undefined || at === undefined) return;
    // Of many services side by side few answer to browsers.
    const isOneOfMany = configuration.applications().length > MANY_APPLICATIONS;
    report({
      at,
      message: "off",
      data: { key: KEY, endpoint: shortened(endpoint.label) },
      ...(isOneOfMany ? { severity: "hint" as const } : {}),
      fixes: [setKey(file.file, KEY, "true")],
    });
  },
});

/** Behind a gateway of the workspace answers go to it first: what browsers get, it compresses or nobody. */
const hasGateway = (configuration: ConfigurationModel): boolean =>
  configuration.modules().some((module) => configuration.buildOf(module === "" ? "_" : `${module}/_`).has(...GATEWAYS));
const GATEWAYS = [
  "spring-cloud-starter-gateway",
  "spring-cloud-starter-gateway-mvc",
  "spring-cloud-starter-gateway-server-webflux",
  "spring-cloud-starter-gateway-server-webmvc",
  "spring-cloud-starter-netflix-zuul",
];

const MANY_APPLICATIONS = 3;

/** Nothing, or bytes that are mostly compressed already: pictures, archives, documents. */
const NOTHING =
  /\b(?:[vV]oid|(?:InputStream|ByteArray|FileSystem|Url)?Resource|StreamingResponseBody|BufferedImage|InputStream)\b|\bbyte\b/;
const MANY = /\b(?:Collection|Flux|Iterable|List|Page|Set|Slice)\b|\[\]/;

/** The endpoint whose answer is most worth compressing, as far as it is declared. */
function telling(endpoints: readonly Endpoint[]): Endpoint | undefined {
  const reads = endpoints.filter(({ verb, forFew }) => verb === "GET" && !forFew);
  const isMany = ({ returns }: Endpoint): boolean => MANY.test(returns);
  return reads.find(isMany) ?? reads[0] ?? endpoints.find(isMany);
}

const MOST_CHARACTERS = 40;
const shortened = (label: string): string => (label.length > MOST_CHARACTERS ? `${label.slice(0, MOST_CHARACTERS - 1)}…` : label);
