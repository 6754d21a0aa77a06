import { expensiveObjectPerCall } from "../../../../src/rules/java/expensive-object-per-call.ts";
import { rule } from "../../../harness/rule.ts";

/** Two methods that write the same object in the same way, each with a mapper of its own. */
const calendar = (head: string, own: string, first: string, second: string): string => `
//- src/main/java/calendar/CalendarController.java
package calendar;

${head}import com.fasterxml.jackson.databind.json.JsonMapper;
import org.springframework.web.bind.annotation.*;

@RestController
class CalendarController {
${own}    private final Lectures lectures;

    @GetMapping("/teachers/{id}/events")
    String ofTeacher(@PathVariable long id) throws Exception {
${first}
    }

    @GetMapping("/students/{id}/events")
    String ofStudent(@PathVariable long id) throws Exception {
${second}
    }
}
`;
const written = (mapper: string, of: string) => `        return ${mapper}.writeValueAsString(lectures.${of}(id));`;

rule(expensiveObjectPerCall, {
  reports: {
    "the same in two methods, in variables of a wider type": calendar(
      "import com.fasterxml.jackson.databind.ObjectMapper;\n",
      "",
      `        ObjectMapper mapper = JsonMapper.builder().findAndAddModules().build();
                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 JsonMapper is built at each GET /teachers/{id}/events; 1 more in this class
${written("mapper", "ofTeacher")}`,
      `        ObjectMapper mapper = JsonMapper.builder().findAndAddModules().build();
                            //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ related
${written("mapper", "ofStudent")}`,
    ),
  },
  ignores: {},
  fixes: {
    "the same in two methods, in variables of a wider type": calendar(
      "",
      "    private static final JsonMapper MAPPER = JsonMapper.builder().findAndAddModules().build();\n\n",
      written("MAPPER", "ofTeacher"),
      written("MAPPER", "ofStudent"),
    ),
  },
});
