import type { DockerInstruction, DockerStage } from "../../facts/container/containerFacts.ts";
import type { ContainerFile } from "../../facts/fileFacts.ts";
import { INFRASTRUCTURE, imageName, isForDevelopment } from "../../model/deployment/containerFiles.ts";
import type { DeployedService, DeploymentModel } from "../../model/deployment/deploymentModel.ts";

/** The instruction of a Dockerfile's last stage that starts a Java application. */
export interface JavaLaunch {
  readonly instruction: DockerInstruction;
  readonly stage: DockerStage;
  /** All that reaches the JVM as far as files tell: the command, variables of the image, of compose services built from it. */
  readonly flags: string;
  /** A variable of the environment has a say: `java $JAVA_OPTS -jar app.jar`. */
  readonly open: boolean;
  readonly services: readonly DeployedService[];
  /** The instruction again, where nothing stands between it and the JVM. */
  readonly started: DockerInstruction | undefined;
  /** Variables that are set for a start script, where there is none: `JAVA_OPTS` beside `ENTRYPOINT ["java", "-jar", "app.jar"]`. */
  readonly unread: readonly string[];
}

const JAVA = /(?:^|[\s"'[/])java["',\s]/;
const JAR = /-jar\b|JarLauncher|\b-cp\b|-classpath|@argfile/;

/** How an image starts Java; undefined for other images and for those made for development. */
export function javaLaunchOf({ file, container }: ContainerFile, deployment: DeploymentModel): JavaLaunch | undefined {
  const stage = container.kind === "dockerfile" ? container.stages.at(-1) : undefined;
  if (stage === undefined || isForDevelopment(file) || INFRASTRUCTURE.test(imageName(stage.base))) return undefined;
  const instruction = stage.instructions.findLast(
    ({ keyword, value }) => (keyword === "ENTRYPOINT" || keyword === "CMD") && JAVA.test(`${value} `) && JAR.test(value),
  );
  if (instruction === undefined) return undefined;
  const services = deployment.services().filter(({ dockerfile }) => dockerfile === file);
  const valuesOf = (...keywords: readonly string[]) =>
    stage.instructions.filter(({ keyword }) => keywords.includes(keyword)).map(({ value }) => value);
  const set = valuesOf("ENV").map((value) => ({ key: /^\w+/.exec(value)?.[0] ?? "", value }));
  // An image that others have made may have a script that starts what CMD says.
  const started = instruction.keyword === "ENTRYPOINT" || PLAIN_IMAGE.test(stage.base) ? instruction : undefined;
  const isRead = ({ key }: { readonly key: string }) => started === undefined || !JVM_VARIABLE.test(key) || reaches(key, started.value);
  const flags = [
    ...set.filter(isRead).map(({ value }) => value),
    beforeJar(valuesOf("ENTRYPOINT", "CMD").join(" ")),
    ...services.flatMap((service) => flagsOf(service, started)),
  ];
  const given = [...set.map(({ key }) => key), ...services.flatMap(({ environment }) => Object.keys(environment))];
  return {
    instruction,
    stage,
    flags: flags.join(" "),
    open: /\$\{?\w*(?:OPTS|OPTIONS|ARGS|FLAGS)\b/i.test(instruction.value),
    services,
    started,
    unread: [...new Set(given.filter((key) => !isRead({ key })))],
  };
}

const PLAIN_IMAGE =
  /(?:^|\/)(?:eclipse-temurin|openjdk|amazoncorretto|ibm-semeru-runtimes|liberica-openj\w+|zulu-openjdk\w*|distroless\/java)/;

/** What the JVM reads by itself; all others are read by scripts, which hand them on. */
const reaches = (variable: string, command: string): boolean =>
  /^(?:JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$/.test(variable) || command.includes(variable);

/** What stands behind the jar is for the application: `java -jar app.jar -Xmx1g` sets no heap. */
const beforeJar = (command: string): string => command.replace(/(-jar["',\s]+[^"',\s]+\.(?:jar|war)\b).*$/s, "$1");

/** What a compose service itself hands to the JVM; `started` is what starts it, where that is known. */
export function flagsOf({ environment, command }: DeployedService, started: DockerInstruction | undefined): readonly string[] {
  const variables = Object.entries(environment).filter(
    ([key]) => JVM_VARIABLE.test(key) && (started === undefined || reaches(key, `${started.value} ${command}`)),
  );
  return [command, ...variables.map(([, value]) => value)];
}

export const JVM_VARIABLE = /^(?:JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|\w*JAVA_OPT\w*|JVM_\w+|_JAVA_OPTIONS|CATALINA_OPTS)$/;
