import 'package:flutter/material.dart';
import 'package:provider/provider.dart';

import 'screens/home_screen.dart';
import 'screens/login_screen.dart';
import 'state/session.dart';

class TicketChainApp extends StatelessWidget {
  const TicketChainApp({super.key});

  @override
  Widget build(BuildContext context) {
    final signedIn = context.select((Session session) => session.signedIn);
    return MaterialApp(
      title: 'Ticket chain',
      theme: ThemeData(colorSchemeSeed: Colors.teal),
      home: signedIn ? const HomeScreen() : const LoginScreen(),
    );
  }
}
