import { expensiveObjectPerCall } from "../../../../src/rules/java/expensive-object-per-call.ts";
import { rule } from "../../../harness/rule.ts";

rule(expensiveObjectPerCall, {
  reports: {
    "a mapper of a builder for each request": `
//- src/BuiltController.java
import tools.jackson.databind.json.JsonMapper;

@RestController
class BuiltController {
    private final Exports exports;

    @GetMapping("/built")
    String built() {
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 JsonMapper is built at each GET /built
        return mapper.writeValueAsString(exports.all());
    }
}
`,
    "Gson with settings of its own, for each request": `
//- src/GsonController.java
@RestController
class GsonController {
    private final Exports exports;

    @GetMapping("/gson")
    String gson() {
        return new GsonBuilder().serializeNulls().create().toJson(exports.all())
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Gson is built at each GET /gson
            + Jackson2ObjectMapperBuilder.json().failOnUnknownProperties(false).build().writeValueAsString(exports.all());
            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ObjectMapper is built at each GET /gson
    }
}
`,
  },
  ignores: {
    "a tree that Gson writes or reads": `
//- src/Trees.java
@RestController
class Trees {
    @PostMapping("/tree")
    String tree(@RequestBody String text) {
        JsonElement tree = new Gson().fromJson(text, JsonObject.class);
        Gson gson = new GsonBuilder().setPrettyPrinting().create();
        return gson.toJson(tree);
    }
}
`,
    "other builders": `
//- src/Letters.java
@RestController
class Letters {
    private final JsonMapper mapper = JsonMapper.builder().build();

    @GetMapping("/letter")
    Letter get() {
        return Letter.builder().text(mapper.rebuild().build().getClass().getName()).build();
    }

    static JsonMapper indented() {
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    }
}
`,
  },
  fixes: {
    "a mapper of a builder for each request": `
//- src/BuiltController.java
import tools.jackson.databind.json.JsonMapper;

@RestController
class BuiltController {
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Exports exports;

    @GetMapping("/built")
    String built() {
        return MAPPER.writeValueAsString(exports.all());
    }
}
`,
  },
});
