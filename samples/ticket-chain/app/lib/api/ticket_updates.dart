import 'dart:convert';

import 'package:web_socket_channel/io.dart';

import '../state/session.dart';
import 'models.dart';

/// What happens to one's own tickets, as the backend tells it over its WebSocket.
class TicketUpdates {
  TicketUpdates(this._base, this._session);

  final Uri _base;
  final Session _session;

  /// Every call opens a socket of its own.
  Stream<TicketUpdate> connect() {
    final channel = IOWebSocketChannel.connect(
      _base.replace(scheme: _base.scheme == 'https' ? 'wss' : 'ws', path: '/ws/tickets'),
      headers: {'Authorization': 'Bearer ${_session.token}'},
      pingInterval: const Duration(seconds: 30),
    );
    return channel.stream
        .cast<String>()
        .map((text) => TicketUpdate.fromJson(jsonDecode(text) as Map<String, dynamic>));
  }
}
