import { versionAtLeast } from "../../model/configuration/versions.ts";
import { defineRule } from "../rule.ts";
import { javaLaunchOf } from "./javaLaunch.ts";

export const dockerStartup = defineRule({
  id: "config/docker-startup",
  title: "Each start of the container reads and links all classes anew",
  language: "container",
  certainty: "possible",
  cost: "seconds and processor time at each start, so at each deployment and whenever instances are added",
  references: [
    "https://docs.spring.io/spring-boot/reference/packaging/class-data-sharing.html",
    "https://docs.spring.io/spring-boot/how-to/class-data-sharing.html",
    "https://openjdk.org/jeps/483",
  ],
  messages: { cold: "{{command}} starts Spring Boot {{boot}} without an archive of its classes" },
  toldOnce: ["cold"],

  check({ file, model, report }) {
    const launch = javaLaunchOf(file, model.deployment);
    if (launch === undefined || file.container.kind !== "dockerfile") return;
    const { boot, plugins } = model.configuration.buildOf(file.file);
    // Older ones cannot lay their libraries out for it by themselves.
    if (boot === undefined || !versionAtLeast(boot, "3.3") || plugins.some((plugin) => /native/.test(plugin))) return;
    const texts = file.container.stages.flatMap(({ instructions }) => instructions.map(({ value }) => value));
    if ([launch.flags, ...texts].some((text) => ARCHIVES.test(text))) return;
    report({ at: launch.instruction.keywordSpan, message: "cold", data: { command: launch.instruction.keyword, boot } });
  },
});

const ARCHIVES = /SharedArchiveFile|ArchiveClassesAtExit|AutoCreateSharedArchive|AOTCache|AOTMode|-Xshare|CRaC|-XX:Checkpoint/;
