import { boxingInLoop } from "../../../src/rules/java/boxing-in-loop.ts";
import { rule } from "../../harness/rule.ts";

const method = (body: string): string => `
//- src/Sum.java
class Sum {
    long all(List<Long> numbers) {
${body}
    }
}
`;

rule(boxingInLoop, {
  reports: {
    "a sum of a boxed number": method(`        Long sum = 0L;
        for (Long number : numbers) {
            sum += number;
          //^^^^^^^^^^^^^ 💡 sum is boxed as Long: each round of the loop makes a new object
        }
        return sum + 1;`),
    "a counter that a caller gets as an object": method(`        Integer count = 0;
        for (Long number : numbers) count++;
                                  //^^^^^^^ count is boxed as Integer: each round of the loop makes a new object
        return count.longValue();`),
  },
  ignores: {
    primitives: method(`        long sum = 0;
        for (Long number : numbers) sum += number;
        return sum;`),
    "a number of each round": method(`        for (Long number : numbers) {
            Long twice = number;
            twice += number;
        }
        return 0;`),
    "a number that is set, not counted": method(`        Long last = null;
        for (Long number : numbers) last = number;
        return last;`),
  },
  fixes: {
    "a sum of a boxed number": method(`        long sum = 0L;
        for (Long number : numbers) {
            sum += number;
        }
        return sum + 1;`),
  },
});
