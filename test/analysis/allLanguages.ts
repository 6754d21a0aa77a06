/** A small system with something of every language, and findings of several rules. */
export const ALL_LANGUAGES = `
//- pom.xml
<project>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.4.1</version>
  </parent>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-web</artifactId>
    </dependency>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-data-jpa</artifactId>
    </dependency>
  </dependencies>
</project>
//- src/main/resources/application.yml
spring:
  datasource:
    url: jdbc:postgresql://localhost/app
//- src/main/resources/application-prod.properties
spring.jpa.show-sql=true
//- src/main/resources/db/migration/V1__init.sql
create table owner (id bigint primary key, name varchar(80), created_at timestamptz);
create table ticket (id bigint primary key, owner_id bigint references owner (id), status varchar(20));
create index ticket_status on ticket (status);
create index ticket_status_again on ticket (status);
//- src/main/java/shop/Owner.java
package shop;
@Entity public class Owner {
    @Id private Long id;
    private String name;
    public Long getId() { return id; }
}
//- src/main/java/shop/Ticket.java
package shop;
@Entity public class Ticket {
    @Id private Long id;
    @ManyToOne @JoinColumn(name = "owner_id") private Owner owner;
    private String status;
}
//- src/main/java/shop/TicketRepository.java
package shop;
public interface TicketRepository extends JpaRepository<Ticket, Long> {
    List<Ticket> findByOwnerIdOrderByStatus(Long ownerId);
    @Query("select count(t) from Ticket t where t.status = :status") long countOpen(String status);
}
//- src/main/java/shop/OwnerRepository.java
package shop;
public interface OwnerRepository extends JpaRepository<Owner, Long> { List<Owner> findByName(String name); }
//- src/main/java/shop/TicketService.java
package shop;
@Service public class TicketService {
    private final TicketRepository tickets;
    private final OwnerRepository owners;
    TicketService(TicketRepository tickets, OwnerRepository owners) { this.tickets = tickets; this.owners = owners; }
    public List<Ticket> all(List<Long> ids) {
        List<Ticket> result = new ArrayList<>();
        for (Long id : ids) {
            result.addAll(read(id));
        }
        return result;
    }
    List<Ticket> read(Long id) { return tickets.findByOwnerIdOrderByStatus(id); }
    public long open() { return tickets.countOpen("OPEN"); }
}
//- src/main/java/shop/TicketController.java
package shop;
@RestController @RequestMapping("/tickets") public class TicketController {
    private final TicketService service;
    private final TicketRepository tickets;
    TicketController(TicketService service, TicketRepository tickets) { this.service = service; this.tickets = tickets; }
    @GetMapping("/open") public long open() { return service.open(); }
    @GetMapping public List<Ticket> all() { return tickets.findAll(); }
}
//- src/main/java/shop/InvoiceMapper.java
package shop;
public interface InvoiceMapper { List<Invoice> byTicket(Long id); }
//- src/main/resources/mapper/InvoiceMapper.xml
<mapper namespace="shop.InvoiceMapper">
  <select id="byTicket" resultType="shop.Invoice">select * from invoice where ticket_id = #{id}</select>
</mapper>
//- src/main/java/shop/InvoiceService.java
package shop;
@Service public class InvoiceService {
    private final InvoiceMapper invoices;
    InvoiceService(InvoiceMapper invoices) { this.invoices = invoices; }
    public void print(List<Long> tickets) { tickets.forEach(id -> send(invoices.byTicket(id))); }
    private void send(List<Invoice> all) {}
}
//- app/pubspec.yaml
name: app
environment:
  sdk: ^3.5.0
dependencies:
  flutter:
    sdk: flutter
//- app/lib/main.dart
import 'package:flutter/material.dart';

class Page extends StatefulWidget {
  const Page({super.key});
  @override
  State<Page> createState() => _PageState();
}

class _PageState extends State<Page> {
  final controller = TextEditingController();
  @override
  Widget build(BuildContext context) {
    return FutureBuilder<int>(
      future: load(),
      builder: (context, snapshot) => TextField(controller: controller),
    );
  }
}
//- performance.yaml
version: 1
database:
  dialect: postgresql
`;
