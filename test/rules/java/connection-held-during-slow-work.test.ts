import { connectionHeldDuringSlowWork } from "../../../src/rules/java/connection-held-during-slow-work.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "../config/builds.ts";
import { DOMAIN, service } from "./connection-held-during-slow-work/orders.ts";

rule(connectionHeldDuringSlowWork, {
  reports: {
    "a transaction of PostgreSQL beside documents": `${pom("spring-boot-starter-data-mongodb", "spring-boot-starter-data-jpa")}
${service(`
  @Transactional public void pay(Order order) {
    orders.save(order);
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of OrderService.pay
  }`)}`,
    "slow work behind a branch that asks and goes on": service(`
  @Transactional public void pay(Order order) {
    if (order.isNew()) {
      orders.save(order);
    }
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of OrderService.pay
  }`),
    "a statement behind a branch that is done, and slow work behind that": service(`
  @Transactional public void pay(Order order) {
    if (order == null) throw new IllegalStateException(orders.findAll().toString());
    orders.save(order);
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of OrderService.pay
  }`),
    // 01Allfor01/starvestop
    "a client that its class gives away": service(`
  @Transactional public void tell(Long id) {
    Order order = orders.findById(id).orElseThrow();
    com.google.firebase.messaging.FirebaseMessaging.getInstance().send(null);
                                                                //^^^^^^^^^^ FirebaseMessaging.send runs inside the transaction of OrderService.tell
  }`),
    // espresso23/Petties: pictures of pets, of people and of clinics.
    "an upload to a store of pictures": service(`
  private final com.cloudinary.Cloudinary pictures;
  @Transactional public void show(Long id, byte[] picture) throws Exception {
    Order order = orders.findById(id).orElseThrow();
    pictures.uploader().upload(picture, java.util.Map.of());
                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Uploader.upload runs inside the transaction of OrderService.show
  }`),
    "a payment that a class of everyday name makes, in the package of who charges it": service(`
  @Transactional public void pay(Long id) throws Exception {
    Order order = orders.findById(id).orElseThrow();
    com.stripe.model.Refund.create(java.util.Map.of());
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Refund.create runs inside the transaction of OrderService.pay
  }`),
    "a remote call after the first statement": service(`
  @Transactional public void pay(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of OrderService.pay
  }`),
    "a request whose answer is waited for": service(`
  private final java.net.http.HttpClient http;
  @Transactional public void tell(Order order, java.net.http.HttpRequest request) {
    orders.save(order);
    http.sendAsync(request, null).join();
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ HttpClient.sendAsync runs inside the transaction of OrderService.tell
  }`),
    // ls1intum/Hephaestus asks page after page inside of a transaction, and tries each again.
    "a reactive call that its thread waits for": service(`
  private final org.springframework.graphql.client.HttpGraphQlClient client;
  @Transactional public void mirror(Order order) {
    orders.save(order);
    Object answer = Mono.defer(() -> client.documentName("order").variable("id", order.getId()).execute()).retry(3).block();
                                                                                              //^^^^^^^^^ GraphQlClient.execute runs inside the transaction of OrderService.mirror
  }`),
    mail: service(`
  @Transactional public void confirm(Order order) {
    orders.save(order);
    mail.send(order.message());
  //^^^^^^^^^^^^^^^^^^^^^^^^^^ JavaMailSender.send runs inside the transaction of OrderService.confirm
  }`),
    waiting: service(`
  @Transactional public void poll(Long id) throws Exception {
    orders.findById(id);
  //~~~~~~~~~~~~~~~~~~~ its first statement takes the connection
    Thread.sleep(1000);
  //^^^^^^^^^^^^^^^^^^ Thread.sleep runs inside the transaction of OrderService.poll
  }`),
    "a password hashed as the argument of the second statement": service(`
  @Transactional public void register(Order order, String password) {
    if (orders.existsById(order.id)) return;
    orders.save(order.with(encoder.encode(password)));
                         //^^^^^^^^^^^^^^^^^^^^^^^^ PasswordEncoder.encode runs inside the transaction of OrderService.register
  }`),
    "a message, which its client buffers": service(`
  @Transactional public void announce(Order order) {
    orders.save(order);
    kafka.send("orders", order);
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^ KafkaTemplate.send runs inside the transaction of OrderService.announce
  }`),
    // Seen on RegardsOss/regards-backend, where 252 transactions come to one line.
    "messages of several transactions, where they are sent": service(`
  private final Publisher publisher;
  @Transactional public void announce(Order order) {
    orders.save(order);
  //~~~~~~~~~~~~~~~~~~ its first statement takes the connection
    publisher.publish(order);
  }
  @Transactional public void cancel(Order order) {
    orders.delete(order);
    publisher.publish(order);
  //~~~~~~~~~~~~~~~~~~~~~~~~ runs it in OrderService.cancel
  }
  public void remind(Order order) { publisher.publish(order); }
}
@Component
class Publisher {
  private final KafkaTemplate<String, Order> kafka;
  void publish(Order order) { send(order); }
  private void send(Order order) { kafka.send("orders", order); }
                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^ KafkaTemplate.send runs inside the transactions of OrderService.announce and 1 more`),
    "what is slow for sure, behind a message that may be": service(`
  private final Publisher publisher;
  @Transactional public void announce(Order order) {
    orders.save(order);
    publisher.publish(order);
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of OrderService.announce
  }
}
@Component
class Publisher {
  private final KafkaTemplate<String, Order> kafka;
  void publish(Order order) { kafka.send("orders", order); }
                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^ KafkaTemplate.send runs inside the transaction of OrderService.announce`),
    "both within a helper": service(`
  @Transactional public void pay(Long id) { process(id); }
                                          //^^^^^^^^^^^ process runs RestTemplate.postForObject inside the transaction of OrderService.pay
  private void process(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  }`),
    "the annotation at the class": `${DOMAIN}
//- src/shop/PayService.java
package shop;
@Service @Transactional
class PayService {
  private final OrderRepository orders;
  private final Payments payments;
  public void pay(Long id) {
    payments.charge(orders.findById(id).orElseThrow());
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of PayService.pay
  }
}
`,
  },
  ignores: {
    "a class of the same name that makes a row, and what only describes an upload": service(`
  private final com.cloudinary.Cloudinary pictures;
  @Transactional public void pay(Long id) {
    Order order = orders.findById(id).orElseThrow();
    com.shop.model.Refund.create(java.util.Map.of());
    String address = pictures.url().generate("receipt-" + id);
  }`),
    "a request whose answer nobody waits for here": service(`
  private final java.net.http.HttpClient http;
  @Transactional public void tell(Order order, java.net.http.HttpRequest request) {
    orders.save(order);
    http.sendAsync(request, null).thenAccept(answer -> System.out.println(answer));
    order.receivers().forEach(receiver -> http.sendAsync(receiver.request(), null));
    remind(request);
  }
  private void remind(java.net.http.HttpRequest request) {
    http.sendAsync(request, null);
  }`),
    "a reactive call that is subscribed to, in what the transaction calls, and one that another thread makes": service(`
  private final org.springframework.web.reactive.function.client.WebClient web;
  @Transactional public void tell(Order order) {
    orders.save(order);
    remind(order);
    Mono.fromCallable(() -> payments.charge(order)).subscribeOn(Schedulers.boundedElastic()).block();
  }
  private void remind(Order order) {
    web.get().uri("/reminders/" + order).retrieve().bodyToMono(String.class).subscribe(answer -> System.out.println(answer));
  }`),
    // A stamp app: guests are answered from the database, and everybody else by another service first.
    "slow work behind a branch that asks and is done": service(`
  @Transactional public void pay(Order order) {
    if (order == null) {
      orders.findAll();
      return;
    }
    payments.charge(order);
    orders.save(order);
  }`),
    "a message before the first statement": `${pom("spring-boot-starter-data-jpa")}
${service(`
  @Transactional public void announce(Order order) {
    kafka.send("orders", order);
    orders.save(order);
  }`)}`,
    "a publisher that no transaction comes to after a statement": service(`
  private final Publisher publisher;
  @Transactional public void announce(Order order) {
    publisher.publish(order);
    orders.save(order);
  }
  public void cancel(Order order) {
    orders.delete(order);
    publisher.publish(order);
  }
}
@Component
class Publisher {
  private final KafkaTemplate<String, Order> kafka;
  void publish(Order order) { kafka.send("orders", order); }`),
    "no transaction": service(`
  public void pay(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  }
  @Transactional(propagation = Propagation.NOT_SUPPORTED) public void suspended(Long id) {
    Order order = orders.findById(id).orElseThrow();
    payments.charge(order);
  }`),
    "work on another thread": service(`
  @Transactional public void pay(Long id) {
    Order order = orders.findById(id).orElseThrow();
    CompletableFuture.runAsync(() -> payments.charge(order));
    executor.submit(() -> payments.charge(order));
    payments.remind(order);
  }`),
    // zapek/Xeres: a task that a helper makes, as an interface of the project's own.
    "a task behind a cast": service(`
  @Transactional public void pay(Long id) {
    Order order = orders.findById(id).orElseThrow();
    chargeLater(order);
  }
  interface Task extends Runnable {}
  private void chargeLater(Order order) { CompletableFuture.runAsync((Task) () -> payments.charge(order)); }`),
    // ita-social-projects/GreenCity: mails of a schedule go through a helper to a pool of their own.
    "a helper that gives it to another thread": service(`
  @Transactional public void pay(Long id) {
    Order order = orders.findById(id).orElseThrow();
    chargeLater(order);
    writeLater();
  }
  private void chargeLater(Order order) { executor.submit(() -> payments.charge(order)); }
  private void writeLater() { executor.submit(() -> { mail.send(null); }); }`),
    // 1J-Choi/AIBE3_FinalProject_Team1_BE: the first users of an empty database.
    "what runs when the application starts": service(`
  @Transactional public void fill() { add("root"); }
  @Bean ApplicationRunner filling() { return arguments -> fill(); }
  private void add(String name) {
    long before = orders.count();
    encoder.encode(name);
  }
  @Transactional @EventListener(ApplicationReadyEvent.class) public void greet() {
    long before = orders.count();
    encoder.encode("greeting");
  }`),
    // elunez/eladmin: DES copies the bytes of its key; PBKDF2 takes many rounds.
    "a key that no rounds make": service(`
  @Transactional public void seal(Long id, javax.crypto.spec.DESKeySpec key) throws Exception {
    Order order = orders.findById(id).orElseThrow();
    order.seal(javax.crypto.SecretKeyFactory.getInstance("DES").generateSecret(key));
  }`),
    "work after the commit": service(`
  @Transactional public void pay(Long id) {
    Order order = orders.findById(id).orElseThrow();
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override public void afterCommit() { payments.charge(order); }
    });
  }`),
    "another branch": service(`
  @Transactional public void pay(Order order, boolean remote) {
    if (remote) payments.charge(order);
    else orders.save(order);
  }
  @Transactional public void payByKind(Order order) {
    switch (order.kind()) {
      case A -> orders.save(order);
      default -> payments.charge(order);
    }
  }`),
  },
});
