import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { LOADED, school } from "./school.ts";

// A drinking diary: days and their drinks in one query, joined but not fetched, and each day loaded by its group.
rule(lazyAccessInLoop, {
  reports: {
    "the key of each group, in a stream": school(`
  List<String> names(String term) {
    return courses.findByTerm(term).stream()
        .collect(Collectors.groupingBy(Course::getTeacher, LinkedHashMap::new, Collectors.toList()))
        .entrySet().stream().map(entry -> labelOf(entry.getKey(), entry.getValue())).toList();
                                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }
  private String labelOf(Teacher teacher, List<Course> taught) { return teacher.getName() + taught.size(); }`),
    "the key of each group, in a loop": school(`
  void all(String term) {
    Map<Teacher, List<Course>> taught = courses.findByTerm(term).stream().collect(Collectors.groupingBy(course -> course.getTeacher()));
    for (Map.Entry<Teacher, List<Course>> entry : taught.entrySet()) print(entry.getKey().getName());
                                                                         //^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "the key and the value of each group": school(`
  void all(String term) {
    courses.findByTerm(term).stream().collect(Collectors.groupingBy(Course::getTeacher))
        .forEach((teacher, taught) -> print(teacher.getName() + taught.size()));
                                          //^^^^^^^ ${LOADED}
  }`),
    "all keys of a map": school(`
  void all(String term) {
    Map<Teacher, Long> taught = courses.findByTerm(term).stream().collect(Collectors.toMap(Course::getTeacher, course -> course));
    for (Teacher teacher : taught.keySet()) print(teacher.getName());
                                                //^^^^^^^ ${LOADED}
  }`),
  },
  ignores: {
    "keys that are nobody's rows": school(`
  void all(String term) {
    courses.findByTerm(term).stream().collect(Collectors.groupingBy(Course::getTerm))
        .forEach((key, taught) -> print(key.toLowerCase() + taught.size()));
  }`),
    "keys that are asked for their own key alone": school(`
  void all(String term) {
    courses.findByTerm(term).stream().collect(Collectors.groupingBy(Course::getTeacher))
        .forEach((teacher, taught) -> print(teacher.getId() + ": " + taught.size()));
  }`),
    "groups of groups, whose keys are others": school(`
  void all(String term) {
    courses.findByTerm(term).stream().collect(Collectors.groupingBy(Course::getTeacher)).values().stream().flatMap(List::stream)
        .collect(Collectors.groupingBy(Course::getTerm)).forEach((key, taught) -> print(key.getName()));
  }`),
    "rows that were loaded as the keys' own": school(`
  void all(List<Teacher> teachers) {
    teachers.stream().collect(Collectors.groupingBy(Teacher::getName)).forEach((key, found) -> print(key + found.size()));
  }`),
  },
});
