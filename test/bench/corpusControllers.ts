import type { Aggregate, Field } from "./corpus.ts";
import { capital, header, small } from "./corpusData.ts";
import type { Random } from "./random.ts";

export function controllerText(aggregate: Aggregate, random: Random): string {
  const { name, table, fields } = aggregate;
  const imports = [
    "java.math.BigDecimal",
    "java.time.Instant",
    "java.util.List",
    "org.springframework.http.HttpStatus",
    "org.springframework.http.ResponseEntity",
    "org.springframework.web.bind.annotation.*",
  ];
  const searches = fields.map((field) => search(aggregate, field, random));
  return `${header(aggregate, imports)}@RestController
@RequestMapping("/api/${table.replaceAll("_", "-")}")
public class ${name}Controller {

    private final ${name}Service service;
    private final ${name}Repository repository;
    private final ${name}Mapper mapper;

    public ${name}Controller(${name}Service service, ${name}Repository repository, ${name}Mapper mapper) {
        this.service = service;
        this.repository = repository;
        this.mapper = mapper;
    }

    @GetMapping("/{id}")
    public ResponseEntity<${name}Dto> one(@PathVariable Long id) {
        return repository.findById(id)
            .map(mapper::toDto)
            .map(ResponseEntity::ok)
            .orElseGet(() -> ResponseEntity.notFound().build());
    }

    @GetMapping
    public List<${name}Dto> all() {
        return mapper.toDtos(repository.findAll());
    }

${searches.join("\n")}
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    public ${name}Dto create(@RequestBody ${name}Dto dto) {
        ${name} entity = new ${name}();
        mapper.update(entity, dto);
        return mapper.toDto(repository.save(entity));
    }

    @DeleteMapping("/{id}")
    public ResponseEntity<Void> delete(@PathVariable Long id) {
        if (!repository.existsById(id)) {
            return ResponseEntity.notFound().build();
        }
        repository.deleteById(id);
        return ResponseEntity.noContent().build();
    }
}
`;
}

function search({ name }: Aggregate, { name: field, type }: Field, random: Random): string {
  const limit = 10 + random.below(500);
  return `    @GetMapping("/by-${field.toLowerCase()}")
    public List<${name}Dto> by${capital(field)}(@RequestParam ${type} ${field}, @RequestParam(defaultValue = "${limit}") int limit) {
        List<${name}Dto> result = new java.util.ArrayList<>();
        for (${name} ${small(name)} : repository.findAll()) {
            if (result.size() >= Math.min(limit, ${limit})) {
                break;
            }
            if (${field}.equals(${small(name)}.get${capital(field)}())) {
                result.add(mapper.toDto(${small(name)}));
            }
        }
        return result;
    }
`;
}
