import { readAllIntoMemory } from "../../../src/rules/java/read-all-into-memory.ts";
import { rule } from "../../harness/rule.ts";

const api = (body: string): string => `
//- src/Files2Api.java
@RestController
class Files2Api {
    @PostMapping("/files")
    byte[] file(MultipartFile upload, InputStream body, Path path) throws IOException {
${body}
    }
}
`;
const uploads = (size: string): string => `
//- src/main/resources/application.yml
spring.servlet.multipart.max-file-size: ${size}
`;

rule(readAllIntoMemory, {
  reports: {
    "a file at a request": api(`        return Files.readAllBytes(path);
             //^^^^^^^^^^^^^^^^^^^^^^^^ Files.readAllBytes holds the whole content in memory at each POST /files`),
    "the request itself": api(`        return body.readAllBytes();
             //^^^^^^^^^^^^^^^^^^^ InputStream.readAllBytes holds the whole content in memory at each POST /files`),
    "an upload that may be large": `${uploads("200MB")}${api(`        return upload.getBytes();
             //^^^^^^^^^^^^^^^^^ MultipartFile.getBytes holds the whole content in memory at each POST /files`)}`,
    "a stream that is copied into an array": api(`        return StreamUtils.copyToByteArray(body);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ StreamUtils.copyToByteArray holds the whole content in memory at each POST /files
`),
    "an object of S3": api(`        return store.getObjectAsBytes(request).asByteArray();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S3Client.getObjectAsBytes holds the whole content in memory at each POST /files
`).replace(
      "@RestController\nclass Files2Api {",
      "import software.amazon.awssdk.services.s3.S3Client;\n@RestController\nclass Files2Api {\n    private final S3Client store;",
    ),
  },
  ignores: {
    "an upload of at most 1 MiB, the default": api("        return upload.getBytes();"),
    "an upload that is bounded": `${uploads("5MB")}${api("        return upload.getBytes();")}`,
    "what lies on the class path": api(`        return getClass().getResourceAsStream("/logo.png").readAllBytes();`),
    "what lies on the class path, in a variable": api(`        try (InputStream in = getClass().getResourceAsStream("/logo.png")) {
            return in.readAllBytes();
        }`),
    "bytes of a string": api("        return path.toString().getBytes();"),
    "start-up": `
//- src/Start.java
class Start {
    @PostConstruct
    void load() throws IOException {
        Files.readAllBytes(Path.of("words.txt"));
    }
}
`,
  },
});
