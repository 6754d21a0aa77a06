import { expensiveObjectPerCall } from "../../../../src/rules/java/expensive-object-per-call.ts";
import { rule } from "../../../harness/rule.ts";

rule(expensiveObjectPerCall, {
  reports: {
    "a method that fills a field, and one more that asks it again": `
//- src/Partners.java
import com.google.gson.Gson;
import java.util.List;
import java.util.Map;

@Component
class Partners {
    private Map<String, String> certificates;
    private final List<Partner> partners = read();

    List<Partner> now() {
        return read();
    }

    private List<Partner> read() {
        return certificates.values().stream().map(text -> new Gson().fromJson(text, Partner.class)).toList();
                                                        //^^^^^^^^^^ 💡 new Gson is built once per element of certificates
    }
}
`,
  },
  ignores: {
    // DSpace makes one for each run of a script, which the object stands for.
    "a field that another method reads": `
//- src/Imports.java
@RestController
class Imports {
    private ObjectMapper mapper;

    @PostMapping("/runs")
    void start() {
        setUp();
    }

    private void setUp() {
        mapper = new ObjectMapper();
    }
}
`,
    // CMSgov/beneficiary-fhir-data
    "a field that is filled once, when somebody asks for it": `
//- src/Partners.java
import com.google.gson.Gson;
import java.util.List;
import java.util.Map;

@Component
class Partners {
    private Map<String, String> certificates;

    @Getter(lazy = true)
    private final List<Partner> partners = read();

    private List<Partner> read() {
        return certificates.values().stream().map(text -> new Gson().fromJson(text, Partner.class)).toList();
    }
}
`,
    "a field that is filled where it is still empty": `
//- src/Partners.java
import com.google.gson.Gson;
import java.util.List;

@RestController
class Partners {
    private List<String> certificates;
    private List<Partner> partners;

    @GetMapping("/partners")
    List<Partner> partners() {
        if (partners == null) {
            Gson gson = new Gson();
            partners = certificates.stream().map(text -> gson.fromJson(text, Partner.class)).toList();
        }
        return partners;
    }

    @GetMapping("/partners/count")
    int count() {
        if (partners != null) return partners.size();
        partners = read();
        return partners.size();
    }

    private List<Partner> read() {
        return certificates.stream().map(text -> new Gson().fromJson(text, Partner.class)).toList();
    }
}
`,
    // SVWS-NRW/SVWS-Server: SVWSKonfiguration
    "the one object of a class, which reads its settings when they are asked for first": `
//- src/Settings.java
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;

public class Settings {
    private static final Settings held = new Settings();
    private Limits limits = null;

    public static Settings at(Path path) {
        if (held.limits == null) read(path);
        return held;
    }

    public static Settings get() {
        if (held.limits != null) return held;
        return at(null);
    }

    private static void read(Path path) {
        ObjectMapper mapper = new ObjectMapper();
        held.limits = mapper.readValue(path.toFile(), Limits.class);
    }
}
//- src/Orders.java
@RestController
class Orders {
    @GetMapping("/orders/limits")
    Limits limits() {
        return Settings.get().limits();
    }
}
`,
    "a mapper that a field keeps": `
//- src/Lazy.java
@RestController
class Lazy {
    private ObjectMapper mapper;

    @GetMapping("/lazy")
    String get() {
        if (mapper == null) {
            mapper = new ObjectMapper();
        }
        this.mapper = new ObjectMapper();
        return mapper.writeValueAsString(1);
    }
}
`,
  },
});
