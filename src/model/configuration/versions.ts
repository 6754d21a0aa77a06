/** Whether a version is `bound` or newer: "3.10.1" is at least "3.2". Qualifiers such as "-SNAPSHOT" and ".Final" do not count. */
export function versionAtLeast(version: string, bound: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(bound)];
  for (let i = 0; i < b.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] as number);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

const numbersOf = (version: string): readonly number[] => (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? "0").split(".").map(Number);

/** What Spring Boot brings along where a project says nothing. */
export interface ManagedVersions {
  readonly hibernate: string;
  /** Of Spring Data JPA and Commons. */
  readonly springData: string;
}

/**
 * `hibernate.version` and `spring-data-bom.version` of `spring-boot-dependencies` on Maven Central, each line from the patch
 * release in which it begins to hold; with their own patch release where a rule minds it.
 */
const MANAGED: readonly (readonly [boot: string, versions: ManagedVersions])[] = [
  ["4.1.0", { hibernate: "7.4", springData: "4.1" }],
  ["4.0.2", { hibernate: "7.2.1", springData: "4.0" }],
  ["4.0.1", { hibernate: "7.2", springData: "4.0" }],
  ["4.0.0", { hibernate: "7.1", springData: "4.0" }],
  ["3.5.10", { hibernate: "6.6.41", springData: "3.5" }],
  ["3.5.0", { hibernate: "6.6", springData: "3.5" }],
  ["3.4.0", { hibernate: "6.6", springData: "3.4" }],
  ["3.3.0", { hibernate: "6.5", springData: "3.3" }],
  ["3.2.1", { hibernate: "6.4", springData: "3.2" }],
  ["3.2.0", { hibernate: "6.3", springData: "3.2" }],
  ["3.1.0", { hibernate: "6.2", springData: "3.1" }],
  ["3.0.0", { hibernate: "6.1", springData: "3.0" }],
  ["2.7.0", { hibernate: "5.6", springData: "2.7" }],
];

/** What a version of Spring Boot manages; undefined for versions older than 2.7 and lines newer than those known. */
export function managedBy(boot: string): ManagedVersions | undefined {
  return versionAtLeast(boot, "4.2") ? undefined : MANAGED.find(([from]) => versionAtLeast(boot, from))?.[1];
}
