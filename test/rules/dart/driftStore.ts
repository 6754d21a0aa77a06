/** A database of drift, as its generator completes it. */
export const drift = (body: string): string => `
//- lib/store.dart
import 'package:drift/drift.dart';
part 'store.g.dart';
class Store extends _$Store {
  Store(super.e);
}
//- lib/repository.dart
import 'package:drift/drift.dart';
import 'store.dart';
class Repository {
  Repository(this.store);
  final Store store;
${body}
}
`;
