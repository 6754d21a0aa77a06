import 'package:flutter/material.dart';
import 'package:provider/provider.dart';

import 'api/api_client.dart';
import 'api/ticket_updates.dart';
import 'app.dart';
import 'state/session.dart';
import 'state/update_feed.dart';

const baseUrl = String.fromEnvironment('BASE_URL', defaultValue: 'http://10.0.2.2:8080');

void main() {
  final session = Session();
  final api = ApiClient(Uri.parse(baseUrl), session);
  final updates = TicketUpdates(Uri.parse(baseUrl), session);
  runApp(
    MultiProvider(
      providers: [
        ChangeNotifierProvider.value(value: session),
        Provider.value(value: api),
        Provider.value(value: updates),
        ChangeNotifierProvider(create: (_) => UpdateFeed(updates)),
      ],
      child: const TicketChainApp(),
    ),
  );
}
