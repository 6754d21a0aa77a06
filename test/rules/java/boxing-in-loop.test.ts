import { boxingInLoop } from "../../../src/rules/java/boxing-in-loop.ts";
import { rule } from "../../harness/rule.ts";

const method = (body: string): string => `
//- src/Sum.java
class Sum {
    long all(List<Long> numbers) {
${body}
    }
}
`;

rule(boxingInLoop, {
  reports: {
    "a sum of a boxed number": method(`        Long sum = 0L;
        for (Long number : numbers) {
            sum += number;
          //^^^^^^^^^^^^^ 💡 sum is boxed as Long: each round of the loop boxes it anew
        }
        return sum + 1;`),
    "a counter that a caller gets as an object": method(`        Integer count = 0;
        for (Long number : numbers) count++;
                                  //^^^^^^^ count is boxed as Integer: each round of the loop boxes it anew
        return count.longValue();`),
    "a sum over rows that are read before the loop": `
//- src/shop/Book.java
package shop;
@Entity class Book { @Id Long id; double price() { return 1; } }
//- src/shop/Books.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface Books extends JpaRepository<Book, Long> {}
//- src/shop/Stock.java
package shop;
class Stock {
  private final Books books;
  Double worth() {
    Double worth = 0.0;
    for (Book book : books.findAll()) worth = worth + book.price();
                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ worth is boxed as Double: each round of the loop boxes it anew
    return worth.isNaN() ? null : worth;
  }
}
`,
  },
  ignores: {
    "a loop that waits in each round": `
//- src/shop/Book.java
package shop;
@Entity class Book { @Id Long id; }
//- src/shop/Books.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface Books extends JpaRepository<Book, Long> {}
//- src/shop/Import.java
package shop;
import java.util.List;
class Import {
    private final Books books;
    void all(List<Long> ids) {
        Integer found = 0;
        for (Long id : ids) {
            if (books.existsById(id)) found++;
        }
    }
}
`,
    primitives: method(`        long sum = 0;
        for (Long number : numbers) sum += number;
        return sum;`),
    "a number of each round": method(`        for (Long number : numbers) {
            Long twice = number;
            twice += number;
        }
        return 0;`),
    "a number that is set, not counted": method(`        Long last = null;
        for (Long number : numbers) last = number;
        return last;`),
  },
  fixes: {
    "a sum of a boxed number": method(`        long sum = 0L;
        for (Long number : numbers) {
            sum += number;
        }
        return sum + 1;`),
  },
});
