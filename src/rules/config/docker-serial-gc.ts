import { isForDevelopment } from "../../model/deployment/containerFiles.ts";
import { defineRule } from "../rule.ts";
import { flagsOf, JVM_VARIABLE, javaLaunchOf } from "./javaLaunch.ts";

const SERVER_BYTES = 1792 * 1024 * 1024;

export const dockerSerialGc = defineRule({
  id: "config/docker-serial-gc",
  title: "The container's limit makes the JVM collect with one thread",
  language: "container",
  certainty: "likely",
  cost: "every collection stops all requests and uses one processor",
  references: [
    "https://docs.oracle.com/en/java/javase/21/gctuning/ergonomics.html",
    "https://github.com/openjdk/jdk/blob/jdk-21-ga/src/hotspot/share/runtime/os.cpp",
  ],
  messages: {
    memory: "{{service}} has less than 1792 MiB: its JVM chooses the serial collector",
    cpus: "{{service}} has one processor: its JVM chooses the serial collector",
  },
  toldOnce: ["memory", "cpus"],

  check({ file, model, report }) {
    if (!/^(?:compose|kubernetes)$/.test(file.container.kind) || isForDevelopment(file.file)) return;
    for (const service of model.deployment.containers()) {
      if (service.file !== file.file) continue;
      const image = service.dockerfile === undefined ? undefined : model.deployment.dockerfile(service.dockerfile);
      const launch = image === undefined ? undefined : javaLaunchOf(image, model.deployment);
      const isJava = launch !== undefined || Object.keys(service.environment).some((key) => JVM_VARIABLE.test(key));
      const flags = [launch?.flags ?? "", ...flagsOf(service, launch?.started)].join(" ");
      if (!isJava || /-XX:\+Use\w+GC|AlwaysActAsServerClassMachine/.test(flags)) continue;
      const { memory, cpus } = service;
      const data = { service: service.name };
      if (memory !== undefined && memory.amount < SERVER_BYTES) report({ at: memory.at, message: "memory", data });
      else if (cpus !== undefined && cpus.amount <= 1) report({ at: cpus.at, message: "cpus", data });
    }
  },
});
