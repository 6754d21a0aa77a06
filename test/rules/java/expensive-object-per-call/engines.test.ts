import { expensiveObjectPerCall } from "../../../../src/rules/java/expensive-object-per-call.ts";
import { rule } from "../../../harness/rule.ts";

const api = (body: string, more = ""): string => `
//- src/OrderApi.java
@RestController
class OrderApi {
    @PostMapping("/orders")
    Object add(@RequestBody List<String> orders) throws Exception {
${body}
    }
${more}
}
`;

rule(expensiveObjectPerCall, {
  reports: {
    "a schema": api(`        return SchemaFactory.newInstance(KIND).newSchema(source).newValidator();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SchemaFactory.newSchema is built at each POST /orders`),
    "a stylesheet": api(`        Transformer made = TransformerFactory.newInstance().newTransformer(new StreamSource("orders.xsl"));
                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TransformerFactory.newTransformer is built at each POST /orders
        return made.toString();`),
    validators: api(`        return Validation.buildDefaultValidatorFactory().getValidator().validate(orders).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Validation.buildDefaultValidatorFactory is built at each POST /orders`),
    "an engine of templates": api(`        return new TemplateEngine().process("order", context);
             //^^^^^^^^^^^^^^^^^^^^ new TemplateEngine is built at each POST /orders`),
    "a format for each of many": api(`        for (String order : orders) System.out.println(new SimpleDateFormat("yyyy").parse(order));
                                                     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ new SimpleDateFormat is built once per element of orders
        return 1;`),
  },
  ignores: {
    "a format beside a query for each of many":
      api(`        for (String order : orders) System.out.println(jdbc.queryForObject("select 1", String.class) + new SimpleDateFormat("yyyy").parse(order));
        return 1;`).replace("@RestController\nclass OrderApi {", "@RestController\nclass OrderApi {\n    private final JdbcTemplate jdbc;"),
    "a transformer that only copies": api("        return TransformerFactory.newInstance().newTransformer().toString();"),
    "calls that have the names of every object's own": api(
      "        return String.valueOf(orders) + orders.toString() + orders.hasOwnProperty(orders);",
    ),
    "a format at a request": api(`        return new SimpleDateFormat("yyyy").parse(orders.get(0));`),
    "what is made for callers, and kept": api(
      "        return schema().newValidator();",
      `    private Schema schema() throws Exception { return SchemaFactory.newInstance(KIND).newSchema(source); }
    private final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();`,
    ),
  },
});
