import assert from "node:assert/strict";
import { stringConcatInLoop } from "../../../src/rules/java/string-concat-in-loop.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const method = (body: string): string => `
//- src/Text.java
class Text {
    String join(List<String> names, BufferedReader reader) {
${body}
    }
}
`;

rule(stringConcatInLoop, {
  reports: {
    "+= in a loop": method(`        String text = "names: ";
        for (String name : names) {
            text += name + ", ";
          //^^^^^^^^^^^^^^^^^^^ 💡 text is copied as a whole in each round of the loop
        }
        return text;`),
    "a sum of several lines": method(`        String text = "";
        for (String name : names) {
            text +=
          //^^^^^^^ 💡
                "<" + name
                    + ">";
        }
        return text;`),
    "a string that is only asked whether it is empty": method(`        String text = "";
        for (String name : names) {
            if (StringUtils.isNotBlank(text)) text += ", ";
                                            //^^^^^^^^^^^^
            text += name;
        }
        return text;`),
    "what is joined with a text": method(`        String text = "";
        for (String name : names) text += name;
                                //^^^^^^^^^^^^ 💡
        return "all: " + text;`),
    "what a log line is told": method(`        String text = "";
        for (String name : names) text += name;
                                //^^^^^^^^^^^^ 💡
        log.info("all: {}", text);
        return text;`),
    "a sum with itself while there are lines": method(`        String text = "";
        while (reader.ready()) {
            text = text + reader.readLine();
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ text is copied as a whole in each round of the loop
        }
        return text;`),
    "several places of one string are one finding": method(`        String text = "";
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) text += ",";
                     //^^^^^^^^^^^ 💡
            text += "<" + i + 1 + ">";
        }
        return text.trim() + text.length();`),
    "a stream that is reduced by +": method(`        return names.stream().map(String::trim).reduce("", (all, name) -> all + name + ",");
                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ reduce copies the whole string for each element of names`),
    "a stream that is reduced by concat": method(`        return names.stream().reduce("", String::concat);
                            //^^^^^^^^^^^^^^^^^^^^^^^^^^ reduce copies the whole string for each element of names`),
  },
  ignores: {
    "what is reduced to a number, or is written down":
      method(`        int total = names.stream().map(String::length).reduce(0, (sum, one) -> sum + one);
        String longest = names.stream().reduce("", (a, b) -> a.length() > b.length() ? a : b);
        return List.of("a", "b").stream().reduce("", (a, b) -> a + b) + names.stream().limit(3).reduce("", String::concat);`),
    "the marks of one order": `
//- src/Order.java
import java.util.List;
class Order {
    private List<String> marks;
    List<String> getMarks() { return marks; }
}
//- src/Labels.java
class Labels {
    String of(Order order) {
        String text = "";
        for (String mark : order.getMarks()) text += mark;
        return text;
    }
}
`,
    "what each round needs as it is by then": method(`        String path = "";
        for (String name : names) {
            path = path + "/" + name;
            visit(path);
        }
        return path;`),
    "the message of an exception": method(`        String missing = "Missing: ";
        for (String name : names) missing += name;
        throw new IllegalStateException(missing);`),
    "a string that each round starts afresh": method(`        for (String name : names) {
            String line = "- ";
            line += name;
            System.out.println(line);
        }
        String part = "";
        for (String name : names) {
            part += name;
            if (part.length() > 80) part = "";
        }
        return part;`),
    "a few rounds, as written down": method(`        String text = "";
        for (int i = 0; i < 3; i++) text += names.get(i);
        for (String name : List.of("a", "b")) text += name;
        return text;`),
    "the round that grows it is the last": method(`        String text = "";
        for (String name : names) {
            if (name.isEmpty()) {
                text += "one is empty";
                break;
            }
        }
        return text;`),
    // https://sonarsource.atlassian.net/browse/SONARJAVA-1949: another element each round.
    "the elements of an array": method(`        String[] texts = new String[names.size()];
        for (int i = 0; i < texts.length; i++) texts[i] += names.get(i);
        return texts[0];`),
    numbers: method(`        int sum = 0;
        for (String name : names) sum += name.length();
        return "" + sum;`),
    "a builder": method(`        StringBuilder text = new StringBuilder();
        for (String name : names) text.append(name);
        return text.toString();`),
  },
  fixes: {
    "a sum of several lines": method(`        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text
                .append("<")
                .append(name)
                .append(">");
        }
        return text.toString();`),
    "+= in a loop": method(`        StringBuilder text = new StringBuilder("names: ");
        for (String name : names) {
            text.append(name).append(", ");
        }
        return text.toString();`),
    "what is joined with a text": method(`        StringBuilder text = new StringBuilder();
        for (String name : names) text.append(name);
        return "all: " + text;`),
    "what a log line is told": method(`        StringBuilder text = new StringBuilder();
        for (String name : names) text.append(name);
        log.info("all: {}", text);
        return text.toString();`),
    "several places of one string are one finding": method(`        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) text.append(",");
            text.append("<").append(i).append(1).append(">");
        }
        return text.toString().trim() + text.toString().length();`),
  },
});

// spring-cloud-dataflow: the arguments of a command.
it("java/string-concat-in-loop is a hint where nothing tells how many rounds there are", async () => {
  const severityOf = async (loop: string): Promise<string | undefined> => {
    const workspace = new TestWorkspace([stringConcatInLoop]);
    const source = `
//- src/Labels.java
import java.io.BufferedReader;
import java.util.List;
class Labels {
    String of(List<String> names, BufferedReader reader) throws Exception {
        String text = "", line;
        ${loop}
        return text;
    }
}
`;
    await workspace.put(parseFixture(source).files);
    return workspace.findings()[0]?.severity;
  };
  assert.equal(await severityOf("for (String name : names) text += name;"), "hint");
  assert.equal(await severityOf("while ((line = reader.readLine()) != null) text += line;"), "information");
});
