import { expensiveObjectPerCall } from "../../../../src/rules/java/expensive-object-per-call.ts";
import { rule } from "../../../harness/rule.ts";

const answers = (fields: string, body: string): string => `
//- src/Answers.java
import com.google.gson.Gson;
import java.util.Map;

@RestController
class Answers {
${fields}    private final Drafts drafts;

${body}
}
`;

rule(expensiveObjectPerCall, {
  reports: {
    "several in one class": answers(
      "",
      `    @PutMapping("/drafts")
    void keep(@RequestBody Draft draft) {
        Map<String, Step> steps = new Gson().fromJson(draft.steps(), Steps.class);
                                //^^^^^^^^^^ 💡 new Gson is built at each PUT /drafts; 2 more in this class
        Map<String, Step> state = new Gson().fromJson(draft.state(), Steps.class);
                                //~~~~~~~~~~ built here, too, at each PUT /drafts
        drafts.put(steps, state);
    }

    @GetMapping("/drafts")
    String all() {
        Gson gson = new Gson();
                  //~~~~~~~~~~ built here, too, at each GET /drafts
        return gson.toJson(drafts.all());
    }`,
    ),
    "two that need not be alike": answers(
      "",
      `    @GetMapping("/drafts")
    String all() {
        return new Gson().toJson(drafts.all());
             //^^^^^^^^^^ 💡 new Gson is built at each GET /drafts
    }

    @GetMapping("/drafts/old")
    String old() {
        Gson gson = new Gson();
                  //^^^^^^^^^^ new Gson is built at each GET /drafts/old
        drafts.readWith(gson);
        return gson.toJson(drafts.old());
    }`,
    ),
  },
  ignores: {
    // it-at-m/digiwf-core
    "for each resource at the start of the application": answers(
      "",
      `    @PostConstruct
    void load() {
        for (Draft draft : drafts.written()) drafts.add(read(draft));
    }

    private Step read(Draft draft) {
        return new Gson().fromJson(draft.steps(), Step.class);
    }`,
    ),
    "in what runs when the application is ready": answers(
      "",
      `    @EventListener(ApplicationReadyEvent.class)
    void load() {
        for (Draft draft : drafts.written()) drafts.add(new Gson().fromJson(draft.steps(), Step.class));
    }`,
    ),
  },
  fixes: {
    "several in one class": answers(
      "    private static final Gson GSON = new Gson();\n\n",
      `    @PutMapping("/drafts")
    void keep(@RequestBody Draft draft) {
        Map<String, Step> steps = GSON.fromJson(draft.steps(), Steps.class);
        Map<String, Step> state = GSON.fromJson(draft.state(), Steps.class);
        drafts.put(steps, state);
    }

    @GetMapping("/drafts")
    String all() {
        return GSON.toJson(drafts.all());
    }`,
    ),
  },
});
