/** Courses with a lazy teacher, whose entity compares itself where `teacher` says so, and a service whose body is given. */
export const school = (body: string, { teacher = "", course = "", more = "" } = {}): string => `
//- src/Course.java
import jakarta.persistence.*;
import java.util.List;
@Entity class Course {
  @Id Long id;
  String term;
  @ManyToOne(fetch = FetchType.LAZY) private Teacher teacher;
  @ManyToOne(fetch = FetchType.LAZY) private Teacher substitute;
  @OneToMany(mappedBy = "course") private List<CourseTag> tags;
  Long getId() { return id; }
  String getTerm() { return term; }
  Teacher getTeacher() { return teacher; }
  ${course}
}
//- src/Teacher.java
import jakarta.persistence.*;
@Entity class Teacher { @Id Long id; String name; Long getId() { return id; } String getName() { return name; } ${teacher} }
//- src/CourseTag.java
import jakarta.persistence.*;
@Entity class CourseTag {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Course course;
  @ManyToOne(fetch = FetchType.LAZY) Tag tag;
  Tag getTag() { return tag; }
}
//- src/Tag.java
import jakarta.persistence.*;
@Entity class Tag { @Id Long id; String label; String getLabel() { return label; } }
//- src/CourseRepository.java
import java.util.*;
interface CourseRepository extends org.springframework.data.jpa.repository.JpaRepository<Course, Long> {
  List<Course> findByTerm(String term);
  Optional<Course> findFirstByTerm(String term);
  List<Course> findByTeacherIn(Collection<Teacher> teachers);
  List<Course> findBySubstitute(Teacher substitute);
}
//- src/Plan.java
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import org.springframework.data.domain.*;
class Plan {
  private CourseRepository courses;
  private org.springframework.transaction.support.TransactionTemplate transaction;
${body}
  private void print(String text) {}
}
${more}`;

export const LOADED = "💡 Course.teacher is loaded per element of CourseRepository.findByTerm";
