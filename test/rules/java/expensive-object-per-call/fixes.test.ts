import { expensiveObjectPerCall } from "../../../../src/rules/java/expensive-object-per-call.ts";
import { rule } from "../../../harness/rule.ts";

const importer = (constant: string, body: string): string => `
//- src/Importer.java
import com.google.gson.Gson;
import java.time.format.DateTimeFormatter;
import java.util.List;

class Importer {

${constant}    private final Shelves shelves;

    void all(List<Parcel> parcels) {
        for (Parcel parcel : parcels) {
${body}
        }
    }
}
`;

const GSON = "    private static final Gson GSON = new Gson();\n\n";
const LONG = `"${"a very long name ".repeat(6)}"`;

rule(expensiveObjectPerCall, {
  reports: {
    "in a variable, in a class that begins with an empty line": importer(
      "",
      `            // What the sender says.
            final Gson gson = new Gson();
                            //^^^^^^^^^^ 💡
            shelves.put(gson.toJson(parcel.sender()), gson.toJson(parcel.content()));`,
    ),
    "in a variable, where the next line is indented in another way": importer(
      "",
      `            Gson gson = new Gson();
                      //^^^^^^^^^^ 💡
\t    shelves.put(gson.toJson(parcel.sender()));`,
    ),
    "in a variable whose line would get too long without it": importer(
      "",
      `            Gson g = new Gson();
                   //^^^^^^^^^^ 💡
            shelves.put(g.toJson(parcel.sender()), g.toJson(parcel.from()), ${LONG.slice(0, 60)}", g.toJson(1));`,
    ),
    "in a variable that is set again": importer(
      "",
      `            DateTimeFormatter day = DateTimeFormatter.ofPattern("dd.MM.yyyy");
                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
            if (parcel.isForeign()) day = DateTimeFormatter.ISO_DATE;
            shelves.put(parcel.arrived().format(day));`,
    ),
  },
  ignores: {},
  fixes: {
    "in a variable, in a class that begins with an empty line": importer(
      GSON,
      `            // What the sender says.
            shelves.put(GSON.toJson(parcel.sender()), GSON.toJson(parcel.content()));`,
    ),
    "in a variable, where the next line is indented in another way": importer(GSON, "\t    shelves.put(GSON.toJson(parcel.sender()));"),
    "in a variable whose line would get too long without it": importer(
      GSON,
      `            Gson g = GSON;
            shelves.put(g.toJson(parcel.sender()), g.toJson(parcel.from()), ${LONG.slice(0, 60)}", g.toJson(1));`,
    ),
    "in a variable that is set again": importer(
      '    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");\n\n',
      `            DateTimeFormatter day = DAY;
            if (parcel.isForeign()) day = DateTimeFormatter.ISO_DATE;
            shelves.put(parcel.arrived().format(day));`,
    ),
  },
});
