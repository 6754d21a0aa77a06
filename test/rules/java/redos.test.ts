import { redos } from "../../../src/rules/java/redos.ts";
import { rule } from "../../harness/rule.ts";

const build = (java: string): string => `
//- pom.xml
<project>
  <artifactId>shop</artifactId>
  <properties><java.version>${java}</java.version></properties>
</project>
`;

const controller = (body: string): string => `
//- src/main/java/shop/Search.java
package shop;
import java.util.regex.*;
@RestController
class Search {
${body}
}
`;

rule(redos, {
  reports: {
    "an optional group with a repetition in it, on a parameter": `${build("21")}${controller(`
  private static final Pattern MAIL = Pattern.compile("^(([a-z]+\\\\.?)+@)?shop$");
                                                    //^^^^^^^^^^^^^^^^^^^^^^^^^ ([a-z]+\\.?)+ splits the same text in many ways: each character doubles the time of a match
  @GetMapping("/mail") boolean isMail(@RequestParam String text) {
    return MAIL.matcher(text).matches();
              //~~~~~~~~~~~~~ the pattern is applied here
  }`)}`,
    "a text that is matched as a whole, in a helper": `${build("21")}${controller(`
  @GetMapping("/code") boolean isCode(@RequestParam String text) { return check(text.trim()); }
  private boolean check(String text) { return text.matches("((\\\\d+)*-)?x"); }
                                                         //^^^^^^^^^^^^^^ (\\d+)* splits the same text in many ways: each character doubles the time of a match`)}`,
    "a constraint on what comes in": `
//- src/main/java/shop/Order.java
package shop;
import jakarta.validation.constraints.Pattern;
record Order(@Pattern(regexp = "(?:([A-Z]+[0-9]*)+-)*X") String code) { }
                             //^^^^^^^^^^^^^^^^^^^^^^^^ ([A-Z]+[0-9]*)+ splits the same text in many ways: each character doubles the time of a match
`,
    "any such repetition with Java 8": `${build("1.8")}${controller(`
  @GetMapping("/code") boolean isCode(@RequestParam String text) { return text.matches("(a+)+b"); }
                                                                                     //^^^^^^^^`)}`,
    "a text that stands in a field, with Java 8": `${build("1.8")}${controller(`
  private final String code = "([a-z0-9]+[_]?)*@shop";
                            //^^^^^^^^^^^^^^^^^^^^^^^ ([a-z0-9]+[_]?)* splits the same text in many ways: each character doubles the time of a match
  @GetMapping("/code") boolean isCode(@RequestParam String text) { return text.matches(code); }`)}`,
  },
  ignores: {
    "a local of the name of a field": `${build("1.8")}${controller(`
  private final String code = "([a-z0-9]+[_]?)*@shop";
  @GetMapping("/code") boolean isCode(@RequestParam String text) { String code = "[a-z]+"; return text.matches(code); }`)}`,
    "what Java remembers since 9": `${build("17")}${controller(`
  @GetMapping("/code") boolean isCode(@RequestParam String text) { return text.matches("(a+)+b") || text.matches("^([\\\\w-]+\\\\.?)+@x$"); }`)}`,
    "possessive repetitions and atomic groups": `${build("21")}${controller(`
  @GetMapping("/code") boolean isCode(@RequestParam String text) {
    return text.matches("((a++)+b)?c") || text.matches("((a+)++b)?c") || text.matches("((?>(a+)+)b)?c");
  }`)}`,
    "separators that the runs do not have, and nothing that fails": `${build("21")}${controller(`
  @GetMapping("/code") String clean(@RequestParam String text) {
    return text.matches("(?:[a-z]+(?:-[a-z]+)*@)?x") ? text : text.replaceAll("((a+)+)?", "");
  }`)}`,
    "fixed texts, and what no request reaches": `${build("21")}${controller(`
  @GetMapping("/code") boolean fixed() { return Pattern.matches("((a+)+b)?c", "aab") && "x".matches("((a+)+b)?c"); }
  boolean unused(String text) { return text.matches("((a+)+b)?c"); }`)}`,
  },
});
