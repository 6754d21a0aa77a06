import { expensiveWorkPerRequest } from "../../../src/rules/java/expensive-work-per-request.ts";
import { rule } from "../../harness/rule.ts";
import { pomIn } from "../config/builds.ts";

const ENABLED = `
//- src/main/java/shop/Caches.java
package shop;
@Configuration @EnableCaching
class Caches {}`;
const controller = (method: string): string => `
//- src/main/java/shop/CodeController.java
package shop;
@RestController
class CodeController {
  private final Codes codes;
  private final TicketRepository tickets;
${method}
}`;
const codes = (body: string): string => `
//- src/main/java/shop/Codes.java
package shop;

import com.google.zxing.qrcode.QRCodeWriter;

@Service
public class Codes {
    private final TicketRepository tickets;

${body}
}
//- src/main/java/shop/Ticket.java
package shop;
@Entity class Ticket { @Id Long id; String code; byte[] picture; }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, Long> {}
`;
const ENCODE = `    public byte[] of(Long id) {
        return bytes(new QRCodeWriter().encode(tickets.findById(id).orElseThrow().code, BarcodeFormat.QR_CODE, 200, 200));
    }`;
const GET = '  @GetMapping("/tickets/{id}/code.png") byte[] code(@PathVariable Long id) { return codes.of(id); }';

rule(expensiveWorkPerRequest, {
  reports: {
    "a code of a ticket": `${ENABLED}${controller(`${GET}
                                             //^^^^ 💡 GET /tickets/{id}/code.png runs QRCodeWriter.encode at each request, uncached`)}${codes(ENCODE)}`,
    // bekalpaslan/chain draws the code of the ticket that somebody holds each time that he looks at it.
    "a code of who asks, after a look at whether it is still worth something": `${ENABLED}${controller(`  @GetMapping("/tickets/mine") byte[] mine(@RequestHeader("X-User-Id") UUID id) { return codes.of(id); }
                                    //^^^^ GET /tickets/mine runs QRCodeWriter.encode at each request, uncached`)}${codes(`    public byte[] of(UUID id) {
        Ticket ticket = tickets.findByOwner(id);
        if (ticket.isOver()) tickets.save(ticket.closed());
        return drawn(ticket);
    }
    private byte[] drawn(Ticket ticket) { return bytes(new QRCodeWriter().encode(ticket.code, BarcodeFormat.QR_CODE, 200, 200)); }`)}`,
    "another service's cache": `
${pomIn("shop", "spring-boot-starter-web", "spring-boot-starter-data-jpa")}${pomIn("mail", "spring-boot-starter-cache")}
//- mail/src/main/java/mail/MailApplication.java
package mail;
import org.springframework.boot.autoconfigure.SpringBootApplication;
@SpringBootApplication @EnableCaching
class MailApplication {}
//- shop/src/main/java/shop/ShopApplication.java
package shop;
import org.springframework.boot.autoconfigure.SpringBootApplication;
@SpringBootApplication
class ShopApplication {}
${(
  controller(`${GET}
                                             //^^^^ GET /tickets/{id}/code.png runs QRCodeWriter.encode at each request, uncached`) +
    codes(ENCODE)
).replaceAll("//- src", "//- shop/src")}`,
    "a picture made smaller, without a cache, under two paths": `${controller(`  @GetMapping({"/tickets/{id}/small", "/small/{id}"})
  byte[] small(@PathVariable Long id) { return codes.small(id); }
       //^^^^^ GET /tickets/{id}/small runs ImageIO.read at each request, uncached`)}${codes(`    public byte[] small(Long id) {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(tickets.findById(id).orElseThrow().picture));
        ImageIO.write(scaled(picture), "png", out);
        return out.toByteArray();
    }`)}`,
    "an answer whose header forbids to keep it": `${controller(`  @GetMapping("/tickets/{id}/code.png")
  ResponseEntity<byte[]> code(@PathVariable Long id) { return ResponseEntity.ok().header("Cache-Control", "no-store").body(codes.of(id)); }
                       //^^^^ GET /tickets/{id}/code.png runs QRCodeWriter.encode at each request, uncached`)}${codes(ENCODE)}`,
    "a document": `${controller(`  @GetMapping("/tickets/{id}/ticket.pdf")
  byte[] pdf(@PathVariable Long id) { ITextRenderer renderer = new ITextRenderer(); renderer.createPDF(out); return out.toByteArray(); }
       //^^^ GET /tickets/{id}/ticket.pdf runs ITextRenderer.createPDF at each request, uncached`)}${codes("")}`,
  },
  ignores: {
    "a cached service": `${ENABLED}${controller(GET)}${codes(ENCODE.replace("    public", '    @Cacheable("codes")\n    public'))}`,
    "an answer that clients keep": `${controller('  @GetMapping("/tickets/{id}/code.png") ResponseEntity<byte[]> code(@PathVariable Long id) { return ResponseEntity.ok().cacheControl(CacheControl.maxAge(1, TimeUnit.DAYS)).body(codes.of(id)); }')}${codes(ENCODE)}`,
    "an answer whose header tells clients to keep it": `${controller('  @GetMapping("/tickets/{id}/code.png") ResponseEntity<byte[]> code(@PathVariable Long id) { return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400").body(codes.of(id)); }')}${codes(ENCODE)}`,
    "what is encoded where nothing is there yet": `${controller(GET)}${codes(`    public byte[] of(Long id) {
        byte[] known = store.read(id);
        if (known == null) known = bytes(new QRCodeWriter().encode(id.toString(), BarcodeFormat.QR_CODE, 200, 200));
        return known;
    }`)}`,
    "what is stored": `${controller(GET)}${codes(`    public byte[] of(Long id) {
        Ticket ticket = tickets.findById(id).orElseThrow();
        ticket.picture = bytes(new QRCodeWriter().encode(ticket.code, BarcodeFormat.QR_CODE, 200, 200));
        return tickets.save(ticket).picture;
    }`)}`,
    "input of the request's own": `${controller('  @GetMapping("/code") byte[] code(@RequestParam String text) { return codes.of(text); }\n  @PostMapping("/code/{id}") byte[] made(@PathVariable Long id) { return codes.of(id); }')}${codes(ENCODE)}`,
    "answers that are others on purpose": `${controller('  @GetMapping("/captcha/{id}") byte[] code(@PathVariable Long id) { return codes.of(id); }\n  @GetMapping("/mfa/{id}/code") byte[] mfa(@PathVariable Long id) { return codes.of(id); }')}${codes(ENCODE)}`,
    "a picture that is drawn": `${controller('  @GetMapping("/plan/{id}.png") byte[] plan(@PathVariable Long id) { BufferedImage image = drawn(id); ImageIO.write(image, "png", out); return out.toByteArray(); }')}${codes("")}`,
    "a password": `${controller('  @GetMapping("/check/{id}") boolean check(@PathVariable Long id) { return encoder.matches("a", "b"); }\n  private final PasswordEncoder encoder;')}${codes("")}`,
    "pages of administrators": `${controller(GET.replace('"/tickets', '"/admin/tickets'))}${codes(ENCODE)}`,
  },
  fixes: {
    "a code of a ticket": `
//- src/main/java/shop/Codes.java
package shop;

import com.google.zxing.qrcode.QRCodeWriter;
import org.springframework.cache.annotation.Cacheable;

@Service
public class Codes {
    private final TicketRepository tickets;

    @Cacheable("of")
    public byte[] of(Long id) {
        return bytes(new QRCodeWriter().encode(tickets.findById(id).orElseThrow().code, BarcodeFormat.QR_CODE, 200, 200));
    }
}
`,
  },
});
