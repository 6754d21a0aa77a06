import { booleanOf } from "../../model/configuration/placeholders.ts";
import { defineRule } from "../rule.ts";
import { decidesForApplication, forProduction, isSetOutside, placeFor, setKey } from "./application.ts";

const KEY = "server.http2.enabled";
const LEAST_JAVA = 9;

export const http2 = defineRule({
  id: "config/http2",
  title: "An application with TLS of its own speaks HTTP/1.1 only",
  language: "config",
  certainty: "possible",
  cost: "a browser sends six requests at a time, and the headers uncompressed with each",
  references: [
    "https://docs.spring.io/spring-boot/how-to/webserver.html#howto.webserver.configure-http2",
    "https://docs.spring.io/spring-boot/appendix/application-properties/index.html#application-properties.server.server.http2.enabled",
  ],
  messages: { off: "{{key}} is not set: the application ends TLS itself and speaks HTTP/1.1" },
  toldOnce: ["off"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (!decidesForApplication(file, configuration)) return;
    if (configuration.everyValue(KEY, file.file).length > 0 || isSetOutside(configuration, file.file, KEY)) return;
    const ssl = forProduction(configuration.everyValueBelow("server.ssl", file.file), configuration);
    const secures = ssl.some(({ key, value }) => /\.(?:key-?store|certificate|bundle)$/i.test(key) && value.trim() !== "");
    const off = ssl.some(({ key, value }) => /\.enabled$/i.test(key) && booleanOf(value) !== true);
    if (!secures || off) return;
    // Java 8 has no ALPN, which the containers need for it.
    if ((configuration.buildOf(file.file).java ?? LEAST_JAVA) < LEAST_JAVA) return;
    const at = placeFor(KEY, file.config);
    if (at !== undefined) report({ at, message: "off", data: { key: KEY }, fixes: [setKey(file.file, KEY, "true")] });
  },
});
