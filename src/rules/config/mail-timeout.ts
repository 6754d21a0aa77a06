import { defineRule } from "../rule.ts";
import { decidesForApplication, isSetOutside, placeFor, setKeys } from "./application.ts";

export const mailTimeout = defineRule({
  id: "config/mail-timeout",
  title: "A mail server that does not answer is waited for without end",
  language: "config",
  certainty: "likely",
  cost: "one thread for as long as the mail server says nothing, without end",
  references: [
    "https://docs.spring.io/spring-boot/reference/io/email.html",
    "https://jakarta.ee/specifications/mail/2.1/apidocs/jakarta.mail/jakarta/mail/package-summary",
    "https://eclipse-ee4j.github.io/angus-mail/docs/api/org.eclipse.angus.mail/org/eclipse/angus/mail/smtp/package-summary.html",
  ],
  messages: { unset: "{{key}} is not set: sending a mail waits without end for the server" },
  toldOnce: ["unset"],

  check({ file, model, report }) {
    const { configuration } = model;
    if (!decidesForApplication(file, configuration) || !configuration.buildOf(file.file).has("spring-boot-starter-mail")) return;
    if (configuration.codeSettles("own-mail", file.file)) return;
    const given = configuration.everyValueBelow("spring.mail", file.file);
    if (!given.some(({ key }) => /\.host$/i.test(key)) || given.some(({ key }) => ENDS.test(key) || /\.jndi-?name$/i.test(key))) return;
    const protocol = given.some(({ key, value }) => /\.protocol$/i.test(key) && value.trim() === "smtps") ? "smtps" : "smtp";
    const below = `spring.mail.properties.mail.${protocol}`;
    if (isSetOutside(configuration, file.file, `${below}.timeout`)) return;
    const at = placeFor(`${below}.timeout`, file.config);
    const connects = given.some(({ key }) => CONNECTS.test(key)) ? {} : { [`${below}.connectiontimeout`]: REASONABLE_MS };
    const { edits } = setKeys(file.file, { ...connects, [`${below}.timeout`]: REASONABLE_MS });
    const title = `Wait for the mail server for ${REASONABLE_MS} ms at most`;
    if (at !== undefined)
      report({ at, message: "unset", data: { key: `mail.${protocol}.timeout` }, fixes: [{ title, safe: false, edits }] });
  },
});

/** The wait for an answer; for the connection and for what is written there are others. */
const ENDS = /\bmail\.smtps?\.timeout\]?$/i;
const CONNECTS = /\bmail\.smtps?\.connection-?timeout\]?$/i;
const REASONABLE_MS = "5000";
