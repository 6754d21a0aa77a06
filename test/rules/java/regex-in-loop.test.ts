import assert from "node:assert/strict";
import { regexInLoop } from "../../../src/rules/java/regex-in-loop.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const loop = (body: string): string => `
//- src/Names.java
import java.util.List;

class Names {
    void all(List<String> names) {
        for (String name : names) {
${body}
        }
    }
}
`;

const fixed = (constant: string, body: string, name = "PATTERN"): string =>
  loop(body)
    .replace("import java.util.List;", "import java.util.List;\nimport java.util.regex.Pattern;")
    .replace("class Names {", `class Names {\n    private static final Pattern ${name} = Pattern.compile(${constant});\n`);

const mails = (behind: string, test: string): string => `
//- src/Mails.java
import java.util.List;

class Mails {
    static final String MAIL_FORMAT = "[a-z]+@[a-z]+";${behind}

    boolean all(List<String> names) {
        for (String name : names) {
            if (!${test}) return false;
        }
        return true;
    }
}
`;

const known = (body: string): string => `
//- src/Names.java
import java.util.List;
import java.util.regex.Pattern;

class Names {
    private static final Pattern SPACES = Pattern.compile(" +");

    void all(List<String> names) {
        for (String name : names) {
${body}
        }
    }
}
`;

/** Groups of imports that are sorted each, but not as a whole. */
const grouped = (imports: string, constant: string, body: string): string => `
//- src/Names.java
import org.acme.Name;
import org.slf4j.Logger;

import java.util.List;
${imports}import java.util.stream.Stream;

class Names {
${constant}    void all(List<String> names) {
        for (String name : names) {
${body}
        }
    }
}
`;

rule(regexInLoop, {
  reports: {
    "the lines of a file": `
//- src/Names.java
import java.io.BufferedReader;
class Names {
    void all(BufferedReader reader) throws Exception {
        String line;
        while ((line = reader.readLine()) != null) {
            System.out.println(line.replaceAll("\\s+", " "));
                                  //^^^^^^^^^^^^^^^^^^^^^^ 💡 String.replaceAll compiles its pattern once per element of reader
        }
    }
}
`,
    "matches of a string": loop(`            if (name.matches("[a-z]+\\\\d")) return;
                   //^^^^^^^^^^^^^^^^^^^^ 💡 String.matches compiles its pattern once per element of names
            System.out.println(name);`),
    "a pattern of a constant, and a remark in its line": mails(" // of both kinds", "name.matches(MAIL_FORMAT)").replace(
      "return false;\n",
      `return false;
                    //^^^^^^^^^^^^^^^^^^^^ 💡 String.matches compiles its pattern once per element of names\n`,
    ),
    "replaceAll with a pattern": loop(`            System.out.println(name.trim().replaceAll("\\\\s+", " "));
                                         //^^^^^^^^^^^^^^^^^^^^^^^ 💡 String.replaceAll compiles its pattern once per element of names`),
    "replaceAll of a plain text": loop(`            System.out.println(name.replaceAll("ae", "ä"));
                                  //^^^^^^^^^^^^^^^^^^^^^ 💡`),
    "one replaceAll behind another": loop(`            String plain = name.replaceAll("<b>", "").replaceAll("</b>", "");
                              //^^^^^^^^^^^^^^^^^^^^^ 💡
                                                    //^^^^^^^^^^^^^^^^^^^^^^ 💡
            System.out.println(plain);`),
    "split by more than one character": loop(`            String[] parts = name.split(", ");
                                //^^^^^^^^^^^ 💡 String.split compiles its pattern once per element of names`),
    "Pattern.matches and Pattern.compile": loop(`            boolean a = Pattern.matches("a+", name);
                              //^^^^^^^^^^^^^^^^^^^ 💡 Pattern.matches compiles its pattern once per element of names
            Pattern.compile("b+").matcher(name).find();
                  //^^^^^^^^^^^^^ 💡 Pattern.compile compiles its pattern once per element of names`),
    "a pattern that the class has already": known(`            System.out.println(name.trim().replaceAll(" +", " "));
                                         //^^^^^^^^^^^^^^^^^^^^^ 💡`),
    "a file with groups of imports": grouped(
      "",
      "",
      `            System.out.println(name.replaceAll("x+", "y"));
                                  //^^^^^^^^^^^^^^^^^^^^^ 💡`,
    ),
    "a pattern in a variable": known(
      `            final Pattern vowels = Pattern.compile("[aeiou]+");
                                         //^^^^^^^^^^^^^^^^^^^ 💡
            System.out.println(vowels.matcher(name).find());`,
    ),
    "in a stream": `
//- src/Names.java
class Names {
    List<String> all(List<String> names) {
        return names.stream().map(name -> name.replaceFirst("^x+", "")).toList();
                                             //^^^^^^^^^^^^^^^^^^^^^^^ 💡 String.replaceFirst compiles its pattern once per element of names
    }
}
`,
    "a pattern with a name": `
//- src/Names.java
import java.util.List;
class Names {
    private static final String WORD = "[a-z]" + "+";
    long all(List<String> names) { return names.stream().filter(name -> name.matches(WORD)).count(); }
                                                                           //^^^^^^^^^^^^^ 💡 String.matches compiles its pattern once per element of names
}
`,
    "a method for each element": `
//- src/Names.java
import java.util.List;
class Names {
    List<String> all(List<String> names) { return names.stream().map(this::clean).toList(); }
    private String clean(String name) { return name.replaceFirst("^0+", ""); }
                                                  //^^^^^^^^^^^^^^^^^^^^^^^ 💡 String.replaceFirst compiles its pattern once per element of names
}
`,
    "a chain of several lines": loop(`            System.out.println(
                name
                    .trim()
                    .replaceAll("\\\\s+", " ")
                   //^^^^^^^^^^^^^^^^^^^^^^^ 💡 String.replaceAll compiles its pattern once per element of names
                    .toLowerCase());`),
  },
  ignores: {
    "a method that is called once as well, and a name of what is given": `
//- src/Names.java
import java.util.List;
class Names {
    private static final String COMMA = ",";
    List<String> all(List<String> names) { return names.stream().map(this::clean).toList(); }
    String one(String name) { return clean(name); }
    private String clean(String name) { return name.replaceFirst("^0+", ""); }
    void by(List<String> names, String PATTERN) { for (String name : names) System.out.println(name.matches(PATTERN) + name.split(COMMA)[0]); }
}
`,
    // OHDSI/WebAPI
    "what an object holds": `
//- src/Names.java
class Order { private List<String> marks; List<String> getMarks() { return marks; } }
class Names {
    void all(Order order) {
        for (String mark : order.getMarks()) System.out.println(mark.replaceAll("["']", ""));
    }
}
`,
    "a list that is written down": `
//- src/Names.java
import java.util.List;
class Names {
    void all() {
        for (String mark : List.of("a b", "c d", "e f", "g h")) System.out.println(mark.replaceAll("\\s+", ""));
    }
}
`,
    // https://sonarsource.atlassian.net/browse/SONARJAVA-3088, https://sonarsource.atlassian.net/browse/SONARJAVA-3276
    "split by one character, which takes no pattern": loop(`            String[] a = name.split(",");
            String[] b = name.split("\\\\.");`),
    "a pattern compiled before, and methods of others with these names": loop(`            PATTERN.matcher(name).matches();
            paths.split("a b c");
            encoder.matches("secret", name);`),
    // Seen on pig, which asks Redis for each key.
    "a loop that waits for another machine at each round": `
//- src/Names.java
import java.util.List;
class Names {
    private final org.springframework.web.client.RestTemplate rest;
    void all(List<String> names) {
        for (String name : names) {
            String[] parts = name.split("::");
            send(parts[0]);
        }
    }
    private void send(String name) { rest.postForObject("/names", name, String.class); }
}
`,
    "once a call": `
//- src/Names.java
class Names {
    String clean(String name) {
        return name.replaceAll("\\\\s+", " ");
    }
}
`,
    // https://sonarsource.atlassian.net/browse/SONARJAVA-3379: constants of enums are made once.
    "start-up of a class": `
//- src/Names.java
class Names {
    static final List<Pattern> ALL = new ArrayList<>();
    static {
        for (String name : List.of("a", "b", "c", "d")) ALL.add(Pattern.compile("x+"));
    }
}
`,
    "replace takes no pattern": loop(`            System.out.println(name.replace("a+", "b"));`),
  },
  fixes: {
    "a chain of several lines": fixed(
      '"\\\\s+"',
      `            System.out.println(
                WHITESPACE.matcher(name.trim()).replaceAll(" ")
                    .toLowerCase());`,
      "WHITESPACE",
    ),
    "matches of a string": fixed(
      '"[a-z]+\\\\d"',
      `            if (PATTERN.matcher(name).matches()) return;
            System.out.println(name);`,
    ),
    "replaceAll with a pattern": fixed(
      '"\\\\s+"',
      `            System.out.println(WHITESPACE.matcher(name.trim()).replaceAll(" "));`,
      "WHITESPACE",
    ),
    "replaceAll of a plain text": loop(`            System.out.println(name.replace("ae", "ä"));`),
    "a file with groups of imports": grouped(
      "import java.util.regex.Pattern;\n",
      '    private static final Pattern PATTERN = Pattern.compile("x+");\n\n',
      `            System.out.println(PATTERN.matcher(name).replaceAll("y"));`,
    ),
    "a pattern that the class has already": known(`            System.out.println(SPACES.matcher(name.trim()).replaceAll(" "));`),
    "split by more than one character": fixed('", "', `            String[] parts = PATTERN.split(name);`),
    "a pattern of a constant, and a remark in its line": mails(
      " // of both kinds\n    private static final Pattern MAIL_FORMAT_PATTERN = Pattern.compile(MAIL_FORMAT);",
      "MAIL_FORMAT_PATTERN.matcher(name).matches()",
    ).replace("import java.util.List;", "import java.util.List;\nimport java.util.regex.Pattern;"),
    "a pattern in a variable": known(`            System.out.println(VOWELS.matcher(name).find());`).replace(
      '(" +");\n',
      '(" +");\n    private static final Pattern VOWELS = Pattern.compile("[aeiou]+");\n',
    ),
  },
});

describe("java/regex-in-loop, a chain of several lines", () => {
  for (const [name, chain] of [
    ["has a remark", 'name\n.trim() // of both sides\n.replaceAll("\\\\s+", " ")'],
    ["has a call of several lines", 'name\n.concat(\n"x")\n.replaceAll("\\\\s+", " ")'],
    ["would not fit into one", `name\n.replace("${"a".repeat(50)}", "b")\n.replace("${"c".repeat(50)}", "d")\n.replaceAll("\\\\s+", " ")`],
  ] as const)
    it(`stays as it is where it ${name}`, async () => {
      const workspace = new TestWorkspace([regexInLoop]);
      await workspace.put(parseFixture(loop(`            System.out.println(${chain});`)).files);
      const [finding] = workspace.findings();
      assert.ok(finding !== undefined);
      assert.deepEqual(
        finding.fixes.map((fix) => fix.edits({ text: (file) => workspace.texts.get(file) })),
        [undefined],
      );
    });
});
