import assert from "node:assert/strict";
import { callsGone, stubsIn } from "../../../src/facts/java/stubs.ts";

const named = (text: string): readonly string[] => stubsIn(text).map(({ type, method }) => `${type}.${method}`);

describe("what tests stub", () => {
  it("is read from Mockito's and BDDMockito's ways to say it", () => {
    const test = `
class OrderServiceTest {
  @Mock private OrderRepository orders;
  @MockBean PriceList<Long> prices;
  void finds() {
    when(orders.findByCode("a")).thenReturn(Optional.empty());
    Mockito.lenient().when(this.orders.findById(any())).thenReturn(one);
    given(prices.all()).willReturn(List.of());
    doThrow(new IllegalStateException()).when(orders).save(any());
    verify(orders, times(1)).delete(one);
    verify(orders, never()).flush();
    then(prices).should(times(2)).refresh();
    then(prices).should().clear();
    orders.count();
    when(unknown.call()).thenReturn(1);
  }
}`;
    assert.deepEqual(named(test), [
      "OrderRepository.findByCode",
      "OrderRepository.findById",
      "PriceList.all",
      "OrderRepository.save",
      "OrderRepository.delete",
      "OrderRepository.flush",
      "PriceList.refresh",
      "PriceList.clear",
    ]);
  });

  it("is read from mocks that are made in place, and from Kotlin", () => {
    assert.deepEqual(named("var orders = mock(OrderRepository.class);\nwhen(orders.findById(1L)).thenReturn(one);"), [
      "OrderRepository.findById",
    ]);
    const kotlin = `
      private val orders: OrderRepository = mockk()
      val prices = mock<PriceList>()
      fun test() {
        every { orders.findById(any()) } returns one
        verify(exactly = 1) { orders.save(any()) }
        whenever(prices.all()).thenReturn(listOf())
      }`;
    assert.deepEqual(named(kotlin), ["OrderRepository.findById", "OrderRepository.save", "PriceList.all"]);
  });
});

describe("calls that a change takes away", () => {
  const source = (body: string) => `class A { private final OrderRepository orders; PriceList prices;\n  boolean b() { ${body} } }`;
  const gone = (before: string, after: string) => callsGone(source(before), source(after)).map(({ type, method }) => `${type}.${method}`);

  it("are those on variables of a known type that it has fewer of", () => {
    assert.deepEqual(gone("return orders.findByCode(c).isPresent();", "return orders.existsByCode(c);"), ["OrderRepository.findByCode"]);
    assert.deepEqual(gone("ids.stream().map(orders::findById); return true;", "return true;"), ["OrderRepository.findById"]);
    assert.deepEqual(gone("return orders\n    .findByCode(c).isPresent();", "return orders\n    .existsByCode(c);"), [
      "OrderRepository.findByCode",
    ]);
    assert.deepEqual(gone("orders.count(); return orders.count() > 0;", "return orders.count() > 0;"), ["OrderRepository.count"]);
  });

  it("are none where they only move, or stand on something else", () => {
    assert.deepEqual(gone("return orders.a() && prices.b();", "prices.b(); return this.orders.a();"), []);
    assert.deepEqual(gone("return shop.orders.a();", "return true;"), []);
    assert.deepEqual(gone("return known.a();", "return true;"), []);
  });
});
