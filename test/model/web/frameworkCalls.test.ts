import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";

/** "kind label often", of each trigger of a file with these types. */
const triggersOf = async (types: string): Promise<readonly string[]> => {
  const model = await modelOf(`\n//- a/Types.java\npackage a;\n${types}\n`);
  return model.web.triggers().map(({ kind, label, often }) => `${kind} ${label} ${often}`);
};

describe("methods that frameworks run", () => {
  it("are what asks who sends a request, and what that may do", async () => {
    assert.deepEqual(
      await triggersOf(`
class Members implements UserDetailsService { public UserDetails loadUserByUsername(String name) { return null; } UserDetails loadUser(String name) { return null; } }
class Logins extends DefaultOAuth2UserService { public OAuth2User loadUser(OAuth2UserRequest request) { return null; } }
class Cards implements AuthenticationProvider { public Authentication authenticate(Authentication card) { return null; } }
class Desk { Authentication authenticate(Authentication card) { return null; } }
class Realm extends AuthorizingRealm { protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection who) { return null; } }
class Rights implements StpInterface { public List<String> getPermissionList(Object id, String type) { return null; } }
class Menu { public List<String> getPermissionList(Object id, String type) { return null; } }
`),
      [
        "endpoint Members.loadUserByUsername true",
        "endpoint Logins.loadUser true",
        "endpoint Cards.authenticate true",
        "endpoint Realm.doGetAuthorizationInfo true",
        "endpoint Rights.getPermissionList true",
      ],
    );
  });

  it("are what reads and writes around controllers", async () => {
    assert.deepEqual(
      await triggersOf(`
class Buyers implements HandlerMethodArgumentResolver {
  public Object resolveArgument(MethodParameter at, ModelAndViewContainer page, NativeWebRequest request, WebDataBinderFactory binders) { return null; }
  Object resolveArgument(String name) { return null; }
}
class Unused implements ConstraintValidator<FreeName, String> { public boolean isValid(String name, ConstraintValidatorContext context) { return true; } boolean isValid(String name) { return true; } }
class Money extends JsonSerializer<Price> { public void serialize(Price price, JsonGenerator out, SerializerProvider all) {} }
class Author implements AuditorAware<Long> { public Optional<Long> getCurrentAuditor() { return null; } }
@ControllerAdvice class Everywhere {
  @ModelAttribute("basket") Basket basket() { return null; }
  @GetMapping("/basket") @ModelAttribute("basket") Basket show() { return null; }
}
@Aspect class Counting { @Around("@annotation(Counted)") Object count(ProceedingJoinPoint call) { return null; } }
class Probe { @Before void setUp() {} }
@Service("may") class AccessRules { public boolean hasRight(String right) { return true; } public String rights() { return ""; } boolean hasNone() { return true; } }
@Service class AccessList { public boolean hasRight(String right) { return true; } }
`),
      [
        "endpoint Buyers.resolveArgument true",
        "endpoint Unused.isValid true",
        "endpoint Money.serialize true",
        "endpoint Author.getCurrentAuditor true",
        "endpoint @ModelAttribute basket true",
        "endpoint @Around count true",
        "endpoint AccessRules.hasRight true",
      ],
    );
  });

  it("are what takes messages, of sockets too", async () => {
    assert.deepEqual(
      await triggersOf(`
class Chat extends TextWebSocketHandler { protected void handleTextMessage(WebSocketSession session, TextMessage text) {} }
@ServerEndpoint("/ring") class Ring { @OnMessage public void ring(String text) {} }
class Stock implements RocketMQListener<Order> { public void onMessage(Order order) {} }
class Keys implements MessageListener { public void onMessage(Message key, byte[] pattern) {} }
class Toy { public void onMessage(Order order) {} }
@RabbitListener(queues = "orders") class Orders { @RabbitHandler void take(Order order) {} }
class Welcome implements ApplicationListener<Joined> { public void onApplicationEvent(Joined joined) {} }
class Fill implements ApplicationListener<ContextRefreshedEvent> { public void onApplicationEvent(ContextRefreshedEvent event) {} }
class Greeter extends GreeterGrpc.GreeterImplBase { @Override public void greet(Name name, StreamObserver<Greeting> out) {} public void close() {} }
@DubboService class Prices implements PriceService { public Price of(Long id) { return null; } static void log() {} }
`),
      [
        "listener Chat.handleTextMessage true",
        "listener @OnMessage ring true",
        "listener Stock.onMessage true",
        "listener Keys.onMessage true",
        "listener @RabbitHandler take true",
        "listener Welcome.onApplicationEvent true",
        "listener Fill.onApplicationEvent false",
        "endpoint gRPC greet true",
        "endpoint Dubbo Prices.of true",
      ],
    );
  });

  it("are jobs of schedulers and batches", async () => {
    assert.deepEqual(
      await triggersOf(`
class Nightly { @XxlJob("nightly") public void run() {} }
class Copy implements Tasklet { public RepeatStatus execute(StepContribution step, ChunkContext chunk) { return null; } }
class Price implements ItemProcessor<Row, Row> { public Row process(Row row) { return row; } }
class Press { public Row process(Row row) { return row; } }
class Store implements ItemWriter<Row> { public void write(Chunk<? extends Row> rows) {} }
`),
      ["job @XxlJob run false", "job Copy.execute false", "job Price.process false", "job Store.write false"],
    );
  });

  it("give way to endpoints that come to the same code", async () => {
    const model = await modelOf(`
//- a/Members.java
package a;
@Component
class Members implements UserDetailsService {
  private Accounts accounts;
  public UserDetails loadUserByUsername(String name) { return accounts.named(name); }
}
//- a/Accounts.java
package a;
@Component
class Accounts { public UserDetails named(String name) { return found(name); } UserDetails found(String name) { return null; } public void all() { named(""); } }
//- a/Desk.java
package a;
@RestController
class Desk { private Accounts accounts; @GetMapping("/accounts") void list() { accounts.all(); } }
`);
    assert.equal(model.effects.reachedFrom("a.Accounts#named(String)")?.label, "GET /accounts");
    assert.equal(model.effects.reachedFrom("a.Members#loadUserByUsername(String)")?.label, "Members.loadUserByUsername");
    // Nothing opens a view before Spring Security has asked.
    assert.equal(model.effects.lacksView("a.Accounts#named(String)"), true);
    assert.equal(model.effects.lacksView("a.Accounts#all()"), false);
  });
});
