import type { ConfigurationModel } from "./configurationModel.ts";

/** Artifacts that bring a servlet container, with which Spring Boot answers on threads even where WebFlux stands beside it. */
export const SERVLET_ARTIFACTS = [
  "spring-boot-starter-web",
  "spring-boot-starter-webmvc",
  "spring-boot-starter-jersey",
  "spring-boot-starter-data-rest",
  "spring-boot-starter-web-services",
  "spring-boot-starter-hateoas",
  "spring-webmvc",
];
const REACTIVE_ARTIFACTS = [
  "spring-boot-starter-webflux",
  "spring-webflux",
  "spring-cloud-starter-gateway",
  "spring-cloud-starter-gateway-server-webflux",
];

/** Containers under WebFlux that have many threads, of which one more or less blocked is no disaster. */
const POOLED_ARTIFACTS = ["spring-boot-starter-tomcat", "spring-boot-starter-jetty", "spring-boot-starter-undertow"];

/** Whether the application that a file belongs to answers on Netty's event loops: WebFlux, and no servlets beside it. */
export function answersOnEventLoops(configuration: ConfigurationModel, file: string): boolean {
  const build = configuration.buildOf(file);
  if (!build.has(...REACTIVE_ARTIFACTS) || build.has(...POOLED_ARTIFACTS)) return false;
  const type = configuration.value("spring.main.web-application-type", file)?.value.trim().toLowerCase();
  return type === undefined ? !build.has(...SERVLET_ARTIFACTS) : type === "reactive";
}
