import { exceptionControlFlow } from "../../../src/rules/java/exception-control-flow.ts";
import { rule } from "../../harness/rule.ts";

const loop = (body: string): string => `
//- src/Numbers.java
class Numbers {
    void all(List<String> texts, List<Integer> numbers) {
        for (String text : texts) {
${body}
        }
    }
}
`;

rule(exceptionControlFlow, {
  reports: {
    "a default for what is no number": loop(`            int number;
            try {
                number = Integer.parseInt(text);
                       //^^^^^^^^^^^^^^^^^^^^^^ parseInt throws for each element of texts that it does not take
            } catch (NumberFormatException e) {
                number = 0;
            }
            numbers.add(number);`),
    "what another check lets through": loop(`            int number = 0;
            if (!text.isEmpty()) {
                try {
                    number = Integer.parseInt(text);
                           //^^^^^^^^^^^^^^^^^^^^^^ parseInt throws for each element of texts that it does not take
                } catch (NumberFormatException e) {
                    number = 0;
                }
            }
            numbers.add(number);`),
  },
  ignores: {
    // hmcts/pip-data-management
    "what is checked before": loop(`            int number = 0;
            if (NumberUtils.isParsable(text)) {
                try {
                    number = Integer.parseInt(text);
                } catch (NumberFormatException e) {
                    number = 0;
                }
            }
            numbers.add(number);`),
    "a rare error that is told": loop(`            try {
                numbers.add(Integer.parseInt(text));
            } catch (NumberFormatException e) {
                log.warn("{} is no number", text);
            }
            try {
                numbers.add(Integer.parseInt(text));
            } catch (NumberFormatException e) {
                throw new IllegalStateException(e);
            }`),
    "once a call": `
//- src/Numbers.java
class Numbers {
    int one(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
`,
    "another kind of trouble": loop(`            try {
                Files.delete(Path.of(text));
            } catch (IOException e) {
                numbers.clear();
            }`),
  },
});
