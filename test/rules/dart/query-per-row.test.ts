import { queryPerRow } from "../../../src/rules/dart/query-per-row.ts";
import { rule } from "../../harness/rule.ts";

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
