import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { LOADED, school } from "./school.ts";

rule(lazyAccessInLoop, {
  reports: {
    "a part that is run unless a literal null is given": school(`
  List<String> labels(String term) { return courses.findByTerm(term).stream().map(course -> labelOf(course, "of ")).toList(); }
                                                                                          //^^^^^^^^^^^^^^^^^^^^^^ ${LOADED}
  private String labelOf(Course course, String before) {
    if (before != null) return before + course.getTeacher().getName();
    return course.getTerm();
  }`),
    // hmcts/pre-api: what may be null is a stream of one collection, or of none
    "a collection that may be missing": school(`
  List<List<String>> labels(String term) { return courses.findByTerm(term).stream().map(this::labelsOf).toList(); }
                                                                                      //^^^^^^^^^^^^^^ 💡 Course.tags is loaded per element of CourseRepository.findByTerm
  private List<String> labelsOf(Course course) {
    return Stream.ofNullable(course.tags).flatMap(tags -> tags.stream().map(tag -> tag.toString())).toList();
  }`),
    "a collection in an Optional": school(`
  List<Integer> sizes(String term) {
    return courses.findByTerm(term).stream().map(course -> Optional.ofNullable(course.tags).map(tags -> tags.size()).orElse(0)).toList();
                                                                                                      //^^^^ 💡 Course.tags is loaded per element of CourseRepository.findByTerm
  }`),
    // ministryofjustice/prison-api: groups are put together again, each element as a stream of its own
    "groups that are one list again": school(`
  void all(String term) {
    var byTerm = courses.findByTerm(term).stream().collect(Collectors.groupingBy(course -> Map.entry(course.getTerm(), course.getId())));
    List<Course> again = byTerm.keySet().stream().flatMap(key -> byTerm.get(key).stream().flatMap(course -> Stream.of(course))).toList();
    for (Course course : again) print(course.getTeacher().getName());
                                    //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a local that branches assign": school(`
  void all(String term) {
    List<Course> found;
    if (term == null) found = List.of();
    else found = courses.findByTerm(term);
    for (Course course : found) print(course.getTeacher().getName());
                                    //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "another association to the entity that the query is asked with": school(`
  void all(Teacher substitute) {
    for (Course course : courses.findBySubstitute(substitute)) print(course.getTeacher().getName());
                                                                   //^^^^^^^^^^^^^^^^^^^ 💡 Course.teacher is loaded per element of CourseRepository.findBySubstitute
  }`),
    "a local that a try block assigns": school(`
  void all(String term) {
    List<Course> found = null;
    try {
      found = courses.findByTerm(term);
    } finally {
      print(term);
    }
    found.forEach(course -> print(course.getTeacher().getName()));
                                //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a list that is filled by addAll": school(`
  void all(String term) {
    List<Course> found = new ArrayList<>();
    found.addAll(courses.findByTerm(term));
    for (Course course : found) print(course.getTeacher().getName());
                                    //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a list that is filled one by one": school(`
  void all(String term) {
    List<Course> found = new ArrayList<>();
    for (Course course : courses.findByTerm(term)) if (course.getTerm() != null) found.add(course);
    for (Course course : found) print(course.getTeacher().getName());
                                    //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a list that a reference fills": school(`
  void all(String term) {
    List<Course> found = new ArrayList<>();
    courses.findByTerm(term).forEach(found::add);
    for (Course course : found) print(course.getTeacher().getName());
                                    //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a map by key, asked in a loop": school(`
  void all(String term, List<Long> ids) {
    Map<Long, Course> byId = courses.findByTerm(term).stream().collect(Collectors.toMap(Course::getId, Function.identity()));
    for (Long id : ids) print(byId.get(id).getTeacher().getName());
                            //^^^^^^^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a map by key, asked in a stream": school(`
  List<String> all(String term, List<Long> ids) {
    Map<Long, Course> byId = courses.findByTerm(term).stream().collect(Collectors.toMap(Course::getId, course -> course));
    return ids.stream().map(id -> byId.get(id).getTeacher().getName()).toList();
                                //^^^^^^^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "the values of a map that a loop fills": school(`
  void all(String term) {
    Map<Long, Course> byId = new HashMap<>();
    for (Course course : courses.findByTerm(term)) byId.put(course.getId(), course);
    byId.values().forEach(course -> print(course.getTeacher().getName()));
                                        //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "groups, entry by entry": school(`
  void all(String term) {
    Map<String, List<Course>> byTerm = courses.findByTerm(term).stream().collect(Collectors.groupingBy(Course::getTerm));
    for (Map.Entry<String, List<Course>> entry : byTerm.entrySet())
      for (Course course : entry.getValue()) print(course.getTeacher().getName());
                                                 //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "groups that a loop fills": school(`
  void all(String term) {
    Map<String, List<Course>> byTerm = new HashMap<>();
    for (Course course : courses.findByTerm(term)) byTerm.computeIfAbsent(course.getTerm(), key -> new ArrayList<>()).add(course);
    byTerm.forEach((key, group) -> group.forEach(course -> print(course.getTeacher().getName())));
                                                               //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "groups whose lists become one stream": school(`
  List<String> all(String term) {
    Map<String, List<Course>> byTerm = courses.findByTerm(term).stream().collect(Collectors.groupingBy(Course::getTerm));
    return byTerm.values().stream().flatMap(List::stream).map(course -> course.getTeacher().getName()).toList();
                                                                      //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a map that another method is given": school(`
  void all(String term) {
    print(courses.findByTerm(term).stream().collect(Collectors.groupingBy(Course::getTerm)));
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }
  private void print(Map<String, List<Course>> byTerm) {
    for (List<Course> group : byTerm.values()) for (Course course : group) print(course.getTeacher().getName());
                                                                               //~~~~~~~~~~~~~~~~~~~ Plan.print looks into teacher
  }`),
    "what a comparator asks for": school(`
  List<Course> all(String term) {
    return courses.findByTerm(term).stream().sorted(Comparator.comparing(course -> course.getTeacher().getName())).toList();
                                                                                 //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a page that is made by hand": school(`
  Page<String> all(String term, Pageable pageable) {
    Page<Course> page = new PageImpl<>(courses.findByTerm(term), pageable, 100);
    return page.map(course -> course.getTeacher().getName());
                            //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "what a transaction's template gives back": school(`
  void all(String term) {
    List<Course> found = transaction.execute(status -> {
      return courses.findByTerm(term);
    });
    for (Course course : found) print(course.getTeacher().getName());
                                    //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a copy that cannot change": school(`
  void all(String term) {
    for (Course course : List.copyOf(courses.findByTerm(term))) print(course.getTeacher().getName());
                                                                    //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`),
    "a getter that gives something else than the association of its name": school(
      `
  void all(String term) {
    for (Tag tag : courses.findFirstByTerm(term).get().getTags()) print(tag.getLabel());
                                                                      //^^^ CourseTag.tag is loaded per element of Course.tags
  }`,
      { course: "List<Tag> getTags() { return tags.stream().map(CourseTag::getTag).toList(); }" },
    ),
    "references that a set compares": school(
      `
  Set<Teacher> all(String term) {
    return courses.findByTerm(term).stream().map(Course::getTeacher).collect(Collectors.toSet());
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`,
      { teacher: "@Override public int hashCode() { return id.hashCode(); }" },
    ),
    "references as the keys of groups": school(
      `
  Map<Teacher, List<Course>> all(String term) {
    return courses.findByTerm(term).stream().collect(Collectors.groupingBy(Course::getTeacher));
                                                                         //^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`,
      {
        teacher: "@Override public boolean equals(Object other) { return other instanceof Teacher teacher && teacher.getId().equals(id); }",
      },
    ),
    "a reference that compares itself": school(
      `
  List<Course> all(String term, Teacher teacher) {
    return courses.findByTerm(term).stream().filter(course -> course.getTeacher().equals(teacher)).toList();
                                                            //^^^^^^^^^^^^^^^^^^^ ${LOADED}
  }`,
      {
        teacher: "@Override public boolean equals(Object other) { return other instanceof Teacher teacher && teacher.getId().equals(id); }",
      },
    ),
  },
  ignores: {
    // hmcts/pre-api: who gives null for what is asked of each does not run it
    "a part that is not run for a literal null": school(`
  List<String> labels(String term) { return courses.findByTerm(term).stream().map(course -> labelOf(course, null)).toList(); }
  private String labelOf(Course course, String before) {
    if (before != null) return before + course.getTeacher().getName();
    return course.getTerm();
  }`),
    "references to entities that the query is asked with": school(`
  void all(List<Teacher> teachers) {
    for (Course course : courses.findByTeacherIn(teachers)) print(course.getTeacher().getName());
  }`),
    "what a method has set itself for all": school(
      `
  void all(String term) {
    for (Course course : filled(term)) print(course.getTeacher().getName());
  }
  private List<Course> filled(String term) {
    List<Course> found = courses.findByTerm(term);
    for (Course course : found) course.setTeacher(new Teacher());
    return found;
  }`,
      { course: "void setTeacher(Teacher teacher) { this.teacher = teacher; }" },
    ),
    "one of a map, once": school(`
  void one(String term, Long id) {
    Map<Long, Course> byId = courses.findByTerm(term).stream().collect(Collectors.toMap(Course::getId, Function.identity()));
    print(byId.get(id).getTeacher().getName());
  }`),
    "one of a map, for an Optional": school(`
  void one(String term, Optional<Long> id) {
    Map<Long, Course> byId = courses.findByTerm(term).stream().collect(Collectors.toMap(Course::getId, Function.identity()));
    id.map(known -> byId.get(known).getTeacher().getName()).ifPresent(this::print);
  }`),
    "the last one of a loop, after it": school(`
  void last(String term) {
    Course last = null;
    for (Course course : courses.findByTerm(term)) last = course;
    print(last.getTeacher().getName());
  }`),
    "two rows that are added by hand": school(`
  void both(String term) {
    List<Course> both = new ArrayList<>();
    both.add(courses.findFirstByTerm(term).get());
    both.add(courses.findFirstByTerm("autumn").get());
    for (Course course : both) print(course.getTeacher().getName());
  }`),
    "references that nobody looks into": school(`
  void all(String term) {
    Set<Teacher> teachers = courses.findByTerm(term).stream().map(Course::getTeacher).collect(Collectors.toSet());
    for (Teacher teacher : new ArrayList<>(teachers)) print(String.valueOf(teacher.getId()));
  }`),
    "references in a list, which compares none of them": school(
      `
  List<Teacher> all(String term) {
    return courses.findByTerm(term).stream().map(Course::getTeacher).collect(Collectors.toList());
  }`,
      { teacher: "@Override public int hashCode() { return id.hashCode(); }" },
    ),
    "keys as the keys of groups": school(
      `
  Map<Long, List<Course>> all(String term) {
    return courses.findByTerm(term).stream().collect(Collectors.groupingBy(course -> course.getTeacher().getId()));
  }`,
      { teacher: "@Override public int hashCode() { return id.hashCode(); }" },
    ),
    "how many each group has": school(`
  void all(String term) {
    Map<String, Long> counts = courses.findByTerm(term).stream().collect(Collectors.groupingBy(Course::getTerm, Collectors.counting()));
    counts.values().forEach(count -> print(String.valueOf(count)));
  }`),
  },
});
