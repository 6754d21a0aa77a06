/** Build files for fixtures of the configuration rules. */
export const pom = (...starters: readonly string[]): string => buildOf("shop", "pom.xml", starters);

/** The same of an application in a folder, whose name it has. */
export const pomIn = (folder: string, ...starters: readonly string[]): string => buildOf(folder, `${folder}/pom.xml`, starters);

const buildOf = (name: string, file: string, starters: readonly string[]): string => `//- ${file}
<project>
  <artifactId>${name}</artifactId>
  <parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.6</version></parent>
  <dependencies>
${starters.map((starter) => `    <dependency><groupId>org.springframework.boot</groupId><artifactId>${starter}</artifactId></dependency>`).join("\n")}
  </dependencies>
  <build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>
</project>
`;

export const webAndJpa = pom("spring-boot-starter-web", "spring-boot-starter-data-jpa");

/** A workload of Kubernetes up to the fields of its only container. */
export const WORKLOAD = `//- k8s/shop.yaml
kind: Deployment
metadata: { name: shop }
spec:
  template:
    spec:
      containers:
        - name: shop`;
