import { writeInLoop } from "../../../src/rules/dart/write-in-loop.ts";
import { rule } from "../../harness/rule.ts";
import { drift } from "./driftStore.ts";

const dao = (body: string): string => `
//- lib/dao.dart
import 'package:sqflite/sqflite.dart';
class ItemDao {
  ItemDao(this.db);
  final Database db;
${body}
}
`;

rule(writeInLoop, {
  reports: {
    "statements that drift's calls put together": drift(`  Future<void> saveAll(List<Order> orders) async {
    for (final order in orders) {
      await store.into(store.orders).insert(order);
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ into().insert() commits a transaction for each element of orders
    }
    for (final order in orders) {
      await (store.delete(store.lines)..where((line) => line.orderId.equals(order.id))).go();
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ delete().go() commits a transaction for each element of orders
    }
  }`),
    "an insert for each of a list": dao(`  Future<void> saveAll(List<Item> items) async {
    for (final item in items) {
      await db.insert('items', item.toMap());
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 db.insert() commits a transaction for each element of items
    }
  }`),
    "a loop that counts": dao(`  Future<void> renumber(List<int> ids) async {
    for (int i = 0; i < ids.length; i++) {
      await db.update('items', {'position': i}, where: 'id = ?', whereArgs: [ids[i]]);
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 db.update() commits a transaction for each element of ids
    }
  }`),
    "a method of another class that writes": `${dao(`  Future<void> save(Item item) async {
    await db.insert('items', item.toMap());
        //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the write, outside of any transaction
  }`).trimEnd()}
//- lib/sync.dart
import 'dao.dart';
class Sync {
  Sync(this.dao);
  final ItemDao dao;
  Future<void> take(List<Item> items) async {
    for (final item in items) {
      await dao.save(item);
          //^^^^^^^^^^^^^^ save() commits a transaction (db.insert()) for each element of items
    }
  }
}
`,
    "SQL as it stands": dao(`  Future<void> forget(List<int> ids) async {
    for (final id in ids) {
      await db.rawDelete('DELETE FROM items WHERE id = ?', [id]);
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
    }
  }`),
  },
  ignores: {
    "a transaction and a batch of drift's": drift(`  Future<void> saveAll(List<Order> orders) async {
    await store.transaction(() async {
      for (final order in orders) {
        await store.into(store.orders).insert(order);
      }
    });
    await store.batch((batch) {
      for (final order in orders) {
        batch.insert(store.orders, order);
      }
    });
  }`),
    "a loop in a transaction, and a batch": dao(`  Future<void> saveAll(List<Item> items) async {
    await db.transaction((txn) async {
      for (final item in items) {
        await txn.insert('items', item.toMap());
      }
    });
    final batch = db.batch();
    for (final item in items) {
      batch.insert('items', item.toMap());
    }
    await batch.commit();
  }`),
    "what is written down in code, one write, and a loop that ends with its first write": dao(`  Future<void> init(Item item) async {
    for (final name in ['a', 'b']) {
      await db.insert('kinds', {'name': name});
    }
    await db.insert('items', item.toMap());
  }
  Future<void> first(List<Item> items) async {
    for (final item in items) {
      await db.insert('items', item.toMap());
      return;
    }
  }`),
    "an upgrade, which sqflite runs in a transaction": dao(`  Future<void> onUpgrade(Database db, int from, int to) async {
    final rows = await db.query('items');
    for (final row in rows) {
      await db.update('items', {'name': row['title']}, where: 'id = ?', whereArgs: [row['id']]);
    }
  }`),
    "one statement for each of some tables": dao(`  Future<void> clear(List<String> tables) async {
    for (final table in tables) {
      final name = table.toLowerCase();
      await db.delete(table);
      await db.delete(name);
      await db.execute('DELETE FROM $table');
    }
  }`),
    "a class of another package with methods of the same name": `
//- lib/store.dart
import 'package:shop/client.dart';
class Store {
  Store(this.db);
  final Database db;
  Future<void> saveAll(List<Item> items) async {
    for (final item in items) {
      await db.insert('items', item.toMap());
    }
  }
}
`,
  },
  fixes: {
    "an insert for each of a list": `
//- lib/dao.dart
import 'package:sqflite/sqflite.dart';
class ItemDao {
  ItemDao(this.db);
  final Database db;
  Future<void> saveAll(List<Item> items) async {
    await db.transaction((txn) async {
      for (final item in items) {
        await txn.insert('items', item.toMap());
      }
    });
  }
}
`,
  },
});
