import type { ComposeService } from "../../facts/container/containerFacts.ts";
import type { ContainerFile } from "../../facts/fileFacts.ts";

/** `Dockerfile.dev`, `docker/dev/Dockerfile`, `compose.override.yml`, `.devcontainer`. */
export function isForDevelopment(file: string): boolean {
  return /(?:^|[/._-])(?:dev|devcontainer|local|debug|test|tests|ci|override|example|examples)(?:[/._-]|$)/i.test(file);
}

/** Whether what a file starts is production, as far as names tell: a plain `compose.yml` is what people start on their own machines. */
export function isForProduction({ file, container }: ContainerFile): boolean {
  return !isForDevelopment(file) && (container.kind !== "compose" || PRODUCTION.test(file));
}

const PRODUCTION = /(?:^|[/._-])(?:prod|production|live)(?:[/._-]|$)/i;

/** Workspace path of the Dockerfile that a service of a compose file is built from. */
export function dockerfileOf(file: string, { build }: ComposeService): string | undefined {
  if (build === undefined || /[$:]/.test(build.context)) return undefined;
  return joined(folderOf(file), `${build.context}/${build.dockerfile}`);
}

/** Who a service of a compose file is: the folder of its image, where it is built here, and its names. */
export function composedOwner(of: ContainerFile, service: ComposeService) {
  const dockerfile = dockerfileOf(of.file, service);
  const image = dockerfile === undefined ? undefined : folderOf(dockerfile);
  return { production: isForProduction(of), image, names: [service.name, imageName(service.image ?? "")] };
}

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf("/")));

/** A path that is written relative to a folder of the workspace. */
export function joined(folder: string, relative: string): string {
  const parts = folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.filter((part) => part !== "").join("/");
}

/** "shop" of "images.example.com/team/shop:1.2". */
export const imageName = (image: string): string => image.replace(/[@:][^/]*$/, "").replace(/^.*\//, "");

/** Names of images that no application of the workspace is. */
export const INFRASTRUCTURE =
  /postgres|postgis|timescale|mysql|mariadb|mongo|redis|memcached|rabbit|kafka|zookeeper|elasticsearch|kibana|logstash|nginx|traefik|envoy|prometheus|grafana|loki|zipkin|jaeger|keycloak|vault|consul|adminer|pgadmin|mailhog|minio|busybox|localstack|dynamodb|elasticmq|wiremock|opensearch|cassandra|neo4j|solr|activemq|artemis/;
