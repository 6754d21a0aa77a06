import { queryPerRow } from "../../../src/rules/dart/query-per-row.ts";
import { rule } from "../../harness/rule.ts";
import { drift } from "./driftStore.ts";

const dao = (body: string): string => `
//- lib/dao.dart
import 'package:sqflite/sqflite.dart';
class OrderDao {
  OrderDao(this.db);
  final Database db;
${body}
}
`;

rule(queryPerRow, {
  reports: {
    // egovernments/health-campaign-field-worker-app
    "a query that drift's calls put together, at once and in a local": drift(`  Future<List<Order>> all() async {
    final rows = await store.select(store.orders).get();
    for (final row in rows) {
      final lines = await (store.select(store.lines)..where((line) => line.orderId.equals(row.id))).get();
                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ select().get() runs once per element of rows
      show(row, lines);
    }
    for (final row in rows) {
      final query = store.select(store.lines).join([]);
      show(row, await (query..where(store.lines.orderId.equals(row.id))).getSingle());
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ select().getSingle() runs once per element of rows
    }
    return rows;
  }`),
    "a query in what Future.forEach runs": dao(`  Future<void> all() async {
    final rows = await db.query('orders');
    await Future.forEach(rows, (row) async {
      show(await db.query('lines', where: 'order_id = ?', whereArgs: [row['id']]));
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ db.query() runs once per element of rows
    });
  }`),
    "a query for each row of another one": dao(`  Future<List<Order>> all() async {
    final rows = await db.query('orders');
    final orders = <Order>[];
    for (final row in rows) {
      final lines = await db.query('lines', where: 'order_id = ?', whereArgs: [row['id']]);
                        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ db.query() runs once per element of rows
      orders.add(Order(row, lines));
    }
    return orders;
  }`),
    "a read of another class for each of a list": `${dao(`  Future<Order?> get(int id) async {
    final rows = await db.rawQuery('SELECT * FROM orders WHERE id = ?', [id]);
                     //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the query
    return rows.isEmpty ? null : Order(rows.first);
  }`).trimEnd()}
//- lib/cart.dart
import 'dao.dart';
class Cart {
  Cart(this.dao);
  final OrderDao dao;
  Future<void> load(List<int> ids) async {
    for (final id in ids) {
      final order = await dao.get(id);
                        //^^^^^^^^^^^ get() runs db.rawQuery() once per element of ids
      show(order);
    }
  }
}
`,
  },
  ignores: {
    "a query for each of some that are written down, in what Future.forEach runs": dao(`  Future<void> all() async {
    await Future.forEach(['a', 'b'], (name) async {
      show(await db.query('lines', where: 'name = ?', whereArgs: [name]));
    });
  }`),
    "a query of drift's that is built per element and run by somebody else, one for all, and a select of one's own":
      drift(`  Future<void> all(List<int> ids, Menu menu) async {
    final watched = [for (final id in ids) (store.select(store.lines)..where((line) => line.orderId.equals(id))).watch()];
    show(watched, await (store.select(store.lines)..where((line) => line.orderId.isIn(ids))).get());
    for (final id in ids) {
      show(await menu.select(id).get());
    }
  }`),
    "one query for all": dao(`  Future<List<Map<String, Object?>>> linesOf(List<int> ids) async {
    final marks = List.filled(ids.length, '?').join(',');
    return db.query('lines', where: 'order_id IN ($marks)', whereArgs: ids);
  }`),
    "a table for each query": dao(`  Future<void> export() async {
    final tables = await db.rawQuery("SELECT name FROM sqlite_master WHERE type = 'table'");
    for (final table in tables) {
      final name = table['name'] as String;
      print(await db.query(name));
    }
  }`),
    "a loop that waits for a server, too": dao(`  Future<void> sync(List<int> ids) async {
    for (final id in ids) {
      final rows = await db.query('orders', where: 'id = ?', whereArgs: [id]);
      await api.send(rows);
    }
  }`),
    "pieces of a list": dao(`  Future<void> load(List<List<int>> chunks) async {
    for (final chunk in chunks) {
      show(await db.query('orders', where: 'id IN (\${chunk.join(',')})'));
    }
  }`),
  },
});
