import { expensiveObjectPerCall } from "../../../src/rules/java/expensive-object-per-call.ts";
import { rule } from "../../harness/rule.ts";

rule(expensiveObjectPerCall, {
  reports: {
    "a tree for each of many, and a mapper that reads a tree and more": `
//- src/AuditController.java
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

@RestController
class AuditController {
    private final Audits audits;

    @PostMapping("/audits")
    List<String> all(@RequestBody List<String> bodies) throws Exception {
        return bodies.stream().map(body -> new ObjectMapper().readTree(body).get("name").asText()).toList();
                                         //~~~~~~~~~~~~~~~~~~ built here, too, once per element of bodies
    }

    @PostMapping("/audit")
    Audit one(@RequestBody String body) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
                            //^^^^^^^^^^^^^^^^^^ 💡 new ObjectMapper is built at each POST /audit; 1 more in this class
        return mapper.treeToValue(mapper.readTree(body), Audit.class);
    }
}
`,
    "a mapper for each request": `
//- src/ExportController.java
import com.fasterxml.jackson.databind.ObjectMapper;

@RestController
class ExportController {
    private final Exports exports;

    @GetMapping("/export")
    String export() throws Exception {
        return new ObjectMapper().writeValueAsString(exports.all());
             //^^^^^^^^^^^^^^^^^^ 💡 new ObjectMapper is built at each GET /export
    }
}
`,
    "a mapper below an endpoint, configured by itself": `
//- src/ExportController.java
@RestController
class ExportController {
    private final Exporter exporter;

    @GetMapping("/export")
    String export() {
        return exporter.json(1);
    }
}
//- src/Exporter.java
@Service
class Exporter {
    String json(Object value) {
        ObjectMapper mapper = new ObjectMapper();
                            //^^^^^^^^^^^^^^^^^^ new ObjectMapper is built at each GET /export
        mapper.registerModule(new JavaTimeModule());
        return mapper.writeValueAsString(value);
    }
}
`,
    "a formatter for each element": `
//- src/Report.java
import java.time.format.DateTimeFormatter;
import java.util.List;

class Report {
    private static final String HEAD = "day";

    void print(List<Visit> visits) {
        for (Visit visit : visits) {
            System.out.println(visit.day().format(DateTimeFormatter.ofPattern("dd.MM.yyyy")));
                                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
        }
    }
}
`,
    "a JAXB context for each message": `
//- src/Listener.java
class Listener {
    @KafkaListener(topics = "orders")
    void on(String xml) throws Exception {
        JAXBContext.newInstance(Order.class).createUnmarshaller();
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ JAXBContext is built at each @KafkaListener on
    }
}
`,
  },
  ignores: {
    // GIST-petition-server: a filter that answers a token which has expired.
    "the answer to a failure": `
//- src/TokenController.java
import com.fasterxml.jackson.databind.ObjectMapper;

@RestController
class TokenController {
    private final Tokens tokens;

    @GetMapping("/token")
    void renew(HttpServletResponse response) throws Exception {
        try {
            tokens.renew();
        } catch (IllegalStateException e) {
            new ObjectMapper().writeValue(response.getOutputStream(), e.getMessage());
        }
    }
}
`,
    "a map of whatever is there": `
//- src/a/StateController.java
package a;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController
class StateController {
    @PostMapping("/state")
    Map<String, Object> state(@RequestBody String text) throws Exception {
        return new ObjectMapper().readValue(text, HashMap.class);
    }
}
`,
    "trees alone, which ask for no type": `
//- src/AuditController.java
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

@RestController
class AuditController {
    private final Audits audits;

    @PostMapping("/audits")
    String write(@RequestBody String body) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode read = mapper.readTree(body);
        return mapper.createObjectNode().set("read", read).toString();
    }

    @GetMapping("/audits/{id}")
    JsonNode one(@PathVariable long id) throws Exception {
        return new ObjectMapper().readTree(audits.text(id));
    }

    @GetMapping("/audits/{id}/name")
    String name(@PathVariable long id) throws Exception {
        return new ObjectMapper().readValue(audits.text(id), JsonNode.class).get("name").asText();
    }
}
`,
    "the start of the application": `
//- src/Catalog.java
import com.fasterxml.jackson.databind.ObjectMapper;

@Component
class Catalog {
    @EventListener
    void fill(ApplicationReadyEvent event) throws Exception {
        new ObjectMapper().readTree("{}");
    }
}
`,
    "constants, beans and start-up": `
//- src/Json.java
@Configuration
class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Bean
    ObjectMapper mapper() {
        return new ObjectMapper();
    }

    @PostConstruct
    void warm() {
        new ObjectMapper().readTree("{}");
    }
}
`,
    "a factory, whose callers may keep what it makes": `
//- src/Mappers.java
@RestController
class Mappers {
    @GetMapping("/a")
    String get() {
        return indented().writeValueAsString(1);
    }

    static ObjectMapper indented() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.enable(SerializationFeature.INDENT_OUTPUT);
        return mapper;
    }
}
`,
    "a formatter once a request, a few microseconds": `
//- src/Page.java
@RestController
class Page {
    @GetMapping("/today")
    String today() {
        return LocalDate.now().format(DateTimeFormatter.ofPattern("dd.MM.yyyy"));
    }
}
`,
    "a mapper once for each type": `
//- src/Types.java
@RestController
class Types {
    private final Map<Class<?>, ObjectMapper> mappers = new ConcurrentHashMap<>();

    @GetMapping("/types")
    String get() {
        return mappers.computeIfAbsent(Types.class, type -> new ObjectMapper()).writeValueAsString(1);
    }
}
`,
    "code that nothing hot reaches": `
//- src/Tool.java
class Tool {
    @Scheduled(cron = "0 0 3 * * *")
    void nightly() {
        new ObjectMapper().readTree("{}");
    }
}
`,
  },
  fixes: {
    "a mapper for each request": `
//- src/ExportController.java
import com.fasterxml.jackson.databind.ObjectMapper;

@RestController
class ExportController {
    private static final ObjectMapper OBJECT_MAPPER = new ObjectMapper();

    private final Exports exports;

    @GetMapping("/export")
    String export() throws Exception {
        return OBJECT_MAPPER.writeValueAsString(exports.all());
    }
}
`,
    "a formatter for each element": `
//- src/Report.java
import java.time.format.DateTimeFormatter;
import java.util.List;

class Report {
    private static final String HEAD = "day";
    private static final DateTimeFormatter DATE_TIME_FORMATTER = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    void print(List<Visit> visits) {
        for (Visit visit : visits) {
            System.out.println(visit.day().format(DATE_TIME_FORMATTER));
        }
    }
}
`,
  },
});
