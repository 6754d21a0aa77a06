import { defineRule } from "../rule.ts";
import { javaLaunchOf } from "./javaLaunch.ts";

export const dockerLayers = defineRule({
  id: "config/docker-layers",
  title: "The application and its libraries are one layer of the image",
  language: "container",
  certainty: "possible",
  cost: "each build uploads and each host downloads all libraries again, tens of MB for a change of a few KB",
  references: [
    "https://docs.spring.io/spring-boot/reference/packaging/container-images/efficient-images.html",
    "https://docs.spring.io/spring-boot/reference/packaging/class-data-sharing.html",
  ],
  messages: { one: "{{jar}} is copied as one layer: each build ships all libraries again" },
  toldOnce: ["one"],

  check({ file, model, report }) {
    const launch = javaLaunchOf(file, model.deployment);
    if (launch === undefined || file.container.kind !== "dockerfile") return;
    if (!/-jar\b/.test(launch.instruction.value)) return;
    const extracts = file.container.stages.some(({ instructions }) =>
      instructions.some(({ value }) => /jarmode|layertools|\bextract\b/.test(value)),
    );
    // The plugins of Maven and Gradle that build images make layers of their own.
    if (extracts || launch.stage.instructions.some(({ value }) => /BOOT-INF|\/dependencies\b|\/lib\/|[\s/]libs?\/?(?:\s|$)/.test(value)))
      return;
    const { configuration } = model;
    const builds = configuration.modules().map((module) => configuration.buildOf(module === "" ? "_" : `${module}/_`));
    // Jars of builds that put no libraries into them are small.
    if (builds.length > 0 && builds.every(({ boot, plugins }) => boot === undefined && !plugins.some((plugin) => FAT.test(plugin)))) return;
    for (const { keyword, value, valueSpan } of launch.stage.instructions) {
      if (keyword !== "COPY" && keyword !== "ADD") continue;
      const jar = /[^\s/"',]+\.jar\b/.exec(value)?.[0];
      if (jar === undefined) continue;
      report({ at: valueSpan, message: "one", data: { jar } });
      return;
    }
  },
});

const FAT = /spring-?boot|springframework\.boot|shade|shadow|assembly|quarkus|micronaut|application|onejar|ktor/;
