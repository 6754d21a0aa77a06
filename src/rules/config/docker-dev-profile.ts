import type { DockerInstruction } from "../../facts/container/containerFacts.ts";
import { isDevelopmentProfile } from "../../model/configuration/profiles.ts";
import { isForDevelopment } from "../../model/deployment/containerFiles.ts";
import { defineRule } from "../rule.ts";
import { containerSettings, keysOf } from "./containerSettings.ts";

export const dockerDevProfile = defineRule({
  id: "config/docker-dev-profile",
  title: "An image runs with a profile for development",
  language: "container",
  certainty: "likely",
  cost: "what the profile sets for development, such as logged statements, no caches of templates, another database",
  references: [
    "https://docs.spring.io/spring-boot/reference/features/profiles.html",
    "https://docs.spring.io/spring-boot/reference/using/devtools.html#using.devtools.property-defaults",
  ],
  messages: {
    image: "The image runs with profile {{profile}} wherever nobody says otherwise",
    default: "{{service}} runs with profile {{profile}} wherever nobody says otherwise",
    service: "{{service}} runs in production with profile {{profile}}",
  },

  check({ file, model, report }) {
    const { container } = file;
    if (isForDevelopment(file.file)) return;
    if (container.kind === "dockerfile") {
      for (const { keyword, value, valueSpan } of container.stages.at(-1)?.instructions ?? []) {
        if (keyword !== "ENV" && keyword !== "ENTRYPOINT" && keyword !== "CMD") continue;
        const found = profileIn(value) ?? defaultProfileIn(value, container.stages.at(-1)?.instructions ?? []);
        if (found !== undefined)
          report({
            at: { start: valueSpan.start + found.at, end: valueSpan.start + found.at + found.length },
            message: "image",
            data: { profile: found.profile },
          });
      }
      return;
    }
    for (const { setting, value, where, overridable } of containerSettings(file, model.configuration, PROFILES)) {
      const profile = developmentOnly(value);
      if (profile === undefined) continue;
      report({
        at: setting.at,
        message: overridable ? "default" : "service",
        data: { service: where.replace(/^for /, ""), profile },
        ...(overridable ? { certainty: "possible" } : {}),
      });
    }
  },
});

const PROFILES = keysOf(["spring.profiles.active"]);

function profileIn(text: string): { readonly profile: string; readonly at: number; readonly length: number } | undefined {
  const match = /(?:\bSPRING_PROFILES_ACTIVE|-Dspring\.profiles\.active|--spring\.profiles\.active)[=\s]\s*["']?([\w,-]+)/.exec(text);
  const profile = match === null ? undefined : developmentOnly(match[1] ?? "");
  return match === null || profile === undefined ? undefined : { profile, at: match.index, length: match[0].length };
}

/** `ENV SPRING_PROFILES_ACTIVE=$PROFILE` behind `ARG PROFILE=dev`. */
function defaultProfileIn(
  text: string,
  instructions: readonly DockerInstruction[],
): { readonly profile: string; readonly at: number; readonly length: number } | undefined {
  const match = /\bSPRING_PROFILES_ACTIVE[=\s]\s*["']?\$\{?(\w+)(?:\}|\b(?!:))/.exec(text);
  if (match === null) return undefined;
  const argument = instructions.find(({ keyword, value }) => keyword === "ARG" && value.startsWith(`${match[1]}=`));
  const profile = developmentOnly(argument?.value.slice((match[1]?.length ?? 0) + 1).replace(/["']/g, "") ?? "");
  return profile === undefined || profile === "" ? undefined : { profile, at: match.index, length: match[0].length };
}

function developmentOnly(profiles: string): string | undefined {
  const names = profiles.split(",").map((name) => name.trim());
  return names.every((name) => isDevelopmentProfile(name)) ? profiles : undefined;
}
