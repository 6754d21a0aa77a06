import type { Language } from "./fileFacts.ts";

/** The language of a file by its name, or undefined for files that nothing is read from. */
export function languageOf(file: string): Language | undefined {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (name.endsWith(".java")) return "java";
  if (name.endsWith(".dart")) return "dart";
  if (name.endsWith(".sql")) return "sql";
  if (/^(application|bootstrap)([-.].*)?\.(ya?ml|properties)$/.test(name)) return SERVED.test(file) ? undefined : "config";
  if (isRepositoryOfSettings(file)) return "config";
  if (name.endsWith(".sql.conf") || name === "flyway.conf") return "config";
  if (/^performance\.ya?ml$/.test(name)) return "project";
  if (
    /^(pom\.xml|build\.gradle(\.kts)?|settings\.gradle(\.kts)?|libs\.versions\.toml|gradle\.properties|pubspec\.yaml|go\.mod|\.gitmodules)$/.test(
      name,
    )
  )
    return "build";
  if (isContainer(file, name)) return "container";
  if (name.endsWith(".xml") && (/(?:Mapper|Dao|DAO)\.xml$|^mybatis[\w-]*\.xml$/.test(name) || MAPPER_FOLDER.test(file))) return "mapper";
  if (/\.(?:xml|ya?ml|json)$/.test(name) && isChangelog(file, name)) return "sql";
  if (isManifest(file) || isChartTemplate(file) || isChartValues(file)) return "container";
  return undefined;
}

/** Folders of resources that a browser gets, or that pages are made of: Spring Boot reads no settings there. */
const SERVED = /(?:^|\/)resources\/(?:static|public|templates|META-INF\/resources)\//;

/**
 * Change logs of Liquibase say so in their name or in that of a folder, or they are what resources have for migrations in such a form:
 * `migrations.xml` and `migrations.1.2.0.xml` are Dropwizard's, `db-master.xml` includes what lies in `db`.
 */
function isChangelog(file: string, name: string): boolean {
  return (
    /change-?log|changeset|liquibase/i.test(name) ||
    /(?:^|\/)resources\/(?:[\w.-]+\/)*(?:(?:[\w-]+-)?(?:db-?)?migrations?(?:-[\w-]+)?\/(?:[^/]+\/)*[^/]+|db\/(?:[^/]+\/)*[^/]+|(?:[\w.-]+-)?(?:db-?)?master|migrations(?:\.[\w.-]+)?)\.(?:xml|ya?ml)$/i.test(
      file,
    ) ||
    /(?:^|\/)(?:[\w.-]*change-?(?:logs?|sets?)|liquibase|db\/(?:[\w.-]+\/)*migrations?)\/(?:[^/]+\/)*[^/]+$/i.test(file)
  );
}

const MAPPER_FOLDER = /(?:^|\/)(?:mappers?|mybatis|sqlmaps?|dao|[\w-]*mapper)\/(?:[^/]+\/)*[^/]+\.xml$/i;

function isContainer(file: string, name: string): boolean {
  if (/^(?:[\w.-]+\.)?[Dd]ockerfile(?:[-.][\w.-]+)?$/.test(name) && !/\.(?:js|md|txt|dockerignore)$/.test(name)) return true;
  if (isEnvironmentFile(name) || /^kustomization\.ya?ml$/i.test(name)) return true;
  if (/^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(name)) return true;
  return (
    /\.conf(?:\.template)?$/.test(name) && (/nginx/i.test(name) || /(?:^|\/)(?:nginx|conf\.d|sites-(?:available|enabled))\//i.test(file))
  );
}

/** A manifest of Kubernetes: told by its name, or by a folder that holds nothing else. Templates of Helm are programs. */
export function isManifest(file: string): boolean {
  return (
    file.endsWith("ml") &&
    /(?:(?:^|\/)(?:(?:[\w.-]+[-_.])?(?:k8s|kubernetes|kube|manifests)(?:[-_.][\w.-]+)?)\/(?:[^/]+\/)*[^/]+|(?:^|[/_.-])(?:deployment|statefulset|hpa|autoscal\w*|config-?map))\.ya?ml$/i.test(
      file,
    ) &&
    !/(?:^|\/)(?:templates|compose[^/]*|docker-compose[^/]*)(?:\/|$)/i.test(file)
  );
}

/** `.env`, `.env.prod`, `shop.env`. */
export const isEnvironmentFile = (file: string): boolean => /(?:^|\/)(?:\.env(?:\.[\w-]+)?|[\w.-]+\.env)$/.test(file);

/** A template of Helm, as far as a path tells: a folder of pages has no YAML, and lies among the sources. */
export const isChartTemplate = (file: string): boolean =>
  /(?:^|\/)templates\/(?:[^/]+\/)*[^/]+\.ya?ml$/.test(file) && !OF_SOURCES.test(file);

/** The values of a chart: `values.yaml`, `values-prod.yaml`. */
export const isChartValues = (file: string): boolean => /(?:^|\/)values[\w.-]*\.ya?ml$/.test(file) && !OF_SOURCES.test(file);

const OF_SOURCES = /(?:^|\/)(?:src|resources|\.github)\//;

/**
 * Settings that a server of Spring Cloud hands out: `config-repo/orders.yml`, and `config-server/src/main/resources/shared/orders.yml`,
 * where the model asks whether it is one.
 */
export const isRepositoryOfSettings = (file: string): boolean =>
  /(?:(?:^|\/)config(?:uration)?-repo(?:sitory)?|(?:^|\/)[\w-]*config[\w-]*\/src\/main\/resources\/(?:shared|configs?|configurations?|config-repo|properties))\/(?:[\w-]+\/)?[\w-]+\.(?:ya?ml|properties)$/.test(
    file,
  );
