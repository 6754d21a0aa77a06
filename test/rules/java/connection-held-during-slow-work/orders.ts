/** Orders, what pays for them, and their repository. */
export const DOMAIN = `
//- src/shop/OrderRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface OrderRepository extends JpaRepository<Order, Long> {}
//- src/shop/Order.java
package shop;
@Entity class Order { @Id Long id; }
//- src/shop/Payments.java
package shop;
import org.springframework.web.client.RestTemplate;
@Service
class Payments {
  private final RestTemplate rest;
  void charge(Order order) { rest.postForObject("/charge", order, String.class); }
  @Async void remind(Order order) { rest.postForObject("/remind", order, String.class); }
}`;

export const service = (body: string): string => `${DOMAIN}
//- src/shop/OrderService.java
package shop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.kafka.core.KafkaTemplate;
@Service
class OrderService {
  private final OrderRepository orders;
  private final Payments payments;
  private final JavaMailSender mail;
  private final PasswordEncoder encoder;
  private final KafkaTemplate<String, Order> kafka;
  private final ExecutorService executor;
${body}
}
`;
