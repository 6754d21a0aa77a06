import 'dart:async';

import 'package:flutter/foundation.dart';

import '../api/models.dart';
import '../api/ticket_updates.dart';

/// The latest updates of one's own tickets, newest first.
class UpdateFeed extends ChangeNotifier {
  UpdateFeed(this._updates);

  static const _kept = 50;

  final TicketUpdates _updates;
  final List<TicketUpdate> _items = [];
  StreamSubscription<TicketUpdate>? _subscription;
  int _unread = 0;

  List<TicketUpdate> get items => List.unmodifiable(_items);
  int get unread => _unread;

  void start() {
    _subscription ??= _updates.connect().listen(_add);
  }

  void markRead() {
    _unread = 0;
    notifyListeners();
  }

  void _add(TicketUpdate update) {
    _items.insert(0, update);
    if (_items.length > _kept) {
      _items.removeLast();
    }
    _unread++;
    notifyListeners();
  }
}
